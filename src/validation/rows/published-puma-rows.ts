import { tileCount } from '../../chip/components/component.ts';
import { chipPreset } from '../../chip/presets.ts';
import { sumOfParts } from '../../chip/published/published-parts.ts';
import { pumaNode, pumaNodeFromPrintedTile, pumaSource, pumaTile } from '../../chip/published/puma-parts.ts';
import type { ValidationPorts } from '../ports.ts';
import { judge, type Measured, type ValidationRow } from '../row.ts';
import type { RowFamily } from '../row-family.ts';
import { runPublished } from '../run-published.ts';

/** Vectors of the phases of puma-mvm.oasm. */
const [short, long] = [32, 64];

function sums(): readonly Measured[] {
  const parts = { tolerance: 0.015, class: 'bookkeeping', source: pumaSource } as const;
  return [
    {
      id: 'PUMA-tile-power',
      name: 'PUMA: power of a tile, sum of its parts',
      published: 0.3738,
      value: sumOfParts(pumaTile).watts,
      unit: 'W',
      ...parts,
    },
    {
      id: 'PUMA-node-power',
      name: 'PUMA: power of a node, sum of its parts',
      published: 62.5,
      value: sumOfParts(pumaNode).watts,
      unit: 'W',
      ...parts,
    },
    {
      id: 'PUMA-node-power-printed',
      name: 'PUMA: power of a node from the tile as printed',
      published: 62.5,
      value: sumOfParts(pumaNodeFromPrintedTile).watts,
      unit: 'W',
      ...parts,
      tolerance: 0.0015,
    },
    {
      id: 'PUMA-node-area',
      name: 'PUMA: area of a node from the tile as printed',
      published: 90.6e-6,
      value: sumOfParts(pumaNodeFromPrintedTile).area,
      unit: 'm2',
      ...parts,
    },
  ];
}

function measured(ports: ValidationPorts): readonly Measured[] {
  const chip = chipPreset('puma').description;
  const run = runPublished(ports, 'puma-mvm', chip);
  const interval = (run.seconds.verify! - run.seconds.evaluate!) / (long - short);
  const energy = run.energy('forward');
  const joules = ['crossbar', 'input-driver', 'adc', 'tile-digital', 'sample-hold'].reduce((sum, name) => sum + energy[name]!, 0);
  const source = `${pumaSource}; puma-mvm.oasm on preset puma`;
  // a matrix unit is eight of our arrays
  const tops = ((2 * 128 * 128) / interval) * (tileCount(chip) / 8) * 1e-12;
  return [
    {
      id: 'PUMA-interval',
      name: 'PUMA: one product of a matrix unit',
      published: 2304e-9,
      value: interval,
      unit: 's',
      tolerance: 1e-4,
      class: 'calibrated',
      source,
    },
    {
      id: 'PUMA-energy',
      name: 'PUMA: energy of that product, converters and arrays',
      published: 43.97e-9,
      value: joules,
      unit: 'J',
      tolerance: 0.25,
      class: 'out-of-sample',
      source,
    },
    {
      id: 'PUMA-tops-interval',
      name: 'PUMA: peak that follows from the printed product of 2304 ns and 2208 matrix units',
      published: (2208 * 2 * 128 * 128) / 2304e-9 / 1e12,
      value: tops,
      unit: 'TOPS',
      tolerance: 1e-3,
      class: 'bookkeeping',
      source,
    },
    {
      id: 'PUMA-tops',
      name: 'PUMA: printed peak, by a convention the paper does not state (see the next row)',
      published: 52.31,
      value: tops,
      unit: 'TOPS',
      tolerance: 0.25,
      class: 'context',
      source,
      informative: true,
    },
    {
      id: 'PUMA-tops-ratio',
      name: "PUMA: printed over derived peak, against PUMA's figure for ISAAC over ISAAC's own",
      published: 69.5 / 41.29,
      value: 52.31 / tops,
      unit: 'ratio',
      tolerance: 0.02,
      class: 'bookkeeping',
      source: `${pumaSource} (comparison with ISAAC); Shafiee 2016; puma-mvm.oasm on preset puma`,
    },
  ];
}

export const publishedPumaRows: RowFamily = {
  name: 'PUMA rebuilt',
  ids: ['PUMA'],
  measure: (ports): readonly ValidationRow[] => [...sums(), ...measured(ports)].map(judge),
};
