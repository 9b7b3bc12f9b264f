import type { Sliding } from '../graph/graph.ts';
import { type OperatorCall, UnsupportedForm } from './import-context.ts';

interface Axis {
  readonly kernel: number;
  readonly stride: number;
  readonly dilation: number;
  readonly before: number;
  readonly after: number;
  readonly size: number;
}

/** Output positions of one axis, and the padding its last window really reaches into. */
function slideAxis(axis: Omit<Axis, 'size'>, length: number, ceil: boolean): Axis {
  const { kernel, stride, dilation, before, after } = axis;
  const reach = dilation * (kernel - 1) + 1;
  const room = length + before + after - reach;
  let size = Math.floor(room / stride) + 1;
  // A further window counts when rounding up only if it starts inside the map or its leading padding.
  const starts = ceil && room % stride !== 0 && size * stride < length + before;
  if (starts) size += 1;
  if (room < 0 || size < 1)
    throw new UnsupportedForm(`a window of ${reach} on ${length + before + after} positions`, 'a window that fits');
  return { ...axis, after: starts ? (size - 1) * stride + reach - length - before : after, size };
}

function samePadding(
  length: number,
  kernel: number,
  stride: number,
  dilation: number,
  upper: boolean,
): readonly [number, number] {
  const needed = Math.max(0, (Math.ceil(length / stride) - 1) * stride + dilation * (kernel - 1) + 1 - length);
  const [less, more] = [Math.floor(needed / 2), Math.ceil(needed / 2)];
  return upper ? [less, more] : [more, less];
}

/** Window geometry of Conv and the pools over a map of one or two axes; `sizes` are the output's. */
export function slidingOf(
  { attributes }: OperatorCall,
  lengths: readonly number[],
  kernel: readonly number[],
): { readonly sliding: Sliding; readonly sizes: readonly number[] } {
  const count = lengths.length;
  const ones = lengths.map(() => 1);
  const strides = attributes.integers('strides') ?? ones;
  const dilations = attributes.integers('dilations') ?? ones;
  const pads = attributes.integers('pads') ?? [...ones, ...ones].map(() => 0);
  const automatic = attributes.text('auto_pad', 'NOTSET');
  const ceil = attributes.integer('ceil_mode', 0) !== 0;
  const lists = [strides, dilations, kernel];
  if (
    lists.some((list) => list.length !== count || list.some((x) => !(x >= 1))) ||
    pads.length !== 2 * count ||
    pads.some((x) => x < 0)
  )
    throw new UnsupportedForm(
      `kernel ${kernel.join(' x ')}, strides ${strides.join(' x ')}, pads ${pads.join(', ')} on a map of ${lengths.join(' x ')}`,
      'one positive number for each axis of the map and pads >= 0',
    );
  const axes = lengths.map((length, axis): Axis => {
    const own = { kernel: kernel[axis]!, stride: strides[axis]!, dilation: dilations[axis]! };
    const same = automatic.startsWith('SAME')
      ? samePadding(length, own.kernel, own.stride, own.dilation, automatic === 'SAME_UPPER')
      : undefined;
    const [before, after] = same ?? (automatic === 'VALID' ? [0, 0] : [pads[axis]!, pads[count + axis]!]);
    return slideAxis({ ...own, before: before!, after: after! }, length, ceil);
  });
  return { sliding: join(axes), sizes: axes.map(({ size }) => size) };
}

/** A map of one axis is one row high. */
function join(axes: readonly Axis[]): Sliding {
  const across = axes.at(-1)!;
  const down = axes.length === 2 ? axes[0]! : { kernel: 1, stride: 1, dilation: across.dilation, before: 0, after: 0 };
  const dilations = [down, across].filter(({ kernel }) => kernel > 1).map(({ dilation }) => dilation);
  const [dilation = 1] = dilations;
  if (dilations.some((other) => other !== dilation))
    throw new UnsupportedForm(`dilations ${dilations.join(' x ')}`, 'the same dilation on both axes');
  return {
    kernel: [down.kernel, across.kernel],
    stride: [down.stride, across.stride],
    pad: [down.before, across.before, down.after, across.after],
    dilation,
  };
}
