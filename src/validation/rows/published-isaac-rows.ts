import { adcModels } from '../../chip/adc/adc-models.ts';
import { tileCount } from '../../chip/components/component.ts';
import { memoryReadJoules } from '../../chip/memory.ts';
import { chipPreset } from '../../chip/presets.ts';
import { isaacChip, isaacSource, isaacTile } from '../../chip/published/isaac-parts.ts';
import { sumOfParts } from '../../chip/published/published-parts.ts';
import type { ValidationPorts } from '../ports.ts';
import { judge, type Measured, type ValidationRow } from '../row.ts';
import type { RowFamily } from '../row-family.ts';
import { type PublishedRun, runPublished } from '../run-published.ts';

/** Vectors of the phases of isaac-stream.oasm. */
const [alone, short, long] = [1, 64, 128];

const bookkeeping = { tolerance: 0.001, class: 'bookkeeping', source: isaacSource } as const;

function sums(): readonly Measured[] {
  const [tile, chip] = [sumOfParts(isaacTile), sumOfParts(isaacChip)];
  return [
    {
      id: 'ISAAC-tile-power',
      name: 'ISAAC: power of a tile, sum of its parts',
      published: 0.3298,
      value: tile.watts,
      unit: 'W',
      ...bookkeeping,
    },
    {
      id: 'ISAAC-tile-area',
      name: 'ISAAC: area of a tile, sum of its parts',
      published: 0.372e-6,
      value: tile.area,
      unit: 'm2',
      ...bookkeeping,
    },
    {
      id: 'ISAAC-chip-power',
      name: 'ISAAC: power of the chip, sum of its parts',
      published: 65.8,
      value: chip.watts,
      unit: 'W',
      ...bookkeeping,
    },
    {
      id: 'ISAAC-chip-area',
      name: 'ISAAC: area of the chip, sum of its parts',
      published: 85.4e-6,
      value: chip.area,
      unit: 'm2',
      ...bookkeeping,
    },
  ];
}

const interval = ({ seconds }: PublishedRun): number => (seconds.verify! - seconds.evaluate!) / (long - short);

function measured(ports: ValidationPorts): readonly Measured[] {
  const chip = chipPreset('isaac').description;
  const run = runPublished(ports, 'isaac-stream', chip);
  const operations = (2 * run.macs) / (alone + short + long);
  const tops = ((operations / interval(run)) * tileCount(chip)) / 1e12;
  const exact = { tolerance: 1e-4, source: `${isaacSource}; isaac-stream.oasm on preset isaac` };
  return [
    {
      id: 'ISAAC-interval',
      name: 'ISAAC: time between two products of an array',
      published: 1.6e-6,
      value: interval(run),
      unit: 's',
      class: 'bookkeeping',
      ...exact,
    },
    {
      id: 'ISAAC-latency',
      name: 'ISAAC: 22 stages, embedded memory to embedded memory',
      published: 2.2e-6,
      value: run.seconds.forward!,
      unit: 's',
      class: 'calibrated',
      ...exact,
    },
    {
      id: 'ISAAC-tops',
      name: 'ISAAC: peak, interval of one array times 16 128 arrays',
      published: 41.29,
      value: tops,
      unit: 'TOPS',
      class: 'bookkeeping',
      ...exact,
    },
    {
      id: 'ISAAC-density',
      name: 'ISAAC: peak over area (the paper prints 479, its own parts give 483)',
      published: 479,
      value: (tops * 1e3) / (sumOfParts(isaacChip).area * 1e6),
      unit: 'GOPS/mm2',
      tolerance: 0.02,
      class: 'out-of-sample',
      source: isaacSource,
    },
  ];
}

/** What our own models say of ISAAC's converters, memory and arrays: nothing here was fitted, so most is far off, and shown. */
function ownModels(): readonly Measured[] {
  const chip = chipPreset('isaac').description;
  const joules = (kind: string): number =>
    adcModels
      .find((model) => model.kind === kind)!
      .joules({ ...chip, tile: { ...chip.tile, adc: { ...chip.tile.adc, bits: 8 } } });
  const context = { tolerance: 0.25, source: isaacSource } as const;
  const power = (id: string, kind: string, klass: Measured['class'], informative = false): Measured => ({
    id: `ISAAC-adc-${id}`,
    name: `ISAAC: power of eight converters by our model ${kind}`,
    published: 16e-3,
    value: (8 * joules(kind)) / 0.78125e-9,
    unit: 'W',
    class: klass,
    informative,
    ...context,
  });
  // half of the inputs are on, half of the cells in either state
  const heat = 128 * 128 * 0.5 * 0.2 ** 2 * (1 / 2) * (1 / 1300 + 1 / 20000) * 100e-9;
  return [
    power('survey', 'survey', 'out-of-sample'),
    power('sar', 'sar', 'calibrated'),
    power('neurosim', 'neurosim-sar', 'out-of-sample', true),
    {
      id: 'ISAAC-memory',
      name: 'ISAAC: 256 bits of a 64 KB memory at 32 nm by our SRAM fit, against embedded DRAM',
      published: 17.2e-12,
      value: memoryReadJoules('sram', 65536, 256, chip.technology),
      unit: 'J',
      class: 'out-of-sample',
      ...context,
    },
    {
      id: 'ISAAC-array-heat',
      name: 'ISAAC: heat of its own cells (1.3 and 20 kohm, 0.2 V, 100 ns, half on) against its constant per array',
      published: 30e-12,
      value: heat,
      unit: 'J',
      class: 'out-of-sample',
      informative: true,
      ...context,
    },
  ];
}

export const publishedIsaacRows: RowFamily = {
  name: 'ISAAC rebuilt',
  ids: ['ISAAC'],
  measure: (ports): readonly ValidationRow[] => [...sums(), ...measured(ports), ...ownModels()].map(judge),
};
