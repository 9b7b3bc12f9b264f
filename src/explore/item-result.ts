import { canonicalJson } from '../config/canonical-json.ts';
import { sha256 } from '../config/hash.ts';

/** Why a point has no figures. The first two follow from the item alone; the others may go better another time. */
export type FailureKind = 'input' | 'ended' | 'internal' | 'memory' | 'timeout' | 'crashed';

export interface Failure {
  readonly kind: FailureKind;
  readonly message: string;
}

type Breakdown = Readonly<Record<string, number>>;

/** What one item came to. Holds nothing that depends on when or where it was computed. */
export interface ItemResult {
  readonly schema: 'ohmic.point/1';
  readonly id: string;
  readonly failure?: Failure;
  /** SI units, by metric name. */
  readonly metrics: Breakdown;
  /** Half-widths of 95 % intervals over the chip instances of this item. */
  readonly intervals: Breakdown;
  /** Parts of energy per sample, area and time. */
  readonly breakdown: Readonly<Record<string, Breakdown>>;
  readonly warnings: readonly string[];
}

export const failedResult = (id: string, kind: FailureKind, message: string): ItemResult => ({
  schema: 'ohmic.point/1',
  id,
  failure: { kind, message },
  metrics: {},
  intervals: {},
  breakdown: {},
  warnings: [],
});

/** A new attempt may end otherwise. */
export const isRetryable = ({ failure }: ItemResult): boolean =>
  failure !== undefined && failure.kind !== 'input' && failure.kind !== 'ended';

/** SHA-256 of the canonical JSON of a result. */
export const digestOf = (result: ItemResult): string => sha256(canonicalJson(result));

/** The bytes of a result file: the result with its own digest, one line. */
export const writeResult = (result: ItemResult): string => `${canonicalJson({ ...result, digest: digestOf(result) })}\n`;

/** The result in a file's text; undefined when it is truncated, altered or another item's. */
export function readResult(text: string, id: string): ItemResult | undefined {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (typeof parsed !== 'object' || parsed === null) return undefined;
  const { digest, ...result } = parsed as ItemResult & { digest?: unknown };
  return result.schema === 'ohmic.point/1' && result.id === id && digestOf(result) === digest ? result : undefined;
}
