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
const columns = data.paths.map((name, index) => ({ name, get: (point) => point.values[index] }))
  .concat(data.metrics.map(({ name, unit, doc }, index) => ({ name, unit, doc, get: (point) => point.metrics[index], spread: (point) => point.intervals[index] })))
  .concat([{ name: 'state', get: (point) => point.state }, { name: 'id', get: (point) => point.id }]);
const column = (name) => columns.find((candidate) => candidate.name === name);
const numeric = columns.filter(({ get }) => data.points.some((point) => typeof get(point) === 'number'));
const searched = data.points.map((point) => (data.paths.map((path, index) => path + '=' + point.values[index]).join(' ') + ' ' + point.id + ' ' + point.state + ' ' + (point.failure || '')).toLowerCase());
let shown = data.points, sortBy = null, downwards = false, limit = 200, chosen = null;

/** Words are texts to find; name=value, name<number and name>number compare figures. */
function matcher(text) {
  const tests = text.trim().split(/\\s+/).filter(Boolean).map((word) => {
    const match = /^([^<>=]+)(<=|>=|=|<|>)(.+)$/.exec(word);
    const own = match && column(match[1]);
    if (!own) return (point, index) => searched[index].includes(word.toLowerCase());
    const [, , sign, wanted] = match, number = Number(wanted);
    return (point) => {
      const value = own.get(point);
      if (value === null || value === undefined) return false;
      if (sign === '=') return typeof value === 'number' ? value === number : String(value) === wanted;
      if (typeof value !== 'number') return false;
      return sign === '<' ? value < number : sign === '>' ? value > number : sign === '<=' ? value <= number : value >= number;
    };
  });
  return (point, index) => tests.every((test) => test(point, index));
}
function choose() {
  const fits = matcher(at('filter').value), front = at('front').checked;
  shown = data.points.filter((point, index) => (!front || point.state === 'front' || point.state === 'knee') && fits(point, index));
  if (sortBy) {
    const key = (point) => { const value = sortBy.get(point); return value === null || value === undefined ? '' : value; };
    shown.sort((a, b) => { const [x, y] = [key(a), key(b)]; if (x === '' || y === '') return x === y ? 0 : x === '' ? 1 : -1; return (x < y ? -1 : x > y ? 1 : 0) * (downwards ? -1 : 1); });
  }
  at('count').textContent = shown.length + ' of ' + data.points.length + ' points';
  drawRows(); drawPlot();
}
function drawRows() {
  const body = at('rows');
  body.replaceChildren(...shown.slice(0, limit).map((point) => {
    const row = element('tr', undefined, point.state);
    if (point === chosen) row.classList.add('chosen');
    for (const { get, unit, spread } of columns) {
      const interval = spread && spread(point);
      row.append(element('td', format(get(point), unit) + (interval ? ' ±' + format(interval, unit) : '')));
    }
    row.onclick = () => { chosen = point; describe(point); drawRows(); drawPlot(); };
    return row;
  }));
  at('more').hidden = shown.length <= limit;
}
function describe(point) {
  const list = [element('h3', point.id + (point.state ? ' (' + point.state + ')' : ''))];
  const table = (title, rows) => {
    const made = element('table'); made.append(element('caption', title));
    for (const cells of rows) { const row = element('tr'); for (const cell of cells) { if (cell instanceof Node) { const td = element('td'); td.append(cell); row.append(td); } else row.append(element('td', cell)); } made.append(row); }
    list.push(made);
  };
  if (point.failure) list.push(element('p', 'failed: ' + point.failure, 'failed'));
  if (point.broken) list.push(element('p', 'breaks ' + point.broken.join(', ')));
  table('changes of the base', data.paths.flatMap((path, index) => point.values[index] === null ? [] : [[path, String(point.values[index]), data.base[index] === null ? '' : 'was ' + data.base[index]]]));
  table('figures', data.metrics.flatMap(({ name, unit }, index) => point.metrics[index] === null ? [] : [[name, format(point.metrics[index], unit) + (point.intervals[index] ? ' ±' + format(point.intervals[index], unit) : '')]]));
  data.parts.forEach(({ name, keys }, index) => {
    const unit = name.startsWith('energy') ? 'J' : name.startsWith('area') ? 'm2' : name.startsWith('time') ? 's' : '%';
    const entries = keys.map((key, own) => [key, point.parts[index][own]]).filter(([, value]) => value).sort((a, b) => b[1] - a[1]);
    if (entries.length === 0) return;
    const most = entries[0][1];
    table(name, entries.map(([key, value]) => { const bar = element('span', undefined, 'bar'); bar.style.width = (100 * value / most).toFixed(1) + 'px'; return [key, format(value, unit), bar]; }));
  });
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
    context.fillStyle = colours[point.state]; context.globalAlpha = point.state === 'infeasible' ? 0.4 : 0.8;
    context.beginPath(); context.arc(px, py, point.state === 'knee' ? 7 : point.state === 'front' ? 5 : 3, 0, 7); context.fill();
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
at('plot').onmousemove = (event) => { const point = nearest(event); at('plot').style.cursor = point ? 'pointer' : ''; if (point) describe(point); else if (chosen) describe(chosen); };
at('plot').onclick = (event) => { chosen = nearest(event); if (chosen) describe(chosen); drawRows(); drawPlot(); };
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
at('more').onclick = () => { limit += 1000; drawRows(); };
choose();
document.body.dataset.ready = 'yes';
`;
