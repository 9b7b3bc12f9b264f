import type { ExplainedChips } from '../simulate/explain-chips.ts';
import type { Goal } from '../simulate/optimise-model.ts';
import type { ChipsTrial } from '../simulate/try-chips.ts';
import { type DataTable, measure } from './data-table.ts';
import { mappingTables } from './mapping-tables.ts';

/** Layers to tiles chip by chip, then the whole. */
export function chipsMappingTables({ chips, latencySeconds, links }: ExplainedChips): readonly DataTable[] {
  const each = chips.flatMap((mapping, own) =>
    mappingTables(mapping).map(({ name, title, ...table }) => ({
      ...table,
      name: `chip-${own}-${name}`,
      title: `Chip ${own}: ${title.charAt(0).toLowerCase()}${title.slice(1)}`,
    })),
  );
  const sent = links.map(({ from, to, messages, bytes }) => [
    `${from} to ${to}`,
    measure(messages, 'count'),
    measure(bytes, 'count'),
  ]);
  return [
    ...each,
    { name: 'links', title: 'Messages of the whole run', columns: ['from to', 'messages', 'bytes'], rows: sent },
    {
      name: 'chips-mapping',
      title: `${chips.length} chips`,
      columns: ['', 'value'],
      rows: [['latency of one image, waiting for one another included', measure(latencySeconds, 's')]],
    },
  ];
}

/** What the optimiser tried on several chips. */
export const chipsTrialsTable = (goal: Goal, trials: readonly ChipsTrial[], chosen: ChipsTrial): DataTable => ({
  name: 'optimise',
  title: `Mappings tried for ${goal}; * is the one taken, the first is the default`,
  columns: [
    'cut',
    'free tiles',
    'copies for',
    'placed',
    'tiles',
    'fullest chip',
    'words',
    'latency',
    'time per sample',
    'energy per sample',
  ],
  rows: trials.map((trial) => [
    `${trial.cut}${trial === chosen ? ' *' : ''}`,
    `${(trial.share * 100).toFixed(0)} %`,
    trial.share === 0 ? undefined : trial.copiesFor === 'sum' ? 'one image' : 'the slowest layer',
    trial.placement,
    measure(trial.tiles, 'count'),
    measure(trial.mostTiles, 'count'),
    measure(trial.words, 'count'),
    measure(trial.latencySeconds, 's'),
    measure(trial.secondsPerSample, 's'),
    measure(trial.joulesPerSample, 'J'),
  ]),
});
