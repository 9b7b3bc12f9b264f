import { z } from 'zod';
import { parseWithSchema } from '../config/check-schema.ts';
import { parseYaml } from '../config/parse-yaml.ts';

/** An experiment file whose `kind` is parts: experiments that run one after the other. */
const schema = z.strictObject({
  kind: z.literal('parts'),
  name: z.string().min(1),
  doc: z.string().optional(),
  /** Names or files of experiments. */
  parts: z.array(z.string().min(1)).min(1).max(16),
});

export type ExperimentParts = z.output<typeof schema>;

/** The parts a file lists; undefined for a file of another kind. Throws InputError for mistakes in one. */
export function parseParts(text: string, file: string): ExperimentParts | undefined {
  const { value } = parseYaml(text, file);
  if ((value as { readonly kind?: unknown } | null)?.kind !== 'parts') return undefined;
  return parseWithSchema(schema, text, file);
}
