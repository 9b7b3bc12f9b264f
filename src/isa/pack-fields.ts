import { limits } from '../../isa/limits.ts';
import { checkWhole, FieldError } from './field-error.ts';

/** Name, lowest bit and width of the parts of a packed operand. */
type Layout<N extends string> = readonly (readonly [name: N, low: number, bits: number])[];

function pack<N extends string>(what: string, layout: Layout<N>, values: Readonly<Record<N, number>>): number {
  return layout.reduce(
    (raw, [name, low, bits]) => raw | (checkWhole(`${what} ${name}`, values[name], 0, 2 ** bits - 1) << low),
    0,
  );
}

const unpack = <N extends string>(layout: Layout<N>, raw: number): Record<N, number> =>
  Object.fromEntries(layout.map(([name, low, bits]) => [name, (raw >>> low) & (2 ** bits - 1)])) as Record<N, number>;

export interface PackedWords {
  readonly d: number;
  readonly a: number;
  readonly b: number;
}

/** Operands of GRP: a rectangle of tiles and the columns of the matrix it holds (rows are in `len`). */
export interface GroupFields {
  readonly firstTile: number;
  readonly rowBlocks: number;
  readonly columnBlocks: number;
  readonly replicas: number;
  readonly columns: number;
}

const groupD = [['firstTile', 0, 24]] as const;
const groupA = [
  ['rowBlocks', 0, 12],
  ['columnBlocks', 12, 12],
] as const;
const groupB = [
  ['replicas', 0, 8],
  ['columns', 8, 16],
] as const;

export const packGroup = (group: GroupFields): PackedWords => ({
  d: pack('group', groupD, group),
  a: pack('group', groupA, group),
  b: pack('group', groupB, group),
});

export const unpackGroup = (d: number, a: number, b: number): GroupFields => ({
  ...unpack(groupD, d),
  ...unpack(groupA, a),
  ...unpack(groupB, b),
});

/** Operands of WIN: a sliding window over a channels-last map; counts in elements. */
export interface WindowFields {
  readonly height: number;
  readonly width: number;
  readonly channels: number;
  readonly kernelHeight: number;
  readonly kernelWidth: number;
  readonly strideY: number;
  readonly strideX: number;
  readonly padTop: number;
  readonly padLeft: number;
  readonly padBottom: number;
  readonly padRight: number;
  readonly dilation: number;
}

const windowD = [
  ['height', 0, 12],
  ['width', 12, 12],
] as const;
const windowA = [
  ['channels', 0, 14],
  ['kernelHeight', 14, 5],
  ['kernelWidth', 19, 5],
] as const;
const windowB = [
  ['strideY', 0, 4],
  ['strideX', 4, 4],
  ['padTop', 8, 4],
  ['dilation', 12, 4],
  ['padBottom', 16, 4],
] as const;

/** @throws FieldError when a part does not fit, or top and left (bottom and right) padding differ: the word holds one number each. */
export function packWindow(window: WindowFields): PackedWords {
  const { padTop, padLeft, padBottom, padRight } = window;
  if (padTop !== padLeft || padBottom !== padRight)
    throw new FieldError({
      found: `window padding top ${padTop}, left ${padLeft}, bottom ${padBottom}, right ${padRight}`,
      expected: 'top equal to left and bottom equal to right',
    });
  return { d: pack('window', windowD, window), a: pack('window', windowA, window), b: pack('window', windowB, window) };
}

export function unpackWindow(d: number, a: number, b: number): WindowFields {
  const fields = { ...unpack(windowD, d), ...unpack(windowA, a), ...unpack(windowB, b) };
  return { ...fields, padLeft: fields.padTop, padRight: fields.padBottom };
}

/** Level that means "this stride is unused". */
export const unusedLevel = 7;

const levelLayout = [
  ['level of stride A', 0, 3],
  ['level of stride B', 3, 3],
] as const;

/** The `sub` field of AGU: loop levels of its two strides. */
export const packLevels = ([a, b]: readonly [number, number]): number =>
  pack('AGU', levelLayout, { 'level of stride A': checkLevel(a), 'level of stride B': checkLevel(b) });

export function unpackLevels(sub: number): readonly [number, number] {
  const levels = unpack(levelLayout, sub);
  return [levels['level of stride A'], levels['level of stride B']];
}

const checkLevel = (level: number): number =>
  level === unusedLevel ? level : checkWhole('loop level', level, 0, limits.loopLevels - 1);

/** Bytes that one count of `len` stands for in an extension word of AGU with flag M. */
export const modulusUnit = limits.maxLength + 1;
