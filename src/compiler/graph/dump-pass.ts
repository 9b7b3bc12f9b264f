import type { GraphMapping } from './compile-graph.ts';

/** Passes in order; each leaves a form of its own. */
export const passNames = ['fold', 'lower', 'slice', 'replicate', 'place', 'schedule', 'allocate'] as const;
export type PassName = (typeof passNames)[number];

const forms: Readonly<Record<PassName, (mapping: GraphMapping) => unknown>> = {
  fold: ({ folded }) => folded.nodes,
  lower: ({ lowered }) => ({ steps: lowered.steps, values: [...lowered.values.values()] }),
  slice: ({ sliced }) => sliced,
  replicate: ({ matrices }) =>
    matrices.map(({ stage, tiles, replicas = 1 }) => ({ name: stage.name, vectors: stage.vectors, tiles, replicas })),
  place: ({ matrices }) => matrices,
  schedule: ({ schedule }) => ({
    ...{ batch: schedule.batch, batches: schedule.batches, tail: schedule.tail, input: schedule.input, labels: schedule.labels },
    imageSteps: schedule.imageSteps.map(({ layer, operation }) => `${layer}: ${operation.kind}`),
    batchSteps: schedule.batchSteps.map(({ layer, operation }) => `${layer}: ${operation.kind}`),
    wide: [...schedule.wide],
  }),
  allocate: ({ schedule }) => ({ bytes: schedule.spmBytes, constants: schedule.constants, areas: [...schedule.areas.values()] }),
};

/** Arrays of numbers are told by their length: forms are to be read. */
const brief = (_: string, value: unknown): unknown =>
  ArrayBuffer.isView(value) ? `${value.constructor.name}[${(value as Float32Array).length}]` : value;

/** The form a pass left, as JSON. */
export const dumpPass = (mapping: GraphMapping, pass: PassName): string => `${JSON.stringify(forms[pass](mapping), brief, 2)}\n`;
