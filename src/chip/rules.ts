import { nearestName } from '../config/nearest-name.ts';
import { deviceNamed, devices, isInlineDevice } from '../device/devices.ts';
import type { ChipPath } from './chip-path.ts';
import type { Chip } from './chip-source.ts';
import type { ChipDescription } from './description.ts';
import { outputColumns } from './output-columns.ts';
import { stepsPerPass, writableAtOnce } from './timing-rules.ts';

/** A condition over several values, or over a value and what exists elsewhere. */
interface Rule {
  /** What it looks at; the first is to blame and reported where it was written. */
  readonly over: readonly [ChipPath, ...ChipPath[]];
  readonly holds: (chip: ChipDescription) => boolean;
  readonly expected: (chip: ChipDescription) => string;
}

export interface RuleBreak {
  /** The values the rule looks at, the one to blame first. */
  readonly over: readonly [ChipPath, ...ChipPath[]];
  readonly found: string;
  readonly expected: string;
  readonly nearest?: string;
}

const deviceNames = devices.map(({ kind }) => kind);
const isPowerOfTwo = (value: number): boolean => Number.isInteger(Math.log2(value));
const wholeBytes = (path: ChipPath, bits: (chip: ChipDescription) => number): Rule => ({
  over: [path],
  holds: (chip) => bits(chip) % 8 === 0,
  expected: () => 'a multiple of 8 bits',
});

const tileRules: readonly Rule[] = [
  {
    over: ['tile.columns', 'mapping.scheme', 'mapping.slices'],
    holds: (chip) => outputColumns(chip) >= 1,
    expected: ({ mapping }) => `enough columns for one weight (${mapping.scheme}, ${mapping.slices} per weight)`,
  },
  {
    over: ['tile.adc.mux', 'tile.columns', 'mapping.scheme', 'mapping.slices'],
    // a tile without output columns is the rule above
    holds: (chip) => outputColumns(chip) < 1 || chip.tile.adc.mux <= outputColumns(chip),
    expected: (chip) => `at most the ${outputColumns(chip)} output columns of a tile`,
  },
  {
    over: ['tile.adc.mux', 'tile.adc.integrates', 'tile.adc.kind'],
    holds: ({ tile: { adc } }) => !adc.integrates || adc.mux === 1,
    expected: () => '1, because an integrating converter cannot be shared',
  },
  {
    over: ['tile.adc.conversionS', 'tile.adc.integrates', 'tile.input.bits', 'tile.input.stepS', 'tile.input.coding'],
    // a window is whole input steps: the tolerance only absorbs rounding of the product
    holds: ({ tile }) => !tile.adc.integrates || tile.adc.conversionS >= stepsPerPass(tile.input) * tile.input.stepS * (1 - 1e-9),
    expected: () => 'an integration window at least as long as the longest input pulse',
  },
  {
    over: ['tile.buffer.inputBytes', 'tile.rows', 'tile.input.bits'],
    holds: ({ tile }) => tile.buffer.inputBytes * 8 >= tile.rows * Math.max(8, tile.input.bits),
    expected: ({ tile }) => `room for one vector of ${tile.rows} inputs`,
  },
];

const writeRule: Rule = {
  over: ['tile.array.parallelWrites', 'tile.array.maxLineA', 'tile.array.writeA'],
  holds: ({ tile: { array } }) => array.parallelWrites <= writableAtOnce(array),
  expected: ({ tile: { array } }) => `at most ${writableAtOnce(array)}, whose write current one line of maxLineA carries`,
};

const rules: readonly Rule[] = [
  {
    over: ['device'],
    holds: ({ device }) => deviceNames.includes(device) || isInlineDevice(device),
    expected: () => `one of ${deviceNames.join(', ')}`,
  },
  {
    over: ['tile.array.programming', 'device'],
    // an unknown device is the rule above
    holds: ({ device, tile }) =>
      tile.array.programming === 'published' ||
      !(deviceNames.includes(device) || isInlineDevice(device)) ||
      deviceNamed(device).simulated !== undefined,
    expected: ({ device }) => `published, because programming of ${deviceNamed(device).kind} is not simulated pulse by pulse`,
  },
  ...tileRules,
  writeRule,
  {
    over: ['mapping.sliceBits', 'mapping.slices'],
    holds: ({ mapping }) => mapping.slices === 1 || mapping.sliceBits > 0,
    expected: () => 'at least 1 bit per slice when there are several slices',
  },
  { over: ['scratchpad.banks'], holds: ({ scratchpad }) => isPowerOfTwo(scratchpad.banks), expected: () => 'a power of two' },
  {
    over: ['scratchpad.interleaveBytes', 'scratchpad.widthBits'],
    holds: ({ scratchpad }) => isPowerOfTwo(scratchpad.interleaveBytes),
    expected: () => 'a power of two',
  },
  {
    over: ['scratchpad.bytes', 'scratchpad.banks', 'scratchpad.interleaveBytes', 'scratchpad.widthBits'],
    holds: ({ scratchpad: s }) => s.bytes % (s.banks * s.interleaveBytes) === 0,
    expected: ({ scratchpad: s }) => `a multiple of banks x interleaveBytes = ${s.banks * s.interleaveBytes} B`,
  },
  wholeBytes('scratchpad.widthBits', ({ scratchpad }) => scratchpad.widthBits),
  wholeBytes('tile.buffer.widthBits', ({ tile }) => tile.buffer.widthBits),
  wholeBytes('noc.flitBits', ({ noc }) => noc.flitBits),
];

/** Every rule this chip breaks, save those over a value that could not be read anyway. */
export const brokenRules = ({ description, sources }: Chip, unreadable: readonly ChipPath[] = []): RuleBreak[] =>
  rules
    .filter(({ over, holds }) => !over.some((path) => unreadable.includes(path)) && !holds(description))
    .map(({ over, expected }) => {
      const [path] = over;
      const nearest = path === 'device' ? nearestName(description.device, deviceNames) : undefined;
      const found = `${path} = ${sources[path].text}`;
      return { over, found, expected: expected(description), ...(nearest === undefined ? {} : { nearest }) };
    });
