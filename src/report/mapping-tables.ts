import type { ExplainedMapping } from '../simulate/explain-mapping.ts';
import type { Goal, Trial } from '../simulate/optimise-model.ts';
import { type Cell, type DataTable, measure } from './data-table.ts';

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
    ['pipelining', 'layers of one image follow one another; the next batch loads meanwhile'],
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
  columns: ['free tiles given to copies', 'tiles', 'latency', 'time per sample', 'energy per sample'],
  rows: trials.map((trial) => [
    `${(trial.share * 100).toFixed(0)} %${trial === chosen ? ' *' : ''}`,
    measure(trial.tiles, 'count'),
    measure(trial.latencySeconds, 's'),
    measure(trial.secondsPerSample, 's'),
    measure(trial.joulesPerSample, 'J'),
  ]),
});
