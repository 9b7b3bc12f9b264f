import { chipHash } from '../chip/chip-hash.ts';
import type { Chip } from '../chip/chip-source.ts';
import { chipPaths } from '../chip/components/components.ts';
import { floorplan } from '../chip/floorplan.ts';
import { peakFigures } from '../chip/peak.ts';
import { type DataTable, measure, shareRows } from './data-table.ts';

interface ListedChip {
  readonly name: string;
  readonly doc: string;
  readonly chip: Chip;
}

export const chipListTable = (chips: readonly ListedChip[]): DataTable => ({
  name: 'chips',
  title: 'Chips',
  columns: ['chip', 'node', 'tiles', 'tile', 'cells', 'area', 'peak per tile', 'what'],
  rows: chips.map(({ name, doc, chip: { description } }) => {
    const { tiles, total } = floorplan(description);
    const { rows, columns } = description.tile;
    const peak = measure(peakFigures(description).tileTops, 'TOPS');
    const node = `${description.technology.nodeNm} nm`;
    return [name, node, measure(tiles, 'count'), `${rows}x${columns}`, description.device, measure(total, 'm2'), peak, doc];
  }),
});

/** Every number of a chip with its source; `given` ones first told apart by the file, the rest are standard values. */
const parameterTable = ({ sources }: Chip): DataTable => ({
  name: 'parameters',
  title: 'Values',
  columns: ['path', 'value', 'from', 'source'],
  rows: chipPaths.map((path) => {
    const { text, given, assumed, source } = sources[path];
    return [path, text, `${given ? 'file' : 'standard'}${assumed ? ', assumed' : ''}`, source];
  }),
});

/** Figures of tiles that only multiply, with the conditions they hold under. */
function peakTable({ description }: Chip): DataTable {
  const { conditions, definition, mvmSeconds, mvmJoules, tileTops, chipTops, topsPerWatt, tileWatts } = peakFigures(description);
  const { inputActivity, conductanceS } = conditions;
  return {
    name: 'peak',
    title: `Peak at mean |input| ${inputActivity} and ${conductanceS * 1e6} uS on every cell (${definition})`,
    columns: ['', 'value'],
    rows: [
      ['one matrix-vector product', measure(mvmSeconds, 's')],
      ['its energy', measure(mvmJoules, 'J')],
      ['a tile', measure(tileTops, 'TOPS')],
      ['all tiles', measure(chipTops, 'TOPS')],
      ['efficiency', measure(topsPerWatt, 'TOPS/W')],
      ['power of a busy tile', measure(tileWatts, 'W')],
    ],
  };
}

const mvmEnergyTable = ({ description }: Chip): DataTable => ({
  name: 'mvm-energy',
  title: 'Energy of that product',
  columns: ['component', 'energy', 'share'],
  rows: shareRows(peakFigures(description).mvmJoulesBy, 'J'),
});

function areaTable({ description }: Chip): DataTable {
  const { rows, tiles, tile, total } = floorplan(description);
  return {
    name: 'area',
    title: `Area (${tiles} tiles of ${(tile * 1e6).toFixed(3)} mm2)`,
    columns: ['component', 'count', 'each', 'area', 'share'],
    rows: [
      ...rows
        .filter(({ area }) => area > 0)
        .map((row) => [
          row.component,
          measure(row.count, 'count'),
          measure(row.each, 'm2'),
          measure(row.area, 'm2'),
          measure(row.share, '%'),
        ]),
      ['sum', undefined, undefined, measure(total, 'm2'), measure(1, '%')],
    ],
  };
}

/** Do the converters fit behind their columns? */
function pitchTable({ description }: Chip): DataTable {
  const { availableM, neededM, stretch } = floorplan(description).pitch;
  const micrometres = (metres: number): string => `${Number((metres * 1e6).toPrecision(3))} um`;
  return {
    name: 'pitch',
    title: 'Tile pitch',
    columns: ['', 'value'],
    rows: [
      ['width of the columns of one converter', micrometres(availableM)],
      ['least width of a converter', micrometres(neededM)],
      ['array grows by', stretch === 1 ? 'nothing: they fit' : `${((stretch - 1) * 100).toFixed(0)} %: columns are spread`],
    ],
  };
}

/** The page of `chip show`. */
export const chipTables = (chip: Chip): readonly DataTable[] => [
  { ...parameterTable(chip), title: `${chip.description.name}: ${chip.description.doc}` },
  areaTable(chip),
  ...(chip.description.tile.array.kind === 'sram' ? [] : [pitchTable(chip)]),
  peakTable(chip),
  mvmEnergyTable(chip),
];

/** `ohmic.chip/1`: the complete description in SI units, the origin of each number, area and peak figures. */
export const chipDocument = (chip: Chip) => ({
  schema: 'ohmic.chip/1',
  name: chip.description.name,
  hash: chipHash(chip.description),
  description: chip.description,
  sources: chip.sources,
  floorplan: floorplan(chip.description),
  peak: peakFigures(chip.description),
});
