/**
 * What agreement with a published number shows. bookkeeping: our arithmetic repeats a published sum; calibrated: a parameter
 * was fitted to the target; in-sample: the model was made from the same data; out-of-sample: neither; peer-confirmed: another
 * tool gives the number on the same work.
 */
export type ValidationClass = 'bookkeeping' | 'calibrated' | 'in-sample' | 'out-of-sample' | 'peer-confirmed' | 'context';

/**
 * What a deviation is measured in, and which of its ends are judged: 'at most' judges an absolute one from above, 'at least' a
 * relative one from below.
 */
export type ToleranceKind = 'relative' | 'absolute' | 'at most' | 'at least';

export const isRelative = (kind: ToleranceKind): boolean => kind === 'relative' || kind === 'at least';

export interface ValidationRow {
  readonly id: string;
  readonly name: string;
  readonly published: number;
  readonly value: number;
  readonly unit: string;
  /** (value - published) / published, or value - published where the tolerance is absolute. */
  readonly deviation: number;
  readonly tolerance: number;
  /** Room below the published figure where it differs from the room above. */
  readonly toleranceBelow?: number;
  readonly toleranceKind: ToleranceKind;
  readonly class: ValidationClass;
  readonly source: string;
  readonly ok: boolean;
  /** Draws behind a statistical row, and the standard error of the value in the unit of the deviation. */
  readonly samples?: number;
  readonly standardError?: number;
  /** Not judged: context such as the preset as it ships. */
  readonly informative?: boolean;
  /** Wall time of the experiment that gave it; rows of one experiment share it, and say the same. */
  readonly runtimeSeconds?: number;
  /** Measured by an earlier `--full` run and shown, not judged. */
  readonly stored?: { readonly date: string; readonly stale: boolean };
}

export interface Measured {
  readonly id: string;
  readonly name: string;
  readonly published: number;
  readonly value: number;
  readonly unit: string;
  readonly tolerance: number;
  readonly toleranceBelow?: number;
  readonly toleranceKind?: ToleranceKind;
  readonly class: ValidationClass;
  readonly source: string;
  readonly samples?: number;
  /** Standard error of `value`, in its unit. */
  readonly standardError?: number;
  readonly informative?: boolean;
}

/** A statistical row passes only with a standard error of at most a third of its tolerance. */
const errorShare = 1 / 3;

/** Judges a measured value against the published one. */
export function judge(measured: Measured): ValidationRow {
  const { published, value, tolerance, toleranceBelow = tolerance, standardError, toleranceKind = 'relative' } = measured;
  const scale = isRelative(toleranceKind) ? Math.abs(published) : 1;
  const deviation = (value - published) / scale;
  const error = standardError === undefined ? undefined : standardError / scale;
  const low = toleranceKind !== 'at most' && deviation < -toleranceBelow;
  const high = toleranceKind !== 'at least' && deviation > tolerance;
  const certain = error === undefined || error <= Math.min(tolerance, toleranceBelow) * errorShare;
  return {
    ...measured,
    toleranceKind,
    deviation,
    ok: measured.informative === true || (Number.isFinite(value) && !low && !high && certain),
    ...(error === undefined ? {} : { standardError: error }),
  };
}
