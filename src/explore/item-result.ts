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

/** A result ready for its file. Workers seal what they computed, so that nobody has to write it out again. */
export interface SealedResult {
  readonly result: ItemResult;
  /** See `digestOf`. */
  readonly digest: string;
  /** The bytes of its file: the result with its own digest, one line. */
  readonly text: string;
}

/** @throws RangeError for a result that JSON cannot hold. */
export function sealResult(result: ItemResult): SealedResult {
  const digest = digestOf(result);
  return { result, digest, text: `${canonicalJson({ ...result, digest })}\n` };
}

/** The sealed result in a text that `sealResult` made in another thread: taken at its word. */
export function openSealed(text: string): SealedResult {
  const { digest, ...result } = JSON.parse(text) as ItemResult & { digest: string };
  return { result, digest, text };
}

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
