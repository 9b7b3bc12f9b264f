import type { Session } from '../session.ts';
import { putTinyExperiment } from '../tiny-experiment.ts';

/** Puts a sweep of the tiny experiment into the folder; two of its six designs cannot be built. Gives the path of its file. */
export function putTinySweep(session: Session, more = ''): string {
  const [experiment = '', , data = ''] = putTinyExperiment(session);
  return session.put(
    'tiny-sweep.yaml',
    `name: tiny
experiment: ${experiment}
data: ${data}
axes:
  - { path: tile.adc.bits, values: [4, 8] }
  - { path: tile.adc.mux, values: [1, 8, 999] }
objectives: [accuracy, energyPerSample, area]
${more}`,
  );
}

export const tinyStages = `stages:
  - { fidelity: timing, samples: 4, ages: [1 s] }
  - { fidelity: full, keep: 3, instances: 2 }
`;
