import { z } from 'zod';
import { type Algorithm, type TrainingPlan, type TransferDescent, updateRules } from '../compiler/training/algorithm.ts';

const rate = z.number().positive().max(1e6);
const share = z.number().min(0).max(1);

/** Algorithms that train on the chip. */
export const trainingKinds = ['sgd', 'tiki-taka', 'ttv2', 'cttv2', 'agad', 'mixed'] as const;
export type TrainingKind = (typeof trainingKinds)[number];

/** What every algorithm may say. Learning rate and batch of Gokmen and Vlasov 2016 where nothing else is given. */
const common = {
  epochs: z.int().min(1).max(10000).default(1),
  batch: z.int().min(1).max(65536).default(10),
  learningRate: rate.default(0.05),
  schedule: z.strictObject({ every: z.int().min(1).max(10000), factor: z.number().positive().max(1) }).optional(),
  /** Weight at full-scale conductance: trained weights are clipped there. */
  weightMax: z.number().positive().max(1000).default(1),
  /** `analog`: every bias is a row of cells on a word line driven with 1, learnt by the same update; `digital` when absent. */
  bias: z.enum(['digital', 'analog']).optional(),
  /** Training samples used, from the first; all when absent. */
  samples: z.int().min(1).optional(),
  /** `pytorch`: uniform in +-1/sqrt(inputs), biases too; `scaled`: He or Glorot by activation. */
  initialisation: z.enum(['scaled', 'pytorch']).default('scaled'),
  /** Chips or device instances that the trained weights are programmed onto; 0 leaves it out. */
  deployTo: z.int().min(0).max(1000).default(10),
  /** Test samples of that comparison. */
  deploySamples: z.int().min(1).default(1000),
  update: z
    .strictObject({
      length: z.int().min(1).max(127).optional(),
      /** Function of OPU; `stochastic` when absent. */
      rule: z.enum(updateRules).optional(),
      updateManagement: z.boolean().default(true),
      lengthManagement: z.boolean().default(true),
      scheme: z.enum(['gate', 'half-v']).default('gate'),
      lineLimit: z.int().min(0).max(65535).default(0),
      writeDrop: z.boolean().default(false),
    })
    .prefault({}),
  /** Pulse pairs that bring fast tiles to their symmetry point first; 0 = program them to zero. */
  symmetryPulses: z.int().min(0).max(100000).default(0),
  /**
   * `symmetry`: every reference cell is programmed to the symmetry point of its partner first (aihwkit subtract_symmetry_point);
   * `measured`: to where `symmetryPulses` pulse pairs (500 when 0) bring its partner, as the converters read it.
   */
  references: z.enum(['middle', 'symmetry', 'measured']).default('middle'),
};

/** Hyper-parameters of the transfer rules; the defaults below differ by rule. */
const transfer = {
  ...common,
  fastRate: rate.optional(),
  autoScale: z.boolean().optional(),
  transferRate: rate.default(1),
  rowsPerSample: z.number().positive().max(65536).default(1),
  granularity: z.number().positive().max(1e6).default(1),
  autoGranularity: z.number().min(0).max(1e9).default(0),
  momentum: share.default(0),
  forget: z.boolean().optional(),
  transferLength: z.int().min(1).max(127).optional(),
  transferReads: z.int().min(1).max(1024).default(1),
  chopProbability: share.optional(),
  chopOutProbability: share.default(0),
  tailWeight: z.number().positive().max(1e6).default(5),
};

/** The `algorithm:` block of an experiment. */
export const algorithmSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('sgd'), ...common }),
  z.strictObject({ kind: z.literal('tiki-taka'), ...transfer }),
  z.strictObject({ kind: z.literal('ttv2'), ...transfer }),
  z.strictObject({ kind: z.literal('cttv2'), ...transfer }),
  z.strictObject({ kind: z.literal('agad'), ...transfer, chopProbability: z.number().positive().max(1).optional() }),
  z.strictObject({
    kind: z.literal('mixed'),
    ...common,
    threshold: z.number().positive().max(1e6).default(1),
    programming: z.enum(['blind', 'verify']).default('blind'),
    everyBatches: z.int().min(1).max(100000).default(1),
  }),
]);

export type AlgorithmSettings = z.output<typeof algorithmSchema>;
type TransferSettings = Exclude<AlgorithmSettings, { kind: 'sgd' | 'mixed' }>;

/**
 * Where the rules differ when nothing is said: aihwkit's build_config for the Tiki-Taka family (fast rate 1 without, 0.1 with auto
 * scale, trains of 5), its compounds else; chopper probability 0.1 as ChoppedTransferCompound.
 */
const ruleDefaults: Readonly<
  Record<TransferSettings['kind'], Pick<TransferDescent, 'fastRate' | 'autoScale' | 'chopProbability'>>
> = {
  'tiki-taka': { fastRate: 1, autoScale: false, chopProbability: 0 },
  ttv2: { fastRate: 1, autoScale: false, chopProbability: 0 },
  cttv2: { fastRate: 0.1, autoScale: true, chopProbability: 0.1 },
  agad: { fastRate: 0.1, autoScale: true, chopProbability: 0.1 },
};

/** Longest train: 31 for plain descent (aihwkit UpdateParameters), 5 for the fast tiles (its build_config). */
const lengths = { single: 31, fast: 5 } as const;

function algorithmOf(settings: AlgorithmSettings): Algorithm {
  if (settings.kind === 'sgd') return { kind: 'sgd' };
  if (settings.kind === 'mixed') {
    const { threshold, programming, everyBatches } = settings;
    return { kind: 'mixed', threshold, programming, everyBatches };
  }
  const { kind, transferRate, rowsPerSample, granularity, autoGranularity, momentum, transferReads } = settings;
  const rule = ruleDefaults[kind];
  return {
    ...{ kind, transferRate, rowsPerSample, granularity, autoGranularity, momentum, transferReads },
    fastRate: settings.fastRate ?? rule.fastRate,
    autoScale: settings.autoScale ?? rule.autoScale,
    forget: settings.forget ?? true,
    transferLength: settings.transferLength ?? (kind === 'tiki-taka' ? lengths.single : 1),
    chopProbability: settings.chopProbability ?? rule.chopProbability,
    chopOutProbability: settings.chopOutProbability,
    tailWeight: settings.tailWeight,
  };
}

/** Settings with every default filled in, as the compiler takes them. */
export function trainingPlan(settings: AlgorithmSettings): TrainingPlan {
  const { epochs, batch, learningRate, schedule, weightMax, update, symmetryPulses, references, bias } = settings;
  const single = settings.kind === 'sgd' || settings.kind === 'mixed';
  return {
    algorithm: algorithmOf(settings),
    ...{ epochs, batch, learningRate, schedule, weightMax, symmetryPulses, references, bias: bias ?? 'digital' },
    update: {
      ...update,
      length: update.length ?? (single ? lengths.single : lengths.fast),
      rule: update.rule ?? 'stochastic',
    },
  };
}
