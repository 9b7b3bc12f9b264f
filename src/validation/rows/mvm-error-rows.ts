import type { CellModel } from '../../device/cell-model.ts';
import { cmoHfox, createCmoHfox } from '../../device/cmo-hfox.ts';
import { moments } from '../../numeric/moments.ts';
import { createStream } from '../../numeric/philox.ts';
import { purposes } from '../../numeric/purposes.ts';
import { experimentChip, mvmErrors } from '../mvm-experiment.ts';
import { judge, type ValidationRow } from '../row.ts';
import type { RowFamily } from '../row-family.ts';

const ages = [0, 1, 3600, 86400, 315576000];
const ageNames = ['t=0', '1 s', '1 h', '1 day', '10 years'];

/** LSB of the study's output converter: 8 bits over +-15. */
const outputLsb = 30 / (2 ** 8 - 2);
/**
 * The study subtracts the offset of single-device weights before its converter; ours subtracts it digitally, so that the
 * converter spans the common mode as well: one more bit at the same LSB.
 */
const outputBits = 9;
const quantised = [
  'tile.input.bits=6',
  `tile.adc.bits=${outputBits}`,
  `tile.adc.range=${(outputLsb * (2 ** outputBits - 2)) / 2}`,
  'tile.input.noiseManagement=none',
  'tile.adc.boundManagement=0',
];
const single = ['mapping.scheme=digital-offset', 'tile.array.readNoiseFraction=0'];
/** aihwkit example 34: 0.35 ohm per cell at 100 uS, currents from |w|. 0.35 ohm x 100 uS / 88.2 uS. */
const irDrop = ['tile.array.irDrop=weight', `tile.array.lineOhmPerCell=${(0.35 * 100) / 88.2} ohm`];

interface Variant {
  readonly id: string;
  readonly name: string;
  readonly device: CellModel;
  readonly settings: readonly string[];
  readonly tolerance: number;
  readonly published: readonly number[];
}

const quiet = createCmoHfox({ frozenNoise: false });

/** Published: aihwkit 1.1.0 run by us, 20 draws; 64 x 64, W and x uniform in +-1, 100 vectors, single device 9-88.2 uS. */
const variants: readonly Variant[] = [
  {
    id: 'V1',
    name: 'MVM RMSE, 6/8-bit converters, IR drop, read noise, 0.2 %',
    device: cmoHfox,
    settings: [...single, ...quantised, ...irDrop],
    tolerance: 0.002,
    published: [0.065, 0.083, 0.139, 0.17, 0.255],
  },
  {
    id: 'V1b',
    name: 'the same without read noise',
    device: quiet,
    settings: [...single, ...quantised, ...irDrop],
    tolerance: 0.002,
    published: [0.065, 0.08, 0.136, 0.167, 0.253],
  },
  {
    id: 'V1c',
    name: 'the same without read noise and IR drop',
    device: quiet,
    settings: [...single, ...quantised],
    tolerance: 0.002,
    published: [0.055, 0.073, 0.134, 0.164, 0.249],
  },
  {
    id: 'V1d',
    name: 'weights only: no converters, no IR drop, no read noise',
    device: quiet,
    settings: single,
    tolerance: 0.002,
    published: [0.0068, 0.048, 0.122, 0.154, 0.248],
  },
];

const draws = 40;

/** Errors over draws: [age] of the samples. */
function sampleErrors({
  device,
  settings,
  tolerance,
}: Pick<Variant, 'device' | 'settings' | 'tolerance'>): readonly (readonly number[])[] {
  const experiment = { size: 64, vectors: 100, device, settings, tolerance, ages };
  const chip = experimentChip(experiment);
  const perDraw = Array.from({ length: draws }, (_, draw) =>
    mvmErrors(experiment, chip, createStream(draw + 1, purposes.data), draw + 1),
  );
  return ages.map((_, age) => perDraw.map((errors) => errors[age]!));
}

/** RMSE^2 = (n/3) [(sigma_g/39.6)^2 + (mu/39.6)^2] + (n/3) LSB_in^2/12 + LSB_out^2/12 at 10 years, without clamping. */
function analyticAtTenYears(): number {
  const n = 64;
  const log = Math.log(ages[4]!);
  const halfWindow = 39.6;
  const mean = 0.08900206 * log;
  const spread = 0.04201137 * log + 0.41183342;
  const lsbIn = 2 / (2 ** 6 - 2);
  return Math.sqrt(
    (n / 3) * ((spread / halfWindow) ** 2 + (mean / halfWindow) ** 2) + ((n / 3) * lsbIn ** 2) / 12 + outputLsb ** 2 / 12,
  );
}

function measure(): readonly ValidationRow[] {
  const rows = variants.flatMap((variant) =>
    sampleErrors(variant).map((samples, age) => {
      const { mean, deviation } = moments(samples);
      return judge({
        id: `${variant.id}@${ageNames[age]}`,
        name: `${variant.name}, ${ageNames[age]}`,
        published: variant.published[age]!,
        value: mean,
        unit: 'w x',
        tolerance: 0.05,
        class: 'peer-confirmed',
        source: 'aihwkit 1.1.0, example 34 pipeline (ReRamCMONoiseModel), 20 draws',
        samples: draws,
        standardError: deviation / Math.sqrt(draws),
      });
    }),
  );
  const unclamped = createCmoHfox({ frozenNoise: false, clamp: false });
  const { mean, deviation } = moments(
    sampleErrors({ device: unclamped, settings: [...single, ...quantised], tolerance: 0.002 })[4]!,
  );
  const analytic = judge({
    id: 'V4',
    name: 'MVM RMSE at 10 years against the closed formula, no IR drop, read noise or clamping',
    published: analyticAtTenYears(),
    value: mean,
    unit: 'w x',
    tolerance: 0.05,
    class: 'out-of-sample',
    source: 'variance sum of relaxation, mean shift and two uniform quantisers',
    samples: draws,
    standardError: deviation / Math.sqrt(draws),
  });
  return [...rows, analytic];
}

export const mvmErrorRows: RowFamily = {
  name: '64 x 64 MVM errors of CMO/HfOx',
  ids: [...variants.map(({ id }) => id), 'V4'],
  measure,
};
