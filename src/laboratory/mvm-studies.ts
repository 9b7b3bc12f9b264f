import type { Compensation } from '../compiler/compensation.ts';
import type { CellModel } from '../device/cell-model.ts';
import { cmoHfox, createCmoHfox } from '../device/cmo-hfox.ts';
import { hfox1t1r } from '../device/hfox-1t1r.ts';
import { neurram } from '../device/neurram.ts';
import { pcm } from '../device/pcm.ts';
import { moments } from '../numeric/moments.ts';
import { createStream } from '../numeric/philox.ts';
import { purposes } from '../numeric/purposes.ts';
import { experimentChip, mvmErrors } from './mvm-experiment.ts';
import { judge, type ValidationClass, type ValidationRow } from './row.ts';

const year = 31557600;
const day = 86400;
const ages = [0, 1, 3600, day, 10 * year];
const ageNames = ['t=0', '1 s', '1 h', '1 day', '10 years'];

/** LSB of the study's output converter: 8 bits over +-15. */
export const outputLsb = 30 / (2 ** 8 - 2);
/**
 * The study subtracts the offset of single-device weights before its converter; ours subtracts it digitally, so that the
 * converter spans the common mode as well: one more bit at the same LSB.
 */
const converters = (bits: number): readonly string[] => [
  'tile.input.bits=6',
  `tile.adc.bits=${bits}`,
  `tile.adc.range=${(outputLsb * (2 ** bits - 2)) / 2}`,
  'tile.input.noiseManagement=none',
  'tile.adc.boundManagement=0',
];
const single = ['mapping.scheme=digital-offset', 'tile.array.readNoiseFraction=0'];
const pair = ['mapping.scheme=differential-pair', 'tile.array.readNoiseFraction=0', 'tile.array.irDrop=off'];
const quantised = [...single, ...converters(9)];
/** aihwkit example 34: 0.35 ohm per cell at 100 uS, currents from |w|. 0.35 ohm x 100 uS / 88.2 uS. */
const irDrop = ['tile.array.irDrop=weight', `tile.array.lineOhmPerCell=${(0.35 * 100) / 88.2} ohm`];

/** One array, one way to read it, several ages. */
export interface MvmStudy {
  readonly id: string;
  readonly name: string;
  readonly device: CellModel;
  readonly settings: readonly string[];
  readonly tolerance: number;
  readonly ages: readonly number[];
  readonly ageNames: readonly string[];
  readonly published: readonly number[];
  readonly allowed: number;
  readonly class: ValidationClass;
  readonly source: string;
  readonly compensation?: Compensation;
}

const quiet = createCmoHfox({ frozenNoise: false });
const example34 = 'aihwkit 1.1.0, example 34 pipeline (ReRamCMONoiseModel), 20 draws';
const cmo = { tolerance: 0.002, ages, ageNames, allowed: 0.05, class: 'peer-confirmed', source: example34 } as const;

/** The published study at 0.2 % acceptance with its parts taken off one by one. 64 x 64, W and x uniform in +-1, 100 vectors. */
export const fineStudies: readonly MvmStudy[] = [
  {
    ...cmo,
    id: 'V1',
    name: 'MVM RMSE, 6/8-bit converters, IR drop, read noise, 0.2 %',
    device: cmoHfox,
    settings: [...quantised, ...irDrop],
    published: [0.065, 0.083, 0.139, 0.17, 0.255],
  },
  {
    ...cmo,
    id: 'V1b',
    name: 'the same without read noise',
    device: quiet,
    settings: [...quantised, ...irDrop],
    published: [0.065, 0.08, 0.136, 0.167, 0.253],
  },
  {
    ...cmo,
    id: 'V1c',
    name: 'the same without read noise and IR drop',
    device: quiet,
    settings: quantised,
    published: [0.055, 0.073, 0.134, 0.164, 0.249],
  },
  {
    ...cmo,
    id: 'V1d',
    name: 'weights only: no converters, no IR drop, no read noise',
    device: quiet,
    settings: single,
    published: [0.0068, 0.048, 0.122, 0.154, 0.248],
  },
];

/** Mean shift cancelled, and the coarse acceptance. */
export const coarseStudies: readonly MvmStudy[] = [
  {
    ...cmo,
    id: 'V1e',
    name: 'as V1b, common shift of the weights subtracted digitally',
    device: quiet,
    settings: [...quantised, ...irDrop],
    published: [0.065, 0.08, 0.109, 0.121, 0.156],
    compensation: 'mean-shift',
    source: 'numpy Monte Carlo of the example 34 pipeline with the mean shift removed',
    class: 'out-of-sample',
  },
  {
    ...cmo,
    id: 'V2',
    name: 'MVM RMSE, converters, IR drop, read noise, 2 %',
    device: cmoHfox,
    tolerance: 0.02,
    settings: [...quantised, ...irDrop],
    published: [0.096, 0.108, 0.155, 0.185, 0.263],
  },
];

const comparator = { tolerance: 0.002, allowed: 0.05, settings: [...pair, ...converters(8)], class: 'peer-confirmed' } as const;
/** Drift of PCM is counted from 20 s after programming: "t=0" is a read then, with its noise. */
const pcmAges = [1e-6, ...ages.slice(1)];
const pcmSource = 'aihwkit 1.1.0, PCMLikeNoiseModel, 20 draws';

