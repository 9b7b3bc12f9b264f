import type { Window } from '../sequence/issued-operation.ts';
import type { MvmPlan } from './mvm-plan.ts';

export type InputSource =
  | { readonly kind: 'dense'; readonly address: number }
  | { readonly kind: 'window'; readonly window: Window; readonly elementBytes: number }
  /** One-hot or zero inputs: a command, no data. */
  | { readonly kind: 'none' };

/** What the operands of a read-type instruction ask for. */
export interface MvmTask {
  readonly plan: MvmPlan;
  readonly replicas: number;
  readonly lanesPerReplica: number;
  readonly vectors: number;
  /** Reads of one vector that are averaged. */
  readonly reads: number;
  readonly source: InputSource;
  readonly outputAddress: number | undefined;
  readonly outputBytes: number;
  /** Results are reduced in the hub and written once, with the last vector. */
  readonly writesOnce: boolean;
  readonly accumulates: boolean;
}

/** Bytes of one whole input vector. */
export function vectorBytes(plan: MvmPlan): number {
  const last = plan.lanes[plan.lanesPerReplica - 1]!;
  return last.inputOffset + last.inputBytes;
}
