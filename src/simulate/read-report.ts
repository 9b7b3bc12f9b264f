import { z } from 'zod';
import { inputError } from '../config/issue.ts';

const parts = z.record(z.string(), z.number());
const schema = z.object({
  schema: z.literal('ohmic.report/1'),
  name: z.string(),
  energy: z.object({ total: z.number(), byComponent: parts }),
  area: z.object({ total: z.number(), byComponent: parts }),
  provenance: z.object({ chip: z.string() }),
});

/** What a stored report says of each component. */
export type ReportShares = z.output<typeof schema>;

/** Reads `report.json` of an earlier run. Throws InputError when it is none, or has no energy. */
export function readReport(text: string, file: string): ReportShares {
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch {
    throw inputError(file, 'a text that is not JSON', 'the report.json that ohmic run --out writes');
  }
  const read = schema.safeParse(document);
  if (read.success) return read.data;
  const at = read.error.issues[0]?.path.join('.') ?? '';
  throw inputError(
    file,
    `a document without a usable ${at === '' ? 'report' : at}`,
    'a report with time and energy, as ohmic run --out writes',
  );
}
