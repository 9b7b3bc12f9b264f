import type { BinaryFunction, UnaryFunction } from '../../network/graph/graph.ts';
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
  | { readonly kind: 'zero'; readonly elements: number }
  /** Codes of the data set to numbers. */
  | { readonly kind: 'convert'; readonly elements: number };

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
  /** Worth of one code where a matrix reads codes. */
  readonly classes: number;
}
