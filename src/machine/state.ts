import type { GroupCsrs, GroupShape } from '../sequence/issued-operation.ts';
import type { GroupLayout, Span } from './group-layout.ts';
import type { WeightMap } from './map-weights.ts';

/** Standard normal draws that fix the offset and the gain of each output line's converter on this chip: f32[outputs] each. */
export interface ConverterDraws {
  readonly offset: number;
  readonly gain: number;
}

export type Direction = 'forward' | 'transposed';

/** One weight slice of one input block, packed for GEMM against all outputs. */
export interface SlicePanel {
  readonly slice: number;
  /** Worth of the slice's output in the weight. */
  readonly factor: number;
  readonly packed: number;
  /** IR drop: |W| and W weighted by distance, packed; 0 unless asked for. */
  readonly magnitudes: number;
  readonly distant: number;
  readonly draws: ConverterDraws;
}

/** Input lines that share tiles; their partial sums are converted apart and added digitally. */
export interface InputBlock extends Span {
  readonly index: number;
  readonly panels: readonly SlicePanel[];
  /** Siemens each input line drives, access resistance included: f32[length]. */
  readonly lineS: number;
  /** Packed column of ones: sums a vector's inputs by the same GEMM. */
  readonly ones: number;
}

/** A group's cells as one direction of reading sees them. */
export interface ArrayView {
  readonly direction: Direction;
  readonly inputs: number;
  readonly outputs: number;
  readonly irDrop: GroupCsrs['irDrop'];
  readonly blocks: readonly InputBlock[];
  /** Part of every effective weight that the offset mapping subtracts digitally, times the sum of the inputs. */
  readonly commonMode: number;
  version: number;
}

/** Cells that hold one device of every weight of a slice, or the reference columns: row-major f32 siemens in kernel memory. */
export interface CellArray {
  readonly slice: number;
  /** Position among the devices of the weight. */
  readonly device: number;
  readonly rows: number;
  readonly columns: number;
  readonly writtenS: number;
  readonly nowS: number;
}

/** Corrections of one line's converters found by CAL. */
export interface Trim {
  readonly offset: Float32Array;
  readonly gain: Float32Array;
}

/** A programmed group: what its tiles hold. Replicas hold the same values and exist for time and energy only. */
export interface GroupState {
  readonly shape: GroupShape;
  readonly layout: GroupLayout;
  readonly map: WeightMap;
  readonly cells: readonly CellArray[];
  /** One column per column block, with mapping reference-column. */
  readonly reference: CellArray | undefined;
  /** Target weights, normalised to [-1, 1]: row-major f32 in kernel memory. */
  readonly targets: number;
  event: number;
  programmedAt: number;
  /** Age `nowS` stands for; undefined when it must be computed again. */
  seconds: number | undefined;
  /** Counts changes of `nowS`; views built on an older version are stale. */
  version: number;
  forward: ArrayView | undefined;
  transposed: ArrayView | undefined;
  /** By view, input block and slice. */
  readonly trims: Map<string, Trim>;
  /** Mean shift of the weights that CAL.drift found, in full-scale weights; subtracted times the sum of the inputs. */
  meanShift: number;
  /** ADC range that CAL.range found, and the CSR value it replaces. */
  range: { readonly instead: number; readonly value: number } | undefined;
}
