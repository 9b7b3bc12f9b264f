import { z } from 'zod';

const value = z.union([z.number(), z.string(), z.boolean()]);
const stretch = z.strictObject({
  from: z.number(),
  to: z.number(),
  step: z.number().positive().optional(),
  steps: z.int().min(1).max(100_000).optional(),
  whole: z.boolean().default(false),
  unit: z.string().min(1).optional(),
});

const axis = z.strictObject({
  path: z.string().min(1),
  also: z.array(z.string().min(1)).default([]),
  values: z.array(value).min(1).optional(),
  variants: z.record(z.string().min(1), z.record(z.string().min(1), value)).optional(),
  range: stretch.optional(),
  log: stretch.optional(),
  when: z.record(z.string(), z.union([value, z.array(value).min(1)])).default({}),
});

const seed = z.int().min(0).max(0xffffffff).default(1);
const count = z.int().min(1).max(1_000_000);

const sampling = z.discriminatedUnion('method', [
  z.strictObject({ method: z.literal('grid') }),
  z.strictObject({ method: z.literal('random'), points: count, seed }),
  z.strictObject({ method: z.literal('latin-hypercube'), points: count, seed }),
  z.strictObject({ method: z.literal('sobol'), points: count, seed }),
  z.strictObject({
    method: z.literal('nsga2'),
    population: z.int().min(4).max(10_000),
    generations: z.int().min(1).max(10_000),
    seed,
  }),
  z.strictObject({ method: z.literal('external') }),
]);

const stage = z.strictObject({
  fidelity: z.enum(['full', 'values', 'timing']),
  /** Share of the points that go on from the stage before; a number above 1 is a count. */
  keep: z.number().positive().default(1),
  /** Objectives that decide who goes on into this stage; left out: all that the stages before could measure. */
  by: z.array(z.string()).min(1).optional(),
  samples: z.int().min(1).optional(),
  instances: z.int().min(1).max(1000).optional(),
  ages: z.array(z.string()).min(1).max(13).optional(),
});

/** The file of a sweep as it is written. */
export const sweepSchema = z.strictObject({
  name: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]*$/),
  doc: z.string().default(''),
  experiment: z.string().min(1),
  chip: z.string().min(1).optional(),
  device: z.string().min(1).optional(),
  set: z.array(z.string()).default([]),
  experimentSet: z.record(z.string(), z.union([value, z.array(value), z.record(z.string(), value)])).default({}),
  data: z.string().min(1).optional(),
  axes: z.array(axis).min(1).max(32),
  sampling: sampling.prefault({ method: 'grid' }),
  objectives: z.array(z.string().min(1)).min(1).max(8),
  constraints: z.array(z.string().min(1)).default([]),
  stages: z
    .array(stage)
    .min(1)
    .max(8)
    .prefault([{ fidelity: 'full' }]),
  repeats: z.int().min(1).max(1000).default(1),
  limits: z.strictObject({ memoryMb: z.int().min(64).optional(), seconds: z.number().positive().optional() }).prefault({}),
});

export type WrittenSweep = z.output<typeof sweepSchema>;
export type WrittenAxis = WrittenSweep['axes'][number];
