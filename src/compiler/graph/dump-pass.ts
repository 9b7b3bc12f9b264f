import type { GraphMapping } from './compile-graph.ts';
import type { Stream } from './plan-streams.ts';
import type { Step } from './steps.ts';

/** Passes in order; each leaves a form of its own. */
export const passNames = ['fold', 'lower', 'slice', 'replicate', 'place', 'rounds', 'schedule', 'allocate'] as const;
export type PassName = (typeof passNames)[number];

const stageOf = ({ pipeline }: GraphMapping['schedule'], step: Step): string =>
  pipeline.stages > 1 ? `stage ${pipeline.stageOf.get(step)} ` : '';

const streamForm = ({ turns, steps }: Stream) => ({
  turns,
  steps: steps.map(({ step, rows, tail, chunks, period, delay }) => ({
    ...{ step: `${step.layer}: ${step.operation.kind}`, rows, tail, turns: chunks, every: period, from: delay },
  })),
});

const forms: Readonly<Record<PassName, (mapping: GraphMapping) => unknown>> = {
  fold: ({ folded }) => folded.nodes,
  lower: ({ lowered }) => ({ steps: lowered.steps, values: [...lowered.values.values()] }),
  slice: ({ sliced }) => sliced,
  replicate: ({ matrices }) =>
    matrices.map(({ stage, tiles, replicas = 1 }) => ({ name: stage.name, vectors: stage.vectors, tiles, replicas })),
  place: ({ matrices }) => matrices,
  rounds: ({ rounds }) => ({
    resident: [...rounds.resident].map(({ name }) => name),
    rounds: rounds.rounds.map(({ matrices, steps }) => ({ writes: matrices.map(({ name }) => name), steps: steps.length })),
  }),
  schedule: ({ schedule }) => ({
    ...{ batch: schedule.batch, batches: schedule.batches, tail: schedule.tail, input: schedule.input, labels: schedule.labels },
    stages: schedule.pipeline.stages,
    streams: schedule.imageParts.flatMap((part) => (part.kind === 'stream' ? [streamForm(part)] : [])),
    imageSteps: schedule.imageSteps.map((step) => `${stageOf(schedule, step)}${step.layer}: ${step.operation.kind}`),
    batchSteps: schedule.batchSteps.map(({ layer, operation }) => `${layer}: ${operation.kind}`),
    wide: [...schedule.wide],
  }),
  allocate: ({ schedule, lowered }) => ({
    ...{ bytes: schedule.spmBytes, constants: schedule.constants, areas: [...schedule.areas.values()] },
    copies: Object.fromEntries(schedule.copies),
    dram: Object.fromEntries(lowered.homes ?? []),
  }),
};

/** Arrays of numbers are told by their length: forms are to be read. */
const brief = (_: string, value: unknown): unknown =>
  ArrayBuffer.isView(value) ? `${value.constructor.name}[${(value as Float32Array).length}]` : value;

/** The form a pass left, as JSON. */
export const dumpPass = (mapping: GraphMapping, pass: PassName): string => `${JSON.stringify(forms[pass](mapping), brief, 2)}\n`;
