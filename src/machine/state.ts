import type { PulsedCell } from '../device/pulsed/pulsed-cell.ts';
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
  /** IR drop: |W| and W weighted by distance, packed; 0 until asked for. */
  magnitudes: number;
  distant: number;
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
  /** What the panels were filled for. */
  irDrop: GroupCsrs['irDrop'];
  readonly blocks: readonly InputBlock[];
  /** Part of every effective weight that the offset mapping subtracts digitally, times the sum of the inputs. */
  readonly commonMode: number;
  version: number;
  /** Version of the pulsed weights in the panels; -1 where these hold aged conductances. */
  pulsedVersion: number;
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

/** What the transfer rules of a fast group remember beside their buffer. */
export interface TransferState {
  /** Chopper signs of the line drivers, +1 or -1. */
  readonly rowSigns: Float32Array;
  readonly columnSigns: Float32Array;
  /** tt4: rows whose sign changed at their last transfer. */
  readonly switched: Uint8Array;
  sweeps: number;
}

/** Half-voltage pulses that cells have not answered yet. */
export interface HalfSelects {
  /** By line. */
  readonly rows: Float64Array;
  readonly columns: Float64Array;
  /** Pulses each cell had when it answered last: coincidences since then were no half selects. */
  readonly pulses: Float32Array;
  /** Most that one cell can have met. */
  most: number;
}

/**
 * A group under pulses: the state of the first device of every weight, relative to its reference, in full-scale weights. It is the
 * truth from the first pulse on; conductances follow from it.
 */
export interface PulsedState {
  readonly cell: PulsedCell;
  /** f32[rows x columns] in kernel memory; `persistent` is 0 where writing is free of noise. */
  readonly weights: number;
  readonly persistent: number;
  readonly references: number;
  readonly records: number;
  readonly rowS: number;
  readonly columnS: number;
  readonly settings: number;
  readonly transfer: TransferState;
  /** Running means of the largest |x| and |d| (AUTO_SCALE); 0 before the first vector. */
  readonly scale: { rows: number; columns: number };
  readonly half: HalfSelects;
  /** References stand at the symmetry points. */
  shifted: boolean;
  /** Siemens by line of reference cells; undefined until needed, and after they were written. */
  idleRows: Float64Array | undefined;
  idleColumns: Float64Array | undefined;
  /** Conductances of cells older than the weights? */
  writtenStale: boolean;
  /** Version of the group at which each row of weights changed last, and at which the line sums were taken. */
  readonly rowVersions: Float64Array;
  readonly sumVersions: { rows: number; columns: number };
}

/** What drift compensation by scale knows of a group. */
export interface DriftScale {
  /** Mean |weight| of each column, or of all in every place, when it was read first after programming. */
  readonly base: Float32Array;
  /** Factors on the outputs, one per logical column. */
  factors: Float32Array;
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
  /** Present once the group can be pulsed. */
  pulsed: PulsedState | undefined;
  forward: ArrayView | undefined;
  transposed: ArrayView | undefined;
  /** By view, input block and slice. */
  readonly trims: Map<string, Trim>;
  /** Mean shift of the weights that CAL.drift found, in full-scale weights; subtracted times the sum of the inputs. */
  meanShift: number;
  /** Factors on the outputs that CAL.drift-global or -columns found; undefined before the first and after PRG. */
  drift: DriftScale | undefined;
  /** The group whose programming took these cells; undefined while they hold what was written here. */
  overwrittenBy: number | undefined;
  /** ADC range that CAL.range found, and the CSR value it replaces. */
  range: { readonly instead: number; readonly value: number } | undefined;
}
