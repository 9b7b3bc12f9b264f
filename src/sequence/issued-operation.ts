import type { Mnemonic } from '../../isa/instructions.ts';
import type { Format } from '../../isa/limits.ts';
import type { MappingScheme } from '../chip/description.ts';

/** Half-open byte range in one address space. */
export interface Interval {
  readonly space: 'spm' | 'dram';
  readonly from: number;
  readonly to: number;
}

/** A window descriptor with its map address resolved. All counts in elements; the map is channels-last. */
export interface Window {
  readonly address: number;
  readonly height: number;
  readonly width: number;
  readonly channels: number;
  readonly kernelHeight: number;
  readonly kernelWidth: number;
  readonly strideY: number;
  readonly strideX: number;
  readonly padTop: number;
  readonly padLeft: number;
  readonly padBottom: number;
  readonly padRight: number;
  readonly dilation: number;
  readonly outputHeight: number;
  readonly outputWidth: number;
}

/** An operand after loops, AGUs, registers and windows are resolved. */
export type ResolvedOperand =
  | { readonly kind: 'none' }
  | { readonly kind: 'spm'; readonly address: number }
  | { readonly kind: 'dram'; readonly address: number }
  | { readonly kind: 'value'; readonly value: number }
  | { readonly kind: 'register'; readonly id: number }
  | { readonly kind: 'window'; readonly window: Window };

/** Group configuration at issue: one immutable object until a SETC changes it, so identity comparison is valid. */
export interface GroupCsrs {
  readonly inFormat: Format;
  readonly outFormat: Format;
  readonly inUnit: number;
  /** 0 = ideal. */
  readonly inBits: number;
  readonly dacMode: 'pulse-width' | 'bit-serial' | 'amplitude';
  /** 0 = ideal. */
  readonly adcBits: number;
  readonly adcRange: number;
  readonly noiseManagement: 'none' | 'abs-max' | 'constant';
  readonly inScale: number;
  readonly boundManagement: number;
  readonly mapping: Mapping;
  readonly slices: number;
  readonly sliceBits: number;
  readonly noiseOn: boolean;
  readonly driftOn: boolean;
  readonly irDrop: 'off' | 'conductance' | 'weight';
  readonly weightMax: number;
  readonly programTolerance: number;
  readonly programLimit: number;
  readonly updateLength: number;
  readonly updateScheme: 'gate' | 'half-v';
  readonly updateManagement: boolean;
  readonly lengthManagement: boolean;
  /** 0 = as the signs need. */
  readonly updatePhases: number;
  /** 0 = no limit. */
  readonly lineLimit: number;
  readonly writeDrop: boolean;
  readonly disturb: boolean;
  /** Vectors that `autoMomentum` speaks of; 0 = no scaling. */
  readonly autoScale: number;
  readonly autoMomentum: number;
  readonly accumulateRate: number;
  readonly transferRate: number;
  readonly transferThreshold: number;
  readonly transferLength: number;
  readonly transferReads: number;
  readonly transferMomentum: number;
  readonly transferForget: boolean;
  readonly chopProbability: number;
  readonly chopOutProbability: number;
  readonly tailWeight: number;
  /** The last row is driven with 1 by the tile: operands do not hold it. */
  readonly constantRow: boolean;
}

export type Mapping = MappingScheme;

/** A tile group as GRP defined it. */
export interface GroupShape {
  readonly id: number;
  readonly firstTile: number;
  readonly rowBlocks: number;
  readonly columnBlocks: number;
  readonly replicas: number;
  /** Logical rows (inputs) and columns (outputs) of the matrix. */
  readonly rows: number;
  readonly columns: number;
  /** Position inside the tile, for small matrices that share one. */
  readonly rowOffset: number;
  readonly columnOffset: number;
  readonly csrs: GroupCsrs;
}

/** One instruction, resolved: all that the value machine and the timing machine may know of it. */
export interface IssuedOperation {
  /** Position in program order; key of random streams. */
  readonly sequence: number;
  /** Word index in the program. */
  readonly word: number;
  readonly mnemonic: Mnemonic;
  /** `sub` field: functor code, row count … */
  readonly fn: number;
  readonly flags: number;
  readonly unit: number;
  readonly length: number;
  readonly d: ResolvedOperand;
  readonly a: ResolvedOperand;
  readonly b: ResolvedOperand;
  readonly group: GroupShape | undefined;
  /** XFR: the group that receives. */
  readonly target?: GroupShape;
  /** Global CSRs. */
  readonly format: Format;
  readonly rows: number;
  /** 1 when left out. */
  readonly columns?: number;
  /** Bytes read and written, dense boxes; the hazard scoreboard and traffic accounting use nothing else. */
  readonly reads: readonly Interval[];
  readonly writes: readonly Interval[];
  /** Innermost open layer and phase region: indices into `Program.regions`, -1 outside any. */
  readonly layer: number;
  readonly phase: number;
}