/** Other cells on the same converters, pairs, no IR drop. */
export const comparatorStudies: readonly MvmStudy[] = [
  {
    ...comparator,
    id: 'V5',
    name: 'NeuRRAM pairs (40 uS), same converters',
    device: neurram,
    ages: [1, day, 2 * day],
    ageNames: ['1 s', '1 day', '2 days'],
    published: [0.215, 0.395, 0.394],
    class: 'out-of-sample',
    source:
      'numpy Monte Carlo of the aihwkit fit, scale from target weights; aihwkit itself rescales from programmed ones (0.272, 0.441)',
  },
  {
    ...comparator,
    id: 'V6',
    name: 'PCM pairs (25 uS), same converters, no compensation',
    device: pcm,
    ages: pcmAges,
    ageNames,
    allowed: 0.07,
    published: [0.22, 0.22, 0.64, 0.92, 1.49],
    source: pcmSource,
  },
  {
    ...comparator,
    id: 'V6c',
    name: 'PCM pairs (25 uS), same converters, global compensation',
    device: pcm,
    ages: pcmAges,
    ageNames,
    allowed: 0.07,
    published: [0.22, 0.22, 0.26, 0.3, 0.45],
    compensation: 'global',
    source: pcmSource,
  },
  {
    ...comparator,
    id: 'V7',
    name: 'HfO2 1T1R pairs (50-225 uS, IGVVA), same converters',
    device: hfox1t1r,
    ages: [0],
    ageNames: ['t=0'],
    published: [0.158],
    class: 'out-of-sample',
    source: 'numpy Monte Carlo of the Milo 2021 fit (CrossSim RRAM_Milo)',
  },
];

/** Errors over draws: [age] of the samples. */
export function sampleErrors(
  study: Pick<MvmStudy, 'device' | 'settings' | 'tolerance' | 'ages' | 'compensation'>,
  draws: number,
) {
  const { device, settings, tolerance, compensation = 'none' } = study;
  const experiment = { size: 64, vectors: 100, device, settings, tolerance, ages: study.ages, compensation };
  const chip = experimentChip(experiment);
  const perDraw = Array.from({ length: draws }, (_, draw) =>
    mvmErrors(experiment, chip, createStream(draw + 1, purposes.data), draw + 1),
  );
  return study.ages.map((_, age): readonly number[] => perDraw.map((errors) => errors[age]!));
}

/** A row for every age of a study. */
export function studyRows(study: MvmStudy, draws: number): readonly ValidationRow[] {
  return sampleErrors(study, draws).map((samples, age) => {
    const { mean, deviation } = moments(samples);
    return judge({
      id: `${study.id}@${study.ageNames[age]!.replace(' ', '')}`,
      name: `${study.name}, ${study.ageNames[age]}`,
      published: study.published[age]!,
      value: mean,
      unit: 'w x',
      tolerance: study.allowed,
      class: study.class,
      source: study.source,
      samples: draws,
      standardError: deviation / Math.sqrt(draws),
    });
  });
}

/** Unclamped cells behind the study's converters at 10 years, and what its closed formula says. */
export function analyticRow(draws: number): ValidationRow {
  const n = 64;
  const log = Math.log(10 * year);
  const halfWindow = 39.6;
  const mean = 0.08900206 * log;
  const spread = 0.04201137 * log + 0.41183342;
  const lsbIn = 2 / (2 ** 6 - 2);
  // RMSE^2 = (n/3) [(sigma_g/39.6)^2 + (mu/39.6)^2] + (n/3) LSB_in^2/12 + LSB_out^2/12
  const squares = (n / 3) * ((spread / halfWindow) ** 2 + (mean / halfWindow) ** 2);
  const published = Math.sqrt(squares + ((n / 3) * lsbIn ** 2) / 12 + outputLsb ** 2 / 12);
  const device = createCmoHfox({ frozenNoise: false, clamp: false });
  const samples = sampleErrors({ device, settings: quantised, tolerance: 0.002, ages: [10 * year] }, draws)[0]!;
  const { mean: value, deviation } = moments(samples);
  return judge({
    ...{ id: 'V4', published, value, unit: 'w x', tolerance: 0.05, class: 'out-of-sample' },
    name: 'MVM RMSE at 10 years against the closed formula, no IR drop, read noise or clamping',
    source: 'variance sum of relaxation, mean shift and two uniform quantisers',
    samples: draws,
    standardError: deviation / Math.sqrt(draws),
  });
}

/** V3: growth of the error from 1 s to 10 years, and its size, against the figures of the paper. */
export function paperRows(fine: readonly ValidationRow[]): readonly ValidationRow[] {
  const at = (id: string): ValidationRow => {
    const row = fine.find((candidate) => candidate.id === id);
    if (row === undefined) throw new RangeError(`rows have no ${id}; want those of study V1`);
    return row;
  };
  const [second, decade] = [at('V1@1s'), at('V1@10years')];
  const errorOf = ({ standardError = 0, published }: ValidationRow): number => standardError * Math.abs(published);
  const ratio = decade.value / second.value;
  const ratioError = ratio * Math.hypot(errorOf(decade) / decade.value, errorOf(second) / second.value);
  const common = { class: 'out-of-sample', source: 'Falcone 2025 (early version): 0.06 at 1 s to 0.2 at 10 years' } as const;
  const absolute = (id: string, name: string, published: number, row: ValidationRow): ValidationRow =>
    judge({
      ...{ ...common, id, name, published, value: row.value, unit: 'w x', tolerance: 0.4 },
      ...(row.samples === undefined ? {} : { samples: row.samples }),
      standardError: errorOf(row),
    });
  return [
    judge({
      ...{ ...common, id: 'V3-ratio', name: 'growth of the MVM error from 1 s to 10 years', published: 0.2 / 0.06 },
      ...{ value: ratio, unit: '1', tolerance: 0.25, standardError: ratioError },
      ...(second.samples === undefined ? {} : { samples: second.samples }),
    }),
    absolute('V3@1s', 'MVM error of the paper at 1 s (its scale of weights and inputs is not given)', 0.06, second),
    absolute('V3@10years', 'MVM error of the paper at 10 years', 0.2, decade),
  ];
}
