import { compileExperiment } from '../../simulate/compile-experiment.ts';
import { parseExperiment } from '../../simulate/experiment.ts';
import { silentProgress } from '../../simulate/progress.ts';
import { ownWork, type SharedWork } from '../../simulate/shared-work.ts';
import { simulateProgram } from '../../simulate/simulate-program.ts';
import type { Reference } from '../../simulate/train-reference.ts';
import type { ValidationPorts } from '../ports.ts';
import { judge, type Measured, type ValidationRow } from '../row.ts';
import type { RowFamily } from '../row-family.ts';

const instances = 5;

/** The published network is not available; ours is the MLP of the main job, and the loss is what is compared. */
const experimentText = `
name: deployment
network: mlp-784-256-128-10
chip: cmo-130nm
training: { epochs: 8 }
ages: [1 s, 1 day]
instances: ${instances}
`;

/** One float network for all rows. */
function trainOnce(): SharedWork {
  let trained: Reference | undefined;
  return {
    ...ownWork,
    reference(_key, _test, make) {
      trained ??= make();
      return trained;
    },
  };
}

interface Loss {
  readonly label: string;
  /** What every row of a loss shares. */
  readonly row: Pick<Measured, 'value' | 'unit' | 'samples' | 'standardError'>;
}

/** Accuracy lost on the chip at every age, mean of the instances. */
function measureLosses(ports: ValidationPorts, shared: SharedWork, set: readonly string[]): readonly Loss[] {
  const experiment = parseExperiment(experimentText, 'deployment rows');
  const options = { set, ...(ports.data === undefined ? {} : { data: ports.data }) };
  const program = compileExperiment(experiment, options, { ...ports, shared, progress: silentProgress });
  const { accuracy } = simulateProgram(program, { fidelity: 'values', progress: silentProgress, now: ports.now });
  if (accuracy?.reference === undefined) throw new RangeError('accuracy is undefined; want an evaluated program');
  const reference = accuracy.reference;
  return accuracy.byAge.map((age) => ({
    label: age.label,
    row: {
      value: reference - age.accuracy,
      unit: 'points',
      samples: instances,
      standardError: age.deviation / Math.sqrt(instances),
    },
  }));
}

const dataName = ({ data }: ValidationPorts): string => (data === undefined ? 'embedded digits' : 'data given');

const cmoRows = (ports: ValidationPorts, shared: SharedWork, scheme: string): readonly ValidationRow[] =>
  measureLosses(ports, shared, [`mapping.scheme=${scheme}`]).map(({ label, row }) =>
    judge({
      ...{ ...row, published: 0, tolerance: 0.003, toleranceKind: 'at most', class: 'out-of-sample' },
      id: `V18-${scheme}@${label.replace(' ', '')}`,
      name: `accuracy lost on the chip at 0.2 % acceptance, ${scheme}, ${label} (published: under 0.3 points)`,
      source: `Falcone 2025 cell statistics; ${dataName(ports)}, our own network`,
    }),
  );

/** The comparator, not judged: the published loss is that of a resistive network of positive weights, which nothing here is. */
function comparatorRow(ports: ValidationPorts, shared: SharedWork): ValidationRow {
  const { row, label } = measureLosses(ports, shared, ['device=neurram', 'mapping.scheme=reference-column'])[1]!;
  return judge({
    ...{ ...row, published: 0.0835, tolerance: 0.03, toleranceKind: 'absolute', class: 'context', informative: true },
    id: `V18-neurram@${label.replace(' ', '')}`,
    name: `the same on NeuRRAM cells, one a weight, ${label}; published for a resistive network of positive weights, most of them small`,
    source: `MNIST on the aihwkit Wan 2022 cell: 96.15 % in software, 87.8 % deployed; here ${dataName(ports)}, our own network`,
  });
}

export const deploymentRows: RowFamily = {
  name: 'accuracy of a deployed network',
  ids: ['V18'],
  measure(ports) {
    const shared = trainOnce();
    return [
      ...['differential-pair', 'reference-column'].flatMap((scheme) => cmoRows(ports, shared, scheme)),
      comparatorRow(ports, shared),
    ];
  },
};
