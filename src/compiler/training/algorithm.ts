/** Gradient descent on the cells themselves: one parallel pulsed update per vector. */
export interface PlainDescent {
  readonly kind: 'sgd';
}

/** Slow weights written from a fast tile that gathers gradients (the Tiki-Taka family). */
export interface TransferDescent {
  readonly kind: 'tiki-taka' | 'ttv2' | 'cttv2' | 'agad';
  /** Learning rate of the fast tile, whatever the schedule says (aihwkit fast_lr); with `autoScale` a share of the longest train. */
  readonly fastRate: number;
  readonly autoScale: boolean;
  /** Learning rate of the slow tile as a factor of the learning rate. */
  readonly transferRate: number;
  /** Rows read from the fast tile per training sample; below 1 a row takes several samples. */
  readonly rowsPerSample: number;
  /** Buffer worth one pulse, in steps of the fast tile's cells. */
  readonly granularity: number;
  /** When > 0 the buffer worth one pulse also scales with this over the samples of a sweep. */
  readonly autoGranularity: number;
  readonly momentum: number;
  readonly forget: boolean;
  readonly transferLength: number;
  readonly transferReads: number;
  readonly chopProbability: number;
  readonly chopOutProbability: number;
  readonly tailWeight: number;
}

/** Gradients gathered digitally, cells pulsed only where they amount to a step. */
export interface MixedDescent {
  readonly kind: 'mixed';
  /** Steps of the cell that the accumulated gradient must reach. */
  readonly threshold: number;
  readonly programming: 'blind' | 'verify';
  /** Batches between two write-outs. */
  readonly everyBatches: number;
}

export type Algorithm = PlainDescent | TransferDescent | MixedDescent;
export type AlgorithmKind = Algorithm['kind'];

/** How an outer product becomes pulses: functions of OPU. */
export const updateRules = ['stochastic', 'deterministic', 'sign', 'amplitude'] as const;

/** How a network is trained on the chip. */
export interface TrainingPlan {
  readonly algorithm: Algorithm;
  readonly epochs: number;
  readonly batch: number;
  readonly learningRate: number;
  /** The rate is multiplied by `factor` every `every` epochs. */
  readonly schedule: { readonly every: number; readonly factor: number } | undefined;
  /** Weight at full-scale conductance. */
  readonly weightMax: number;
  /** Biases in the scratchpad and on the vector units, or on a word line of their own driven with 1. */
  readonly bias: 'digital' | 'analog';
  /** Longest pulse train and how trains are made; see the CSRs of the same names. */
  readonly update: {
    readonly length: number;
    readonly rule: (typeof updateRules)[number];
    readonly updateManagement: boolean;
    readonly lengthManagement: boolean;
    readonly scheme: 'gate' | 'half-v';
    readonly lineLimit: number;
    readonly writeDrop: boolean;
  };
  /** Pulse pairs that bring the fast cells to their symmetry point before training; 0 = programmed to zero instead. */
  readonly symmetryPulses: number;
  /**
   * Where reference cells stand: in the middle of the window, or at the symmetry points of their partners, as the cells have them or as
   * pulses and reads find them.
   */
  readonly references: 'middle' | 'symmetry' | 'measured';
}

export const isTransfer = (algorithm: Algorithm): algorithm is TransferDescent =>
  algorithm.kind !== 'sgd' && algorithm.kind !== 'mixed';

/** Functor of XFR and matrices of its digital buffer. */
export const transferRules = {
  'tiki-taka': { functor: 'tt1', matrices: 0 },
  ttv2: { functor: 'tt2', matrices: 1 },
  cttv2: { functor: 'tt3', matrices: 1 },
  agad: { functor: 'tt4', matrices: 3 },
} as const;
