import { adcBand } from './adc/adc-band.ts';
import { type ChipPath, readPath } from './chip-path.ts';
import type { Chip } from './chip-source.ts';
import { chipPaths, parameterAt } from './components/components.ts';
import type { ChipDescription } from './description.ts';
import { either, modelSpread, type Spread } from './model-spreads.ts';
import type { NumericParameter } from './parameter.ts';
import { describeValueOf } from './parameter-value.ts';

/** How far a value may honestly lie from where it is. */
export interface Band {
  readonly path: ChipPath;
  /** Values as a chip file gives them. */
  readonly low: string;
  readonly value: string;
  readonly high: string;
  /** Why the band is so wide. */
  readonly reason: string;
}

/** Blocks whose energy has a factor of its own in the chip file. */
const calibrated = [
  'crossbar',
  'input-driver',
  'sample-hold',
  'tile-digital',
  'tile-buffer',
  'accumulator',
  'scratchpad',
  'vector-unit',
  'noc',
  'dram',
  'controller',
] as const satisfies readonly (keyof ChipDescription['calibration'])[];

const assumedSpread = either(1.5, 'assumed value: half as much again, or two thirds');

/** Spread of an assumed value by the longest path it begins with. */
const assumedSpreads: readonly (readonly [start: string, Spread])[] = [
  ['tile.adc', either(2, 'assumed value of a converter: a factor of two')],
  ['noc', either(2, 'assumed value of the network: a factor of two')],
  ['scratchpad', either(2, 'assumed size or width: a power of two')],
  ['tile.buffer', either(2, 'assumed size or width: a power of two')],
  [
    'technology.temperatureK',
    { low: 273 / 300, high: 358 / 300, reason: 'commercial range, 0 to 85 degrees Celsius around 300 K' },
  ],
];

const spreadAt = (path: string): Spread =>
  assumedSpreads.find(([start]) => path === start || path.startsWith(`${start}.`))?.[1] ?? assumedSpread;

function bandAt(chip: Chip, path: ChipPath, { low, high, reason }: Spread): Band | undefined {
  const parameter = parameterAt(path) as NumericParameter;
  const value = readPath(chip.description, path) as number;
  const whole = parameter.kind === 'integer' || parameter.dimension === 'B';
  const at = (factor: number): number => {
    const scaled = whole ? Math.round(value * factor) : Number((value * factor).toPrecision(4));
    return Math.min(parameter.maximum, Math.max(parameter.minimum, scaled));
  };
  const [least, most] = [at(low), at(high)];
  if (least === value && most === value) return undefined;
  const text = (number: number): string => describeValueOf(parameter, number);
  return { path, low: text(least), value: text(value), high: text(most), reason };
}

function converterBand(chip: Chip): Band[] {
  const { minimum, value, maximum, source } = adcBand(chip.description);
  if (value === 0 || minimum === maximum) return [];
  const spread = { low: minimum / value, high: maximum / value, reason: `converter models: ${source}` };
  return [bandAt(chip, 'tile.adc.calibration', spread)].filter((band) => band !== undefined);
}

const isNumeric = (path: ChipPath): boolean => ['quantity', 'number', 'integer'].includes(parameterAt(path).kind);

/** The band of every model and of every assumed number of a chip that is not zero; choices and resolutions have none. */
export function bandsOf(chip: Chip): readonly Band[] {
  const models = calibrated.map((component) => {
    const spread = modelSpread(component, chip.description);
    return spread === undefined ? undefined : bandAt(chip, `calibration.${component}`, spread);
  });
  const assumed = chipPaths
    .filter((path) => chip.sources[path].assumed && isNumeric(path))
    .map((path) => bandAt(chip, path, spreadAt(path)));
  return [...converterBand(chip), ...[...models, ...assumed].filter((band) => band !== undefined)];
}
