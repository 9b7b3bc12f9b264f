/** The script of the report page: plain JavaScript of the browser, no library, no network. */
export const pageScript = `'use strict';
const data = JSON.parse(document.getElementById('data').textContent);
const at = (id) => document.getElementById(id);
const element = (tag, text, name) => { const made = document.createElement(tag); if (text !== undefined) made.textContent = text; if (name) made.className = name; return made; };
const prefixes = [[1e9,'G'],[1e6,'M'],[1e3,'k'],[1,''],[1e-3,'m'],[1e-6,'µ'],[1e-9,'n'],[1e-12,'p'],[1e-15,'f']];
function format(value, unit) {
  if (value === null || value === undefined) return '';
  if (typeof value !== 'number') return String(value);
  if (unit === '%') return (value * 100).toFixed(2) + ' %';
  if (unit === 'm2') return Number((value * 1e6).toPrecision(4)) + ' mm²';
  if (value === 0 || unit === 'count' || unit === 'number' || unit === undefined) return String(Number(value.toPrecision(4)));
  const [factor, prefix] = prefixes.find(([size]) => Math.abs(value) >= size * 0.9995) || prefixes[prefixes.length - 1];
  return Number((value / factor).toPrecision(4)) + ' ' + prefix + unit;
}
// A point is its place in the columns.
const all = data.ids.map((_, point) => point);
const columnOf = (name, values, more) => ({ name, get: (point) => values[point], ...more });
const columns = data.paths.map((name, index) => columnOf(name, data.values[index]))
  .concat(data.metrics.map(({ name, unit, doc }, index) => columnOf(name, data.figures[index], { unit, doc, spread: data.intervals[index] })))
  .concat([columnOf('state', data.states), columnOf('id', data.ids)]);
const column = (name) => columns.find((candidate) => candidate.name === name);
const numeric = columns.filter(({ get }) => all.some((point) => typeof get(point) === 'number'));
let texts = null, parts = null;
/** What a word of the filter is looked for in; made when the first word comes. */
const searched = (point) => (texts = texts || all.map((own) => (data.paths.map((path, index) => path + '=' + data.values[index][own]).join(' ') + ' ' + data.ids[own] + ' ' + data.states[own] + ' ' + (data.failures[own] || '')).toLowerCase()))[point];
let shown = all, sortBy = null, downwards = false, chosen = null, rowHeight = 24;

/** Words are texts to find; name=value, name<number and name>number compare figures. */
function matcher(text) {
  const tests = text.trim().split(/\\s+/).filter(Boolean).map((word) => {
    const match = /^([^<>=]+)(<=|>=|=|<|>)(.+)$/.exec(word);
    const own = match && column(match[1]);
    if (!own) { const wanted = word.toLowerCase(); return (point) => searched(point).includes(wanted); }
    const [, , sign, wanted] = match, number = Number(wanted);
    return (point) => {
      const value = own.get(point);
      if (value === null || value === undefined) return false;
      if (sign === '=') return typeof value === 'number' ? value === number : String(value) === wanted;
      if (typeof value !== 'number') return false;
      return sign === '<' ? value < number : sign === '>' ? value > number : sign === '<=' ? value <= number : value >= number;
    };
  });
  return (point) => tests.every((test) => test(point));
}
function choose() {
  const fits = matcher(at('filter').value), front = at('front').checked;
  shown = all.filter((point) => (!front || data.states[point] === 'front' || data.states[point] === 'knee') && fits(point));
  if (sortBy) {
    const key = (point) => { const value = sortBy.get(point); return value === null || value === undefined ? '' : value; };
    shown.sort((a, b) => { const [x, y] = [key(a), key(b)]; if (x === '' || y === '') return x === y ? 0 : x === '' ? 1 : -1; return (x < y ? -1 : x > y ? 1 : 0) * (downwards ? -1 : 1); });
  }
  at('count').textContent = shown.length + ' of ' + all.length + ' points';
  at('scroll').scrollTop = 0;
  drawRows(); drawPlot();
}
function rowOf(point) {
  const row = element('tr', undefined, data.states[point]);
  if (point === chosen) row.classList.add('chosen');
  for (const { get, unit, spread } of columns) {
    const interval = spread && spread[point];
    row.append(element('td', format(get(point), unit) + (interval ? ' ±' + format(interval, unit) : '')));
  }
  row.onclick = () => { chosen = point; describe(point); drawRows(); drawPlot(); };
  return row;
}
/** Only the rows in sight are elements; empty rows above and below keep their room. */
function drawRows() {
  const box = at('scroll'), margin = 12;
  const first = Math.max(0, Math.floor(box.scrollTop / rowHeight) - margin);
  const last = Math.min(shown.length, first + Math.ceil((box.clientHeight || 600) / rowHeight) + 2 * margin);
  at('rows').replaceChildren(...shown.slice(first, last).map(rowOf));
  at('above').style.height = first * rowHeight + 'px';
  at('below').style.height = (shown.length - last) * rowHeight + 'px';
  const measured = at('rows').firstChild && at('rows').firstChild.getBoundingClientRect().height;
  if (measured) rowHeight = measured;
}
function describe(point) {
  parts = parts || JSON.parse(at('parts').textContent);
  const state = data.states[point];
  const list = [element('h3', data.ids[point] + (state ? ' (' + state + ')' : ''))];
  const table = (title, rows) => {
    const made = element('table'); made.append(element('caption', title));
    for (const cells of rows) { const row = element('tr'); for (const cell of cells) { if (cell instanceof Node) { const td = element('td'); td.append(cell); row.append(td); } else row.append(element('td', cell)); } made.append(row); }
    list.push(made);
  };
  if (data.failures[point]) list.push(element('p', 'failed: ' + data.failures[point], 'failed'));
  if (data.broken[point]) list.push(element('p', 'breaks ' + data.broken[point].join(', ')));
  table('changes of the base', data.paths.flatMap((path, index) => data.values[index][point] === null ? [] : [[path, String(data.values[index][point]), data.base[index] === null ? '' : 'was ' + data.base[index]]]));
  table('figures', columns.filter(({ doc }) => doc).flatMap(({ name, unit, get, spread }) => get(point) === null ? [] : [[name, format(get(point), unit) + (spread && spread[point] ? ' ±' + format(spread[point], unit) : '')]]));
  for (const { name, keys, values } of parts) {
    const unit = name.startsWith('energy') ? 'J' : name.startsWith('area') ? 'm2' : name.startsWith('time') ? 's' : '%';
    const entries = keys.map((key, own) => [key, values[own][point]]).filter(([, value]) => value).sort((a, b) => b[1] - a[1]);
    if (entries.length === 0) continue;
    const most = entries[0][1];
    table(name, entries.map(([key, value]) => { const bar = element('span', undefined, 'bar'); bar.style.width = (100 * value / most).toFixed(1) + 'px'; return [key, format(value, unit), bar]; }));
  }
  at('details').replaceChildren(...list);
}
let placed = [];
function drawPlot() {
  const canvas = at('plot'), context = canvas.getContext('2d'), [width, height] = [canvas.width, canvas.height];
  const [x, y] = [column(at('x').value), column(at('y').value)];
  context.clearRect(0, 0, width, height);
  placed = [];
  if (!x || !y) return;
  const points = shown.filter((point) => typeof x.get(point) === 'number' && typeof y.get(point) === 'number');
  const ink = getComputedStyle(document.body).color;
  const scale = (own, from, to) => {
    const values = points.map(own.get), low = values.reduce((a, b) => Math.min(a, b), Infinity), high = values.reduce((a, b) => Math.max(a, b), -Infinity);
    const log = low > 0 && high / low > 50, f = log ? Math.log : (v) => v, [a, b] = [f(low), f(high)];
    const map = (value) => (b > a ? from + ((f(value) - a) / (b - a)) * (to - from) : (from + to) / 2);
    return { map, ticks: Array.from({ length: 5 }, (_, i) => (log ? Math.exp(a + ((b - a) * i) / 4) : a + ((b - a) * i) / 4)) };
  };
  if (points.length === 0) return;
  const across = scale(x, 80, width - 30), up = scale(y, height - 45, 20);
  context.font = '12px system-ui,sans-serif'; context.fillStyle = ink; context.strokeStyle = '#8886';
  context.textAlign = 'center';
  for (const tick of across.ticks) { const px = across.map(tick); context.beginPath(); context.moveTo(px, 20); context.lineTo(px, height - 45); context.stroke(); context.fillText(format(tick, x.unit), px, height - 28); }
  context.fillText(x.name, width / 2, height - 8);
  context.textAlign = 'right';
  for (const tick of up.ticks) { const py = up.map(tick); context.beginPath(); context.moveTo(80, py); context.lineTo(width - 30, py); context.stroke(); context.fillText(format(tick, y.unit), 74, py + 4); }
  context.textAlign = 'left'; context.fillText(y.name, 6, 14);
  const colours = { front: '#d40', knee: '#d40', failed: '#888', infeasible: '#999', '': '#06c' };
  for (const point of points) {
    const px = across.map(x.get(point)), py = up.map(y.get(point));
    placed.push([px, py, point]);
    const state = data.states[point];
    context.fillStyle = colours[state]; context.globalAlpha = state === 'infeasible' ? 0.4 : 0.8;
    context.beginPath(); context.arc(px, py, state === 'knee' ? 7 : state === 'front' ? 5 : 3, 0, 7); context.fill();
    if (point === chosen) { context.globalAlpha = 1; context.strokeStyle = ink; context.lineWidth = 2; context.stroke(); context.lineWidth = 1; }
  }
  context.globalAlpha = 1;
}
function nearest(event) {
  const box = at('plot').getBoundingClientRect(), factor = at('plot').width / box.width;
  const [mx, my] = [(event.clientX - box.left) * factor, (event.clientY - box.top) * factor];
  let best = null, distance = 144;
  for (const [px, py, point] of placed) { const d = (px - mx) ** 2 + (py - my) ** 2; if (d < distance) [distance, best] = [d, point]; }
  return best;
}
at('plot').onmousemove = (event) => { const point = nearest(event); at('plot').style.cursor = point === null ? '' : 'pointer'; if (point !== null) describe(point); else if (chosen !== null) describe(chosen); };
at('plot').onclick = (event) => { chosen = nearest(event); if (chosen !== null) describe(chosen); drawRows(); drawPlot(); };
for (const own of columns) {
  const cell = element('th', own.name); cell.title = own.doc || 'sort';
  cell.onclick = () => { downwards = sortBy === own ? !downwards : false; sortBy = own; choose(); };
  at('head').append(cell);
}
for (const own of numeric) for (const id of ['x', 'y']) { const option = element('option', own.name); option.value = own.name; at(id).append(option); }
const [first, second] = data.objectives.map(({ name }) => name).filter((name) => numeric.some((own) => own.name === name));
if (second || first) at('x').value = second || first;
if (first) at('y').value = first;
at('filter').oninput = choose; at('front').onchange = choose; at('x').onchange = drawPlot; at('y').onchange = drawPlot;
let waiting = false;
at('scroll').onscroll = () => { if (waiting) return; waiting = true; requestAnimationFrame(() => { waiting = false; drawRows(); }); };
choose();
const watch = new IntersectionObserver((seen) => {
  for (const { target, isIntersecting } of seen) {
    const drawing = isIntersecting && target.querySelector('script');
    if (!drawing) continue;
    drawing.insertAdjacentHTML('afterend', drawing.textContent);
    drawing.remove();
  }
}, { rootMargin: '600px' });
for (const figure of document.querySelectorAll('.charts figure')) watch.observe(figure);
document.body.dataset.ready = 'yes';
`;
