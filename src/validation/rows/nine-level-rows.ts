import { chipPreset } from '../../chip/presets.ts';
import { varyChip } from '../../chip/vary.ts';
import { hfox1t1r } from '../../device/hfox-1t1r.ts';
import { deployOnChip } from '../../laboratory/deploy-on-chip.ts';
import { targetWeights } from '../../laboratory/device-weights.ts';
import { judge } from '../../laboratory/row.ts';
import { generateDigits } from '../../network/data/digits.ts';
import { findData } from '../../network/data/find-data.ts';
import { evaluate } from '../../network/evaluate.ts';
import { train } from '../../network/trainer.ts';
import { createKernels } from '../../numeric/create-kernels.ts';
import { moments } from '../../numeric/moments.ts';
import { readNetwork } from '../../simulate/compile-experiment.ts';
import type { ValidationPorts } from '../ports.ts';
import type { RowFamily } from '../row-family.ts';

const instances = 20;
const network = 'mlp-784-14-10';
/** Its converters stand for those of the paper, which are not described. */
const chipName = 'cmo-130nm';
/** The embedded digits are one fixed set. */
const digitsSeed = 1;

/** V21: a small perceptron on nine levels of HfO2 1T1R pairs; judged on MNIST only, which has to be given. */
export const nineLevelRows: RowFamily = {
  name: 'nine levels of HfO2 1T1R',
  ids: ['V21'],
  long: true,
  measure: (ports: ValidationPorts) => {
    const given = ports.data === undefined ? generateDigits(digitsSeed) : findData(ports.files, ports.data);
    const kernels = createKernels();
    const graph = readNetwork(network, ports);
    const { parameters } = train(kernels, graph, given.train, { epochs: 8, seed: 1 });
    const float = evaluate(kernels, graph, parameters, given.test).accuracy;
    const deploy = deployOnChip({
      ...{ network: graph, data: given, ages: [1] },
      chip: varyChip(chipPreset(chipName), [`device=${hfox1t1r.kind}`]).chip.description,
      parameters: targetWeights({ device: hfox1t1r, clipSigma: 2.5, tolerance: 0.002 }, parameters),
    });
    const deployed = moments(Array.from({ length: instances }, (_, instance) => deploy(hfox1t1r, instance + 1)[0]!));
    const judged = given.test.name.startsWith('mnist');
    const common = { class: 'calibrated', unit: '%', toleranceKind: 'absolute', tolerance: 0.01, informative: !judged } as const;
    const source = `Milo 2021; ${network} chosen to reach its software accuracy, on ${given.test.name}`;
    return [
      judge({ ...common, id: 'V21-software', name: 'software accuracy', published: 0.9327, value: float, source }),
      judge({
        ...{ ...common, id: 'V21-deployed', published: 0.915, value: deployed.mean, source },
        name: `accuracy on nine levels of IGVVA-programmed pairs, ${chipName}, ${instances} instances`,
        samples: instances,
        standardError: deployed.deviation / Math.sqrt(instances),
      }),
    ];
  },
};
