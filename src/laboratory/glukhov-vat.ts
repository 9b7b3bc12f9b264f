import { chipDevice } from '../chip/chip-device.ts';
import { chipPreset } from '../chip/presets.ts';
import { varyChip } from '../chip/vary.ts';
import { takeFirst } from '../network/data/data-set.ts';
import { evaluate } from '../network/evaluate.ts';
import { train } from '../network/trainer.ts';
import { createKernels } from '../numeric/create-kernels.ts';
import { halfWidth95, moments } from '../numeric/moments.ts';
import type { LaboratoryExperiment } from './laboratory-experiment.ts';
import type { LaboratoryTable, Series } from './laboratory-report.ts';
import { judge, type ValidationRow } from './row.ts';
import { type Arm, fineTune, spreads, studyAges, type VariabilityResult, variabilityStudy } from './variability-study.ts';

const usual = { instances: 10, epochs: 8 } as const;

const chipName = 'cmo-130nm';
/** The first is judged; the other shows that training for noise gains little where there is little. */
const devices = ['hfox-1t1r', 'cmo-hfox'] as const;

/** The chip with that cell in its arrays. */
function chipWith(device: string) {
  const chip = varyChip(chipPreset(chipName), [`device=${device}`]).chip.description;
  return { chip, device: chipDevice(chip) };
}

function recoveryRows({ device, losses, gains }: VariabilityResult, instances: number): readonly ValidationRow[] {
  const source =
    'Glukhov 2022: variability-aware training recovers accuracy; share and interval are the criterion of this project';
  const [loss, gain] = [losses[0]!, gains[0]!];
  const informative = device !== devices[0];
  const common = { class: 'out-of-sample', source, samples: instances, informative } as const;
  return [
    judge({
      ...{ ...common, id: `vat-remaining-${device}`, published: 2 / 3, value: 1 - gain.mean / loss, unit: 'share', tolerance: 0 },
      toleranceKind: 'at most',
      name: `${device}: share of the deployment loss that variability-aware training leaves`,
    }),
    judge({
      ...{ ...common, id: `vat-interval-${device}`, published: 0, unit: 'points', tolerance: 0 },
      value: gain.halfWidth - gain.mean,
      toleranceKind: 'at most',
      name: `${device}: zero less the lower end of the paired 95 % interval of the gain`,
    }),
    judge({
      ...{ ...common, id: `vat-gain-${device}`, published: loss, value: gain.mean, unit: 'points', tolerance: 1 },
      toleranceKind: 'absolute',
      standardError: gain.standardError,
      informative: true,
      name: `${device}: accuracy gained (published column: accuracy the plain network loses on the chip)`,
    }),
  ];
}

interface NamedArm {
  readonly curve: string;
  readonly arm: Arm;
}

const armsOf = (results: readonly VariabilityResult[]): readonly NamedArm[] =>
  results.flatMap(({ device, plain, aware }) => [
    { curve: `${device}, plain`, arm: plain },
    { curve: `${device}, variability-aware`, arm: aware },
  ]);

const spreadTable = (arms: readonly NamedArm[], samples: number, instances: number): LaboratoryTable => ({
  name: 'accuracy',
  title: `Accuracy on ${samples} samples against conductance spread, mean of ${instances} instances 1 s after programming`,
  columns: [
    { name: 'network', unit: '' },
    { name: 'float', unit: 'share' },
    ...spreads.map((spread) => ({ name: spread === 0 ? 'on target' : `${spread} x spread`, unit: 'share' })),
  ],
  rows: arms.map(({ curve, arm }) => [curve, arm.float, ...arm.bySpread.map((runs) => moments(runs).mean)]),
});

const ageTable = (results: readonly VariabilityResult[]): LaboratoryTable => ({
  name: 'ages',
  title: 'The device as it is, by time since programming; intervals are 95 %, those of gains paired over instances',
  columns: [
    { name: 'device', unit: '' },
    { name: 'after', unit: '' },
    { name: 'plain', unit: 'share' },
    { name: '± plain', unit: 'share' },
    { name: 'variability-aware', unit: 'share' },
    { name: '± aware', unit: 'share' },
    { name: 'gain', unit: 'share' },
    { name: '± gain', unit: 'share' },
    { name: 'of the loss', unit: 'share' },
  ],
  rows: results.flatMap(({ device, plain, aware, losses, gains }) =>
    studyAges.map(({ label }, age) => {
      const [before, after] = [moments(plain.byAge[age]!), moments(aware.byAge[age]!)];
      const { mean, halfWidth } = gains[age]!;
      const accuracies = [before.mean, halfWidth95(before), after.mean, halfWidth95(after)];
      return [device, label, ...accuracies, mean, halfWidth, mean / losses[age]!];
    }),
  ),
});

const spreadSeries = (arms: readonly NamedArm[]): Series => ({
  name: 'accuracy-against-spread',
  title: 'Accuracy against conductance spread',
  x: { name: 'spread of the device, as it is = 1', unit: '1' },
  y: { name: 'accuracy', unit: 'share' },
  mark: 'line',
  points: arms.flatMap(({ curve, arm }) =>
    arm.bySpread.map((runs, index) => ({ curve, x: spreads[index]!, y: moments(runs).mean })),
  ),
});

/** Pre-train, fine-tune with the device's noise, deploy on programmed instances. */
export const glukhovVat: LaboratoryExperiment = {
  name: 'glukhov-vat',
  run({ instances = usual.instances, epochs = usual.epochs, seed, progress, samples, ...ports }) {
    const network = ports.network();
    const given = ports.data();
    const test = samples === undefined ? given.test : takeFirst(given.test, Math.min(samples, given.test.count));
    const data = { ...given, test };
    const stage = progress.stage(`train ${network.name} on ${data.train.name}`, 2 + 2 * devices.length);
    let done = 0;
    const note = (text: string): void => {
      done += 1;
      stage.update(done, text);
    };
    const kernels = createKernels();
    const start = train(kernels, network, data.train, { epochs, seed }).parameters;
    const float = evaluate(kernels, network, start, data.test).accuracy;
    note(`float accuracy ${(100 * float).toFixed(2)} %`);
    const tuning = { network, data, start, epochs, seed };
    const plain = fineTune(tuning);
    note('trained on without noise');
    const results = devices.map((name) => variabilityStudy({ ...tuning, ...chipWith(name), plain, instances, onArm: note }));
    stage.done();
    const arms = armsOf(results);
    return {
      schema: 'ohmic.laboratory/1',
      name: 'glukhov-vat',
      title: `variability-aware training of ${network.name} on ${data.train.name}`,
      rows: results.flatMap((result) => recoveryRows(result, instances)),
      tables: [spreadTable(arms, data.test.count, instances), ageTable(results)],
      series: [spreadSeries(arms)],
      notes: [
        `Float accuracy before fine-tuning ${(100 * float).toFixed(2)} %; both arms are then trained ${epochs} more epochs at a tenth of the rate.`,
        `Both are compiled for ${chipName} with these cells and run there, with its converters, their mismatch and IR drop.`,
      ],
    };
  },
};
