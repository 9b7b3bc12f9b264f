import { adcBand } from './adc/adc-band.ts';
import { type ChipPath, readPath } from './chip-path.ts';
import type { Chip } from './chip-source.ts';
import { chipPaths, parameterAt } from './components/components.ts';
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

interface Spread {
  readonly low: number;
  readonly high: number;
  readonly reason: string;
}

const either = (factor: number, reason: string): Spread => ({ low: 1 / factor, high: factor, reason });

/** Uncertainty of the cost models of designs that are not anchored to silicon, by the block they belong to. */
const modelSpreads: readonly (readonly [path: ChipPath, Spread])[] = [
  ['calibration.crossbar', { low: 0.8, high: 1.2, reason: 'array energy: 20 % with voltage, conductance and time given' }],
  ['calibration.input-driver', { low: 0.7, high: 1.3, reason: 'digital logic: 30 %' }],
  ['calibration.sample-hold', { low: 0.7, high: 1.3, reason: 'one chip measured: 30 %' }],
  ['calibration.tile-digital', { low: 0.7, high: 1.3, reason: 'digital logic: 30 %' }],
  ['calibration.tile-buffer', { low: 0.7, high: 1.3, reason: 'memory: 30 %' }],
  ['calibration.accumulator', { low: 0.7, high: 1.3, reason: 'digital logic: 30 %' }],
  ['calibration.scratchpad', { low: 0.7, high: 1.3, reason: 'memory: 30 %' }],
  ['calibration.vector-unit', { low: 0.7, high: 1.3, reason: 'digital logic: 30 %' }],
  ['calibration.controller', { low: 0.7, high: 1.3, reason: 'digital logic: 30 %' }],
  ['calibration.noc', either(2, 'network: a factor of two')],
];

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
  const models = modelSpreads.map(([path, spread]) => bandAt(chip, path, spread));
  const assumed = chipPaths
    .filter((path) => chip.sources[path].assumed && isNumeric(path))
    .map((path) => bandAt(chip, path, spreadAt(path)));
  return [...converterBand(chip), ...[...models, ...assumed].filter((band) => band !== undefined)];
}
