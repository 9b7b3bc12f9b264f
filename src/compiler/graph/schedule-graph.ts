import { csrs } from '../../../isa/csrs.ts';
import { formatBytes, limits } from '../../../isa/limits.ts';
import type { ChipDescription } from '../../chip/description.ts';
import { inputError } from '../../config/issue.ts';
import { aligned, chooseBatch } from '../schedule.ts';
import { type Area, allocate } from './allocate.ts';
import { type Pipeline, unpipelined } from './cut-stages.ts';
import { liveRanges } from './live-ranges.ts';
import { type ImagePart, planStreams, type StreamChoice, spansOf, wholeMaps } from './plan-streams.ts';
import { type SplitSteps, splitBatches } from './split-batches.ts';
import type { LoweredGraph, Step } from './steps.ts';
import { copiesOf, pipelinedRanges, type ValueCopies } from './value-copies.ts';

/** Copies of one batch that a loop counter walks through. */
export interface InputBuffer {
  readonly address: number;
  readonly sampleBytes: number;
  readonly copies: 1 | 2;
}

/** How a graph runs: what repeats for each image, how many images a batch has, and where everything lies in the scratchpad. */
export interface GraphSchedule extends SplitSteps {
  readonly samples: number;
  readonly batch: number;
  readonly batches: number;
  readonly tail: number;
  readonly input: InputBuffer;
  readonly labels: InputBuffer;
  /** Byte offset of each constant, and of all of them together. */
  readonly constants: { readonly address: number; readonly bytes: number; readonly offsets: readonly number[] };
  readonly areas: ReadonlyMap<string, Area>;
  /** What runs for one image: steps, and streams of rows where the mapping asks for them. */
  readonly imageParts: readonly ImagePart[];
  /** How consecutive images overlap, and the values of which several copies lie in their area. */
  readonly pipeline: Pipeline;
  readonly copies: ReadonlyMap<string, ValueCopies>;
  readonly spmBytes: number;
}

const largestBatch = 128;
/** Rows that one DMA word moves. */
const mostRows = 63;

const bufferAt = (address: number, sampleBytes: number, batch: number): InputBuffer => ({
  address,
  sampleBytes,
  copies: 2 * sampleBytes * batch <= limits.maxLength ? 2 : 1,
});

const endOf = ({ address, sampleBytes, copies }: InputBuffer, batch: number): number =>
  address + aligned(sampleBytes * batch * copies);

function layOut(
  lowered: LoweredGraph,
  split: SplitSteps & { readonly pipeline: Pipeline; readonly imageParts: readonly ImagePart[] },
  samples: number,
  most: number,
  elementBytes: number,
): GraphSchedule {
  const { pipeline } = split;
  const batch = chooseBatch(samples, most);
  const offsets: number[] = [];
  let constantBytes = 0;
  for (const { length } of lowered.constants) {
    offsets.push(constantBytes);
    constantBytes += aligned(length * elementBytes);
  }
  const input = bufferAt(aligned(constantBytes), lowered.values.get(lowered.input)!.elements, batch);
  const labels = bufferAt(endOf(input, batch), 1, batch);
  const bytesOf = (name: string): number =>
    lowered.values.get(name)!.elements * elementBytes * (split.wide.has(name) ? batch : 1);
  const copies = copiesOf(split, pipeline, bytesOf);
  const areaBytes = (name: string): number => {
    const several = copies.get(name);
    return several === undefined ? bytesOf(name) : several.count * several.pitch;
  };
  const live = pipelinedRanges(liveRanges(split, spansOf(split.imageParts), lowered), split, pipeline);
  const ranges = live.map((range) => ({ ...range, bytes: areaBytes(range.name) }));
  const start = endOf(labels, batch);
  const areas = allocate(ranges, start);
  return {
    ...split,
    ...{ samples, batch, batches: Math.floor(samples / batch), tail: samples % batch, input, labels },
    constants: { address: 0, bytes: constantBytes, offsets },
    areas: new Map(areas.map((area) => [area.name, area])),
    copies,
    spmBytes: areas.reduce((end, { address, bytes }) => Math.max(end, address + bytes), start),
  };
}

/** Samples that the length and row fields of the batch steps hold. */
function mostSamples({ batchSteps }: SplitSteps): number {
  const perSample = batchSteps.map(({ operation }) => {
    switch (operation.kind) {
      case 'matrix':
        return operation.vectors / limits.maxLength;
      case 'reduce':
        return operation.rows / csrs.ROWS.max;
      case 'broadcast':
      case 'transpose':
        return operation.length / limits.maxLength;
      default:
        return 0;
    }
  });
  return Math.max(1, Math.floor(1 / Math.max(...perSample, 1 / largestBatch)));
}

/** How images run: how they overlap, how many a batch has at most, and how rows of one stream; absent: not at all, and any number. */
export interface ImageChoice {
  readonly cut?: (imageSteps: readonly Step[]) => Pipeline;
  readonly mostImages?: number;
  readonly streams?: StreamChoice;
}

/**
 * The largest batch that fits the scratchpad and the fields of the words; one image at a time where not even that fits, in more bytes
 * than there are.
 */
export function planGraph(
  lowered: LoweredGraph,
  samples: number,
  chip: ChipDescription,
  network: string,
  { cut = unpipelined, mostImages = largestBatch, streams = wholeMaps }: ImageChoice = {},
): GraphSchedule {
  const steps = splitBatches(lowered);
  const split = {
    ...{ ...steps, pipeline: cut(steps.imageSteps) },
    imageParts: planStreams(lowered, steps.imageSteps, streams),
  };
  const elementBytes = formatBytes[chip.vector.format];
  const inputBytes = lowered.values.get(lowered.input)!.elements;
  if (inputBytes > limits.maxLength)
    throw inputError(
      `network ${network}`,
      `an input of ${inputBytes} bytes`,
      `at most ${limits.maxLength}, what one transfer moves`,
    );
  const perTransfer = Math.max(mostRows, Math.floor(limits.maxLength / inputBytes));
  let most = Math.min(largestBatch, mostImages, perTransfer, mostSamples(split));
  for (;;) {
    const plan = layOut(lowered, split, samples, most, elementBytes);
    if (plan.spmBytes <= chip.scratchpad.bytes || plan.batch <= 1) return plan;
    most = Math.min(plan.batch - 1, Math.ceil(plan.batch * 0.75));
  }
}
