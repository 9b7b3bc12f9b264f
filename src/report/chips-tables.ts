import type { ChipsReport } from '../simulate/simulate-chips.ts';
import { type Cell, type DataTable, measure } from './data-table.ts';

/** Controllers, links and totals of a run of several chips. */
export function chipsTables(report: ChipsReport): readonly DataTable[] {
  const { controllers, links, energy, linkSettings } = report;
  const { bytesPerSecond, latencySeconds, joulesPerByte } = linkSettings;
  const summary: readonly (readonly [string, Cell])[] = [
    ['time until the last one ended', measure(report.seconds, 's')],
    ['energy', measure(energy.total, 'J')],
    ['of it, links', measure(energy.links, 'J')],
    [
      'a link',
      `${bytesPerSecond / 1e9} GB/s, ${latencySeconds * 1e9} ns (assumed), ${(joulesPerByte * 1e12).toFixed(0)} pJ a byte (ISAAC's HyperTransport)`,
    ],
  ];
  const sharing = `${report.sharedDram ? ' on one DRAM' : ''}${report.fidelity === 'timing' ? ' (timing fidelity)' : ''}`;
  const rows = controllers.map(({ program, chip, ending, seconds, energy: own, instructions, busiest }, at) => [
    `${at} ${program}`,
    chip,
    ending,
    measure(seconds, 's'),
    measure(own.total, 'J'),
    measure(instructions, 'count'),
    busiest.unit,
    measure(busiest.seconds, 's'),
  ]);
  const scored = controllers.flatMap(({ evaluations, byPhase, samples, referenceAccuracy }, at) => {
    if (samples === 0) return [];
    const perSample = (byPhase.evaluate ?? 0) / samples;
    return [
      ...(referenceAccuracy === undefined || evaluations.length === 0
        ? []
        : [['software (float)', measure(referenceAccuracy, '%')] as const]),
      ...evaluations.map(({ ageSeconds, count, hits }): readonly Cell[] => [
        `controller ${at}: accuracy after ${ageSeconds} s`,
        measure(hits / count, '%'),
      ]),
      [`controller ${at}: time per sample`, measure(perSample, 's')],
      [`controller ${at}: latency of one sample`, measure(byPhase.forward ?? 0, 's')],
    ];
  });
  const linkRows = links.map(({ from, to, messages, bytes, seconds, joules }) => [
    `${from} to ${to}`,
    measure(messages, 'count'),
    measure(bytes, 'count'),
    measure(seconds, 's'),
    measure(joules, 'J'),
  ]);
  const whys = controllers.flatMap(({ why }, at) => (why === undefined ? [] : [[`controller ${at}`, why]]));
  return [
    {
      name: 'controllers',
      title: `${controllers.length} controllers${sharing}: ${report.ending}`,
      columns: ['controller', 'chip', 'ended', 'time', 'energy', 'instructions', 'busiest unit', 'busy'],
      rows,
    },
    ...(whys.length === 0 ? [] : [{ name: 'endings', title: 'Why they ended', columns: ['', 'reason'], rows: whys }]),
    ...raceTables(report),
    ...(scored.length === 0 ? [] : [{ name: 'scores', title: 'Test set', columns: ['', 'value'], rows: scored }]),
    { name: 'links', title: 'Links', columns: ['from to', 'messages', 'bytes', 'busy', 'energy'], rows: linkRows },
    { name: 'chips-summary', title: 'Together', columns: ['', 'value'], rows: summary },
  ];
}

/** What touched the same bytes in no order. */
function raceTables({ races }: ChipsReport): readonly DataTable[] {
  if (races.length === 0) return [];
  const side = ({ controller, mnemonic, place, access }: ChipsReport['races'][number]['sides'][0]): string =>
    `${controller} ${access}: ${mnemonic} at ${place}`;
  const rows = races.map(({ sides, from, to, area, times, remedy }): readonly Cell[] => [
    side(sides[0]),
    side(sides[1]),
    `${from} to ${to - 1}${area === undefined ? '' : ` (${area})`}`,
    measure(times, 'count'),
    remedy,
  ]);
  const columns = ['controller', 'and controller', 'DRAM bytes', 'times', 'what would order them'];
  return [{ name: 'races', title: 'Races: no messages or barriers order these', columns, rows }];
}
