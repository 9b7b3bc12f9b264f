import { type Format, formatBytes, limits } from '../../isa/limits.ts';
import type { ChipDescription } from '../chip/description.ts';
import { inputError } from '../config/issue.ts';
import type { Stage } from './lower.ts';

/** One scratchpad area: copies of one or more samples that a loop counter walks through. */
export interface Buffer {
  readonly name: string;
  /** Bytes one sample takes. */
  readonly sampleBytes: number;
  /** Samples per copy: the batch, or 1 for maps that live for one image only. */
  readonly samples: number;
  /** 2 = double-buffered; 1 where two are longer than an address generator's modulus. */
  readonly copies: 1 | 2;
  /** Holds one image at a time: every image of a batch takes its turn in it. */
  readonly perImage: boolean;
}

/** How a network runs: batches, what loops over images inside a batch, and where results live. */
export interface Schedule {
  readonly samples: number;
  readonly batch: number;
  /** Full batches, and samples of the last partial one. */
  readonly batches: number;
  readonly tail: number;
  /** Stages run image by image (maps); the rest runs on whole batches. */
  readonly mapStages: readonly Stage[];
  readonly vectorStages: readonly Stage[];
  readonly input: Buffer;
  readonly labels: Buffer;
  /** Output buffer of every stage, in stage order. */
  readonly outputs: readonly Buffer[];
  readonly biasBytes: number;
  readonly spmBytes: number;
}

const largestBatch = 128;
const smallestGoodBatch = 32;

/** A batch that divides the sample count when a good one exists, else the largest that fits, with a tail. */
export function chooseBatch(samples: number, most: number): number {
  const cap = Math.max(1, Math.min(samples, most));
  for (let batch = cap; batch >= Math.min(smallestGoodBatch, cap); batch--) if (samples % batch === 0) return batch;
  return cap;
}

/** Double-buffered where the copies can be walked: the modulus of an address generator is a length field. */
function bufferOf(name: string, sampleBytes: number, samples: number, perImage = false): Buffer {
  const copies = 2 * sampleBytes * samples <= limits.maxLength ? 2 : 1;
  return { name, sampleBytes, samples, copies, perImage };
}

const bufferBytes = ({ sampleBytes, samples, copies }: Buffer): number => sampleBytes * samples * copies;

/** Addresses of buffers are rounded up so that every row of vectors starts on a scratchpad word. */
export const aligned = (bytes: number): number => Math.ceil(bytes / 64) * 64;

function layOut(stages: readonly Stage[], inputBytes: number, samples: number, most: number, format: Format): Schedule {
  const lastMap = stages.findLastIndex((stage) => stage.kind === 'pool' || stage.window !== undefined);
  const batch = chooseBatch(samples, most);
  const bytes = formatBytes[format];
  const outputs = stages.map((stage, index): Buffer => {
    const perImage = index < lastMap;
    return bufferOf(stage.name, stage.outputElements * bytes, perImage ? 1 : batch, perImage);
  });
  const input = bufferOf('image_batch', inputBytes, batch);
  const labels = bufferOf('label_batch', 1, batch);
  const biasBytes = stages.reduce(
    (sum, stage) => sum + (stage.kind === 'matrix' && stage.bias !== undefined ? stage.columns * bytes : 0),
    0,
  );
  const spmBytes = [input, labels, ...outputs].reduce((sum, buffer) => sum + aligned(bufferBytes(buffer)), aligned(biasBytes));
  return {
    samples,
    batch,
    batches: Math.floor(samples / batch),
    tail: samples % batch,
    mapStages: stages.slice(0, lastMap + 1),
    vectorStages: stages.slice(lastMap + 1),
    ...{ input, labels, outputs, biasBytes, spmBytes },
  };
}

/** Whether loading the next batch overlaps with the work on this one. */
const isDoubleBuffered = ({ input, outputs }: Schedule): boolean =>
  [input, ...outputs].every(({ copies, perImage }) => copies === 2 || perImage);

/**
 * `inputBytes` is one image, which one transfer must hold as it holds one layer's outputs of a batch.
 * Picks the largest batch whose double-buffered activations fit the scratchpad. One image that does not fit is an input
 * error with the bytes it needs.
 */
export function schedule(stages: readonly Stage[], inputBytes: number, samples: number, chip: ChipDescription): Schedule {
  const longest = Math.max(inputBytes, ...stages.map((stage) => (stage.kind === 'matrix' ? stage.columns : 0)));
  const lengthLimit = Math.max(1, Math.floor(limits.maxLength / longest));
  let most = Math.min(largestBatch, lengthLimit);
  for (;;) {
    const plan = layOut(stages, inputBytes, samples, most, chip.vector.format);
    const fits = plan.spmBytes <= chip.scratchpad.bytes;
    if (fits && (plan.batch === 1 || isDoubleBuffered(plan))) return plan;
    if (plan.batch <= 1)
      throw inputError(
        `chip ${chip.name}`,
        `a scratchpad of ${chip.scratchpad.bytes} bytes`,
        `at least ${plan.spmBytes} bytes for one image of this network; --set scratchpad.bytes=… makes it larger`,
      );
    most = plan.batch - 1;
  }
}
