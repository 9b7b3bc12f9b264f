import { streamKey } from '../numeric/philox.ts';
import { purposes } from '../numeric/purposes.ts';
import type { MachineContext } from './context.ts';
import type { GroupLayout } from './group-layout.ts';
import type { ConverterDraws, Direction } from './state.ts';

/** Events of the converter stream: one per error and direction of reading. */
const events: Readonly<Record<Direction, readonly [offset: number, gain: number]>> = { forward: [0, 1], transposed: [2, 3] };

/** Draws keyed by (chip seed, physical tile, line): whatever matrix a tile holds, its converters are the same. */
export function drawConverters(
  context: MachineContext,
  layout: GroupLayout,
  direction: Direction,
  block: number,
  slice: number,
): ConverterDraws {
  const { kernels } = context;
  const outputs = direction === 'forward' ? layout.columns : layout.rows;
  const [offset, gain] = [kernels.allocate(4 * outputs), kernels.allocate(4 * outputs)];
  for (const [at, event] of [
    [offset, events[direction][0]],
    [gain, events[direction][1]],
  ] as const) {
    const spans = direction === 'forward' ? layout.columnSpans : layout.rowSpans;
    for (const [other, span] of spans.entries()) {
      const tile = direction === 'forward' ? layout.tile(block, other) : layout.tile(other, block);
      const lines = tileLines(context, direction, tile, event);
      const into = kernels.f32(at, outputs);
      for (let i = 0; i < span.length; i++) {
        const line = direction === 'forward' ? layout.bitLine(i, slice) : layout.wordLine(i);
        into[span.start + i] = lines[line]!;
      }
    }
  }
  return { offset, gain };
}

function tileLines(context: MachineContext, direction: Direction, tile: number, event: number): Float32Array {
  const { kernels, chip, chipSeed } = context;
  const count = direction === 'forward' ? chip.tile.columns : chip.tile.rows;
  const { key0, key1 } = streamKey(chipSeed, purposes.converter);
  const mark = kernels.mark();
  const draws = kernels.allocate(4 * count);
  kernels.normalGrid(draws, 1, count, count, tile, 0, key0, key1, purposes.converter, event);
  const lines = kernels.f32(draws, count).slice();
  kernels.release(mark);
  return lines;
}
