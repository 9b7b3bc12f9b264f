import type { CellModel, DeviceParameter, SourceTag } from '../cell-model.ts';
import { cmoHfox, createCmoHfox } from '../cmo-hfox.ts';
import { createPulsed, type PulsedOptions } from './create-pulsed.ts';

/** A training device: a pulse response in the conductance window of the CMO/HfOx cell. */
export interface TrainingCellOptions {
  readonly kind: string;
  readonly doc: string;
  readonly source: string;
  readonly tag: SourceTag;
  readonly pulsed: PulsedOptions;
  /** Relaxes like the CMO/HfOx cell; otherwise the cell keeps its state. */
  readonly relaxes?: boolean;
  /** Reads like the CMO/HfOx cell, the default; otherwise without noise of its own. */
  readonly noisy?: boolean;
  readonly pulseSeconds?: number;
  /** Energy of one pulse at the symmetry point, J, and who says so. */
  readonly pulseJoules?: { readonly value: number; readonly tag: SourceTag; readonly source: string };
  readonly inaccuracies?: readonly string[];
}

const units: Readonly<Record<string, string>> = { pulseV: 'V', halfJoules: 'J' };

function parameters({ pulsed, source, tag }: TrainingCellOptions): DeviceParameter[] {
  return Object.entries(pulsed)
    .filter((entry): entry is [string, number] => typeof entry[1] === 'number')
    .map(([name, value]) => ({
      name: `pulsed.${name}`,
      value,
      unit: units[name] ?? '1',
      tag,
      source,
      doc: `pulse response: ${name}`,
    }));
}

/** Window, program-and-verify, reading and relaxation are those of the CMO/HfOx cell; pulses are those of `pulsed`. */
export function createTrainingCell(options: TrainingCellOptions): CellModel {
  const { kind, doc, pulsed, relaxes = false, noisy = true, pulseSeconds = cmoHfox.pulseSeconds, inaccuracies = [] } = options;
  // a pulsed cell may leave the inference window: its own bounds hold it
  const base = createCmoHfox({ clamp: false });
  const energy = options.pulseJoules ?? { value: 0.39e-9, tag: 'assumed', source: 'assumed: as the CMO/HfOx cell at 1 us' };
  const symmetryS = 55e-6;
  const replaced = ['pulseJoules', 'pulseSeconds', ...(noisy ? [] : ['whiteNoise'])];
  return {
    ...base,
    kind,
    doc,
    inaccuracies: [
      `conductance window${noisy ? ', read noise' : ''} and program-and-verify are those of the CMO/HfOx cell`,
      'energy of a pulse is proportional to the conductance',
      ...(relaxes ? ['relaxation acts only when the program lets the cells age'] : ['the cell keeps its state']),
      ...inaccuracies,
    ],
    parameters: [
      ...base.parameters.filter(({ name }) => !replaced.includes(name)),
      {
        name: 'pulseJoules',
        value: energy.value,
        unit: 'J',
        tag: energy.tag,
        source: energy.source,
        doc: 'energy of one pulse at 55 uS',
      },
      { name: 'pulseSeconds', value: pulseSeconds, unit: 's', tag: options.tag, source: options.source, doc: 'update pulse' },
      ...parameters(options),
    ],
    readNoiseS: noisy ? base.readNoiseS : 0,
    pulseSeconds,
    pulseJoules: (conductanceS) => (energy.value * conductanceS) / symmetryS,
    pulsed: createPulsed(pulsed),
    age: relaxes
      ? base.age
      : (kernels, nowS, writtenS, block) => {
          const count = block.rows * block.columns;
          if (nowS !== writtenS) kernels.f32(nowS, count).set(kernels.f32(writtenS, count));
        },
  };
}
