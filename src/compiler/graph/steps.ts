import type { BinaryFunction, Lstm, UnaryFunction } from '../../network/graph/graph.ts';
import type { MatrixStage, StageWindow } from '../lower.ts';

/** A constant in the scratchpad, by number. */
export interface ConstantOperand {
  readonly kind: 'constant';
  readonly id: number;
}
export type RightOperand =
  | { readonly kind: 'value'; readonly name: string }
  | { readonly kind: 'number'; readonly value: number }
  | ConstantOperand;

export type ActFunction = Exclude<UnaryFunction, 'abs' | 'neg'>;
export type VecFunction = BinaryFunction | 'abs' | 'neg';

/** One machine operation on named values; sizes are those of one sample. */
export type StepOperation =
  /** Rows of the input (or of the windows on it) times the matrix; on top of the bias, or of what is there. */
  | {
      readonly kind: 'matrix';
      readonly matrix: MatrixStage;
      readonly vectors: number;
      readonly window: StageWindow | undefined;
      readonly bias: number | undefined;
      readonly relu: boolean;
      /** A step before it has put the bias where it writes. */
      readonly biasAhead?: boolean;
    }
  | { readonly kind: 'pool'; readonly function: 'max' | 'average'; readonly window: StageWindow; readonly pixels: number }
  | { readonly kind: 'act'; readonly function: ActFunction; readonly slope: number; readonly elements: number }
  /** With a constant operand of `length` elements: one row, used for each of rows. */
  | {
      readonly kind: 'vec';
      readonly function: VecFunction;
      readonly right: RightOperand | undefined;
      readonly rows: number;
      readonly length: number;
    }
  | { readonly kind: 'reduce'; readonly function: 'sum' | 'mean' | 'max'; readonly rows: number; readonly length: number }
  /** Rows of `length`: taken `pitch` apart (strided), put `pitch` apart (spread); offsets in elements. */
  | {
      readonly kind: 'strided' | 'spread';
      readonly rows: number;
      readonly length: number;
      readonly pitch: number;
      readonly from: number;
      readonly to: number;
    }
  /** `count` copies of `length` elements, or of a constant row. */
  | { readonly kind: 'broadcast'; readonly length: number; readonly count: number; readonly constant: number | undefined }
  /** rows x length, `times` of them one after the other. */
  | { readonly kind: 'transpose'; readonly rows: number; readonly length: number; readonly times: number }
  /** `times` products of rows x inner with inner x columns, or with columns x inner `transposed`. */
  | {
      readonly kind: 'product';
      readonly times: number;
      readonly rows: number;
      readonly inner: number;
      readonly columns: number;
      readonly transposed: boolean;
    }
  /** Nearest whole numbers of x / scale, within 16 bits; the second value read has room for the codes. */
  | { readonly kind: 'round'; readonly scale: number; readonly elements: number }
  /**
   * A recurrence over `steps` rows in a loop. It reads the sequence and has room in: steps + 1 rows of joined input and state, gates,
   * cell, squashed cell.
   * Constants by number.
   */
  | {
      readonly kind: 'lstm';
      readonly matrix: MatrixStage;
      readonly lstm: Lstm;
      readonly steps: number;
      readonly bias: number;
      readonly hidden: number | undefined;
      readonly cell: number | undefined;
    }
  | { readonly kind: 'zero'; readonly elements: number }
  /** Codes of the data set to numbers. */
  | { readonly kind: 'convert'; readonly elements: number }
  /** A value to its home in DRAM, or a copy of it from there. */
  | { readonly kind: 'store' | 'load'; readonly value: string; readonly elements: number }
  /** What it writes to another chip of the network, or from one. */
  | { readonly kind: 'send'; readonly to: number; readonly tag: number; readonly elements: number }
  | { readonly kind: 'receive'; readonly from: number; readonly tag: number; readonly elements: number };

/** How a step grows with the number of samples in one instruction: more rows, longer rows, or not at all. */
export type Growth = 'rows' | 'length' | 'none';

export interface Step {
  /** Node it belongs to: the layer that time and energy are charged to. */
  readonly layer: string;
  readonly reads: readonly string[];
  readonly writes: string;
  /** It fills only a part of what it writes, or adds to it: the value lives before it already. */
  readonly partial: boolean;
  readonly growth: Growth;
  readonly operation: StepOperation;
  /** Turn of the network on the tiles in which it runs; 0 when absent. */
  readonly round?: number;
}

/** A value of the lowered graph. */
export interface Value {
  readonly name: string;
  readonly elements: number;
  /** It is the data set's codes (u8) rather than numbers in the working format. */
  readonly codes: boolean;
}

/** The lowered graph: steps in order, the values they pass on, constants. */
export interface LoweredGraph {
  readonly steps: readonly Step[];
  readonly values: ReadonlyMap<string, Value>;
  readonly constants: readonly Float32Array[];
  readonly input: string;
  readonly output: string;
  /** Values with a home in DRAM; perImage: one place for each image of a batch. */
  readonly homes?: ReadonlyMap<string, { readonly elements: number; readonly perImage: boolean }>;
  /** Values of image steps that stay in the scratchpad for all images of a batch. */
  readonly held?: ReadonlySet<string>;
  /** Worth of one code where a matrix reads codes. */
  readonly classes: number;
}

/** The matrix on tiles that a step multiplies with. */
export const matrixOf = (operation: StepOperation): MatrixStage | undefined =>
  operation.kind === 'matrix' || operation.kind === 'lstm' ? operation.matrix : undefined;
