import { compileExperiment } from '../../simulate/compile-experiment.ts';
import { parseExperiment } from '../../simulate/experiment.ts';
import { silentProgress } from '../../simulate/progress.ts';
import { simulateProgram } from '../../simulate/simulate-program.ts';
import type { ValidationPorts } from '../ports.ts';
import { judge, type ValidationRow } from '../row.ts';
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

function lossRows(ports: ValidationPorts, scheme: string): readonly ValidationRow[] {
  const experiment = parseExperiment(experimentText, 'deployment rows');
  const quiet = { ...ports, progress: silentProgress };
  const options = { set: [`mapping.scheme=${scheme}`], ...(ports.data === undefined ? {} : { data: ports.data }) };
  const program = compileExperiment(experiment, options, quiet);
  const { accuracy } = simulateProgram(program, { fidelity: 'values', progress: silentProgress, now: ports.now });
  if (accuracy?.reference === undefined) throw new RangeError('accuracy is undefined; want an evaluated program');
  const reference = accuracy.reference;
  return accuracy.byAge.map((age) =>
    judge({
      id: `V18-${scheme}@${age.label.replace(' ', '')}`,
      name: `accuracy lost on the chip at 0.2 % acceptance, ${scheme}, ${age.label} (published: under 0.3 points)`,
      published: 0,
      value: reference - age.accuracy,
      unit: 'points',
      tolerance: 0.003,
      toleranceKind: 'at most',
      class: 'out-of-sample',
      source: `Falcone 2025 cell statistics; ${ports.data === undefined ? 'embedded digits' : 'data given'}, our own network`,
      samples: instances,
      standardError: age.deviation / Math.sqrt(instances),
    }),
  );
}

export const deploymentRows: RowFamily = {
  name: 'accuracy of a deployed network',
  ids: ['V18'],
  measure: (ports) => ['differential-pair', 'reference-column'].flatMap((scheme) => lossRows(ports, scheme)),
};
