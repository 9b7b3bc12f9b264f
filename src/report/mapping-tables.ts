import type { ExplainedMapping } from '../simulate/explain-mapping.ts';
import type { Goal } from '../simulate/optimise-model.ts';
import type { Trial } from '../simulate/try-mapping.ts';
import { type Cell, type DataTable, measure } from './data-table.ts';

const pipelining = ({ stages, streams }: ExplainedMapping): string =>
  streams.length > 0
    ? `rows of one image stream through ${streams.map(({ steps, turns }) => `${steps} steps in ${turns} turns`).join(', then ')}; the next batch loads meanwhile`
    : stages === 1
      ? 'layers of one image follow one another; the next batch loads meanwhile'
      : `${stages} stages, an image in each; the slowest stage and the busiest unit set the pace`;

function shortageRows({ shortage }: ExplainedMapping): readonly (readonly [string, Cell])[] {
  const { rounds, tilesNeeded, tilesKept, writes, valuesInDram, bytesInDram } = shortage;
  const turns = `${rounds} a batch: ${tilesNeeded} tiles are needed, ${tilesKept} keep their weights, a cell is written up to ${writes} times`;
  return [
    ...(rounds > 1 ? [['rounds on the tiles', turns] as const] : []),
    ...(valuesInDram > 0 ? [['values in DRAM', `${valuesInDram}, ${bytesInDram} bytes an image`] as const] : []),
  ];
}

/** Layers to groups to tiles, and what each takes of one image. */
export function mappingTables(mapping: ExplainedMapping): readonly DataTable[] {
  const { layers, latencySeconds } = mapping;
  const rows = layers.map(({ layer, steps, matrix, seconds, joules, limit }): readonly Cell[] => [
    layer,
    steps,
    matrix === undefined ? undefined : `${matrix.rows} x ${matrix.columns}`,
    matrix === undefined ? undefined : measure(matrix.vectors, 'count'),
    matrix === undefined ? undefined : `${matrix.groups} of ${matrix.blocks}`,
    matrix === undefined ? undefined : measure(matrix.tiles, 'count'),
    matrix === undefined ? undefined : measure(matrix.replicas, 'count'),
    matrix === undefined ? undefined : measure(matrix.utilisation, '%'),
    measure(seconds, 's'),
    measure(latencySeconds === 0 ? 0 : seconds / latencySeconds, '%'),
    measure(joules, 'J'),
    limit,
  ]);
  const columns = [
    'layer',
    'steps',
    'matrix',
    'vectors',
    'groups',
    'tiles',
    'copies',
    'cells used',
    'time',
    'share',
    'energy',
    'limit',
  ];
  const summary: readonly (readonly [string, Cell])[] = [
    ['latency of one image', measure(latencySeconds, 's')],
    ['tiles in use', `${mapping.tilesUsed} of ${mapping.tiles}`],
    ['scratchpad in use', `${mapping.scratchpadUsed} of ${mapping.scratchpad} bytes`],
    ['images a batch', measure(mapping.batch, 'count')],
    ['program', `${mapping.words} words`],
    ['bottleneck', mapping.bottleneck],
    ['pipelining', pipelining(mapping)],
    ...shortageRows(mapping),
  ];
  return [
    { name: 'mapping', title: 'Layers on tiles, and one image alone', columns, rows },
    { name: 'mapping-summary', title: 'Mapping', columns: ['', 'value'], rows: summary },
  ];
}

/** What the optimiser tried. */
export const trialsTable = (goal: Goal, trials: readonly Trial[], chosen: Trial): DataTable => ({
  name: 'optimise',
  title: `Mappings tried for ${goal}; * is the one taken, the first is the default`,
  columns: [
    'free tiles',
    'copies for',
    'stages',
    'rows a turn',
    'placed',
    'tiles',
    'KiB',
    'words',
    'latency',
    'time per sample',
    'energy per sample',
  ],
  rows: trials.map((trial) => [
    `${(trial.share * 100).toFixed(0)} %${trial === chosen ? ' *' : ''}`,
    trial.share === 0 ? undefined : trial.copiesFor === 'sum' ? 'one image' : 'the slowest layer',
    measure(trial.stages, 'count'),
    trial.len === 0 ? undefined : measure(trial.len, 'count'),
    trial.placement,
    measure(trial.tiles, 'count'),
    measure(Math.ceil(trial.scratchpad / 1024), 'count'),
    measure(trial.words, 'count'),
    measure(trial.latencySeconds, 's'),
    measure(trial.secondsPerSample, 's'),
    measure(trial.joulesPerSample, 'J'),
  ]),
});
