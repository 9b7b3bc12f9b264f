import { cmoHfox } from '../device/cmo-hfox.ts';
import { hfox1t1r } from '../device/hfox-1t1r.ts';
import { takeFirst } from '../network/data/data-set.ts';
import { evaluate } from '../network/evaluate.ts';
import { train } from '../network/trainer.ts';
import { createKernels } from '../numeric/create-kernels.ts';
import { moments } from '../numeric/moments.ts';
import type { LaboratoryExperiment } from './laboratory-experiment.ts';
import { judge, type ValidationRow } from './row.ts';
import { spreads, type VariabilityResult, variabilityStudy } from './variability-study.ts';

const usual = { instances: 10, epochs: 8 } as const;

const devices = [hfox1t1r, cmoHfox];

function recoveryRows(result: VariabilityResult, instances: number): readonly ValidationRow[] {
  const { device, loss, gain, gainHalfWidth, gainError } = result;
  const source =
    'Glukhov 2022: variability-aware training recovers accuracy; share and interval are the criterion of this project';
  const judged = device === hfox1t1r.kind;
  const common = { class: 'out-of-sample', source, samples: instances, informative: !judged } as const;
  return [
    judge({
      ...{ ...common, id: `vat-remaining-${device}`, published: 2 / 3, value: 1 - gain / loss, unit: 'share', tolerance: 0 },
      toleranceKind: 'at most',
      name: `${device}: share of the deployment loss that variability-aware training leaves`,
    }),
    judge({
      ...{ ...common, id: `vat-interval-${device}`, published: 0, value: gainHalfWidth - gain, unit: 'points', tolerance: 0 },
      toleranceKind: 'at most',
      name: `${device}: zero less the lower end of the paired 95 % interval of the gain`,
    }),
    judge({
      ...{ ...common, id: `vat-gain-${device}`, published: loss, value: gain, unit: 'points', tolerance: 1 },
      toleranceKind: 'absolute',
      standardError: gainError,
      informative: true,
      name: `${device}: accuracy gained (published column: accuracy the plain network loses on the device)`,
    }),
  ];
}

/** Pre-train, fine-tune with the device's noise, deploy on programmed instances. */
export const glukhovVat: LaboratoryExperiment = {
  name: 'glukhov-vat',
  run({ instances = usual.instances, epochs = usual.epochs, seed, progress, samples, ...ports }) {
    const network = ports.network();
    const given = ports.data();
    const data = {
      ...given,
      test: samples === undefined ? given.test : takeFirst(given.test, Math.min(samples, given.test.count)),
    };
    const stage = progress.stage(`train ${network.name} on ${data.train.name}`, 1 + 4 * devices.length);
    const kernels = createKernels();
    const { parameters } = train(kernels, network, data.train, { epochs, seed });
    const float = evaluate(kernels, network, parameters, data.test).accuracy;
    stage.update(1, `float accuracy ${(100 * float).toFixed(2)} %`);
    const results = devices.map((device, index) =>
      variabilityStudy({
        ...{ device, network, data, start: parameters, epochs, instances, seed },
        stage: { ...stage, update: (done, note) => stage.update(1 + 4 * index + done, note) },
      }),
    );
    stage.done();
    const arms = results.flatMap(({ device, plain, aware }) => [
      { curve: `${device}, plain`, arm: plain },
      { curve: `${device}, variability-aware`, arm: aware },
    ]);
    return {
      schema: 'ohmic.laboratory/1',
      name: 'glukhov-vat',
      title: `variability-aware training of ${network.name} on ${data.train.name}`,
      rows: results.flatMap((result) => recoveryRows(result, instances)),
      tables: [
        {
          name: 'accuracy',
          title: `Accuracy on ${data.test.count} samples, mean of ${instances} instances 1 s after programming`,
          columns: [
            { name: 'network', unit: '' },
            { name: 'float', unit: 'share' },
            ...spreads.map((spread) => ({ name: spread === 0 ? 'levels only' : `${spread} x spread`, unit: 'share' })),
          ],
          rows: arms.map(({ curve, arm }) => [curve, arm.float, ...arm.deployed.map((runs) => moments(runs).mean)]),
        },
      ],
      series: [
        {
          name: 'accuracy-against-spread',
          title: 'Accuracy against conductance spread',
          x: { name: 'spread of the device, as it is = 1', unit: '1' },
          y: { name: 'accuracy', unit: 'share' },
          mark: 'line',
          points: arms.flatMap(({ curve, arm }) =>
            arm.deployed.map((runs, index) => ({ curve, x: spreads[index]!, y: moments(runs).mean })),
          ),
        },
      ],
      notes: [
        `Float accuracy before fine-tuning ${(100 * float).toFixed(2)} %; both arms are then trained ${epochs} more epochs at a tenth of the rate.`,
        'Weights are deployed through programmed pairs of cells; converters are ideal here, so that only the cells differ.',
      ],
    };
  },
};
