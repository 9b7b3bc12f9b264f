import { z } from 'zod';
import { parseWithSchema } from '../config/check-schema.ts';
import { parseYaml } from '../config/parse-yaml.ts';
import type { LaboratoryExperiment } from './laboratory-experiment.ts';
import { laboratoryExperiments } from './laboratory-experiments.ts';

const names = laboratoryExperiments.map(({ name }) => name) as [string, ...string[]];

/** An experiment file whose `kind` is laboratory: which experiment of a paper, and with what. */
const schema = z.strictObject({
  kind: z.literal('laboratory'),
  name: z.string().min(1),
  doc: z.string().optional(),
  experiment: z.enum(names),
  network: z.string().min(1).default('mlp-784-14-10'),
  epochs: z.int().min(1).max(10000).optional(),
  instances: z.int().min(2).max(1000).optional(),
  seed: z.int().min(0).max(0xffffffff).default(1),
});

export interface LaboratoryFile extends z.output<typeof schema> {
  readonly run: LaboratoryExperiment['run'];
}

/** The laboratory experiment a file describes; undefined for a file of another kind. Throws InputError for mistakes in one. */
export function parseLaboratory(text: string, file: string): LaboratoryFile | undefined {
  const { value } = parseYaml(text, file);
  if ((value as { readonly kind?: unknown } | null)?.kind !== 'laboratory') return undefined;
  const parsed = parseWithSchema(schema, text, file);
  return { ...parsed, run: laboratoryExperiments.find(({ name }) => name === parsed.experiment)!.run };
}
