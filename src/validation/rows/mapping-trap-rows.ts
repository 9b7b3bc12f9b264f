import type { DataSplit } from '../../network/data/data-set.ts';
import { generateDigits } from '../../network/data/digits.ts';
import { findData } from '../../network/data/find-data.ts';
import { moments } from '../../numeric/moments.ts';
import { compileExperiment } from '../../simulate/compile-experiment.ts';
import { parseExperiment } from '../../simulate/experiment.ts';
import { silentProgress } from '../../simulate/progress.ts';
import { ownWork } from '../../simulate/shared-work.ts';
import { simulateProgram } from '../../simulate/simulate-program.ts';
import type { ValidationPorts } from '../ports.ts';
import { judge } from '../row.ts';
import type { RowFamily } from '../row-family.ts';

const experimentName = 'mapping-trap';
/** How far the trap throws a network differs more between trained networks than between chips. */
const networks = 12;
const instances = 2;
/** The embedded digits are one fixed set. */
const digitsSeed = 1;

/** Accuracy before and 1 s after programming of the experiment as it ships, from one seed and under one mapping. */
function runTrap(ports: ValidationPorts, given: DataSplit, seed: number, scheme: string) {
  const path = `${ports.workloads}/experiments/${experimentName}.yaml`;
  const experiment = parseExperiment(new TextDecoder().decode(ports.files.read(path)), path);
  const options = { seed, instances, chipSeed: 1 + instances * seed, set: [`mapping.scheme=${scheme}`] };
  const shared = { ...ownWork, data: () => given };
  const program = compileExperiment({ ...experiment, ages: ['1 s'] }, options, { ...ports, shared, progress: silentProgress });
  const { accuracy } = simulateProgram(program, { fidelity: 'values', progress: silentProgress, now: ports.now });
  if (accuracy?.reference === undefined) throw new RangeError('accuracy is undefined; want an evaluated program');
  return { reference: accuracy.reference, simulated: accuracy.simulated };
}

/** V19: weights taken for conductances as they are; judged on MNIST only, which has to be given. */
export const mappingTrapRows: RowFamily = {
  name: 'literal mapping onto CMO HfOx',
  ids: ['V19'],
  long: true,
  measure: (ports: ValidationPorts) => {
    const given = ports.data === undefined ? generateDigits(digitsSeed) : findData(ports.files, ports.data);
    const informative = !given.test.name.startsWith('mnist');
    const trapped = Array.from({ length: networks }, (_, index) => runTrap(ports, given, index + 1, 'literal-pair'));
    const accuracy = moments(trapped.map(({ simulated }) => simulated));
    const offset = runTrap(ports, given, 1, 'differential-pair');
    const source = `MNIST network of a resistive-network study on the aihwkit CMO cell: 96.15 % in software, 79.5 and 80.6 % under this mapping; ours is mlp-784-200-10, trained 5 epochs without clipping, on ${given.test.name}`;
    const common = { unit: '%', toleranceKind: 'absolute', source } as const;
    return [
      judge({
        ...{
          ...common,
          id: 'V19-literal',
          class: 'calibrated',
          published: 0.8,
          value: accuracy.mean,
          tolerance: 0.05,
          informative,
        },
        name: `accuracy when weight w becomes w x 88.2 uS, at least 9 uS, without offset, 1 s; ${networks} networks of ${instances} chips`,
        samples: networks,
        standardError: accuracy.deviation / Math.sqrt(networks),
      }),
      judge({
        ...{
          ...common,
          id: 'V19-offset',
          class: 'context',
          published: offset.reference,
          value: offset.simulated,
          tolerance: 0.003,
        },
        name: 'the first of these networks with scale and offset, against software',
        informative: true,
      }),
    ];
  },
};
