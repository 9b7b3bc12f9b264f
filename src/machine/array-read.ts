import type { GroupCsrs } from '../sequence/issued-operation.ts';
import type { ArrayView, GroupState } from './state.ts';

/** One reading of an array: who is read, how, and the key of its noise. */
export interface ArrayRead {
  readonly state: GroupState;
  readonly view: ArrayView;
  readonly csrs: GroupCsrs;
  readonly management: GroupCsrs['noiseManagement'];
  /** Most bound-management passes. */
  readonly retries: number;
  /** Program-order position of the operation. */
  readonly sequence: number;
  /** Vectors that drive one line each, `reads` after each other the same: read from these weights in place of the view's panels. */
  readonly single?: SingleLines;
}

export interface SingleLines {
  readonly lines: readonly number[];
  readonly reads: number;
  /** f32[lines x outputs] in kernel memory. */
  readonly weights: number;
}

/** What a reading cost and met. */
export interface ReadTally {
  /** Joule heat of the cells, all passes. */
  joules: number;
  /** Sum of |input| in full scales over vectors and lines, first pass. */
  inputSum: number;
  saturations: number;
  /** Extra passes of each vector. */
  readonly retries: Uint8Array;
}

export const createTally = (vectors: number): ReadTally => ({
  joules: 0,
  inputSum: 0,
  saturations: 0,
  retries: new Uint8Array(vectors),
});
