import type { CellModel } from '../cell-model.ts';
import { peerPresets } from './aihwkit-presets.ts';
import type { PulsedOptions } from './create-pulsed.ts';
import { createTrainingCell } from './training-cell.ts';

const falcone =
  'Falcone et al. 2025: 22 open-loop states, symmetry point at 61 %, noise 90 % of a step; soft-bounds form assumed';
const choi = 'Choi et al. 2026: 27 states, spread 0.18; centred soft-bounds form and noise 0.5 assumed';
const compact = 'IBM Analog_ReRAM_Training_Simulator compact model at the symmetry point, integrated over the pulse';

/**
 * 22 states, w_SP = 1 - 2 x 0.61 = -0.22: alpha up 2 / 22 / 1.22 = 0.0745, alpha down 2 / 22 / 0.78 = 0.1165. In the form
 * granularity (bias + 1): granularity 0.1165, bias -0.0745 / 0.1165 + 1 = 0.3605 taken off the up side.
 */
const skewed: PulsedOptions = {
  law: 'linear',
  granularity: 0.1165,
  nominalStep: 2 / 22,
  upDown: -0.3605,
  granularitySpread: 0.1,
  logNormal: true,
  upperSpread: 0.18,
  lowerSpread: 0.18,
  upDownSpread: 0.05,
  cycleNoise: 0.9,
};

const centred: PulsedOptions = {
  law: 'linear',
  granularity: 2 / 27,
  granularitySpread: 0.1,
  logNormal: true,
  upperSpread: 0.18,
  lowerSpread: 0.18,
  upDownSpread: 0.05,
  cycleNoise: 0.5,
  pulseV: 1.6,
  halfJoules: 8.5e-12,
};

/** The training devices in the order they are listed: CMO/HfOx, TaOx and the presets of aihwkit. */
export const trainingCells: readonly CellModel[] = [
  createTrainingCell({
    kind: 'cmo-hfox-train',
    doc: 'CMO/HfOx ReRAM of Falcone et al. 2025 under open-loop pulses of 1 us: 22 states, skewed symmetry point.',
    source: falcone,
    tag: 'measured-secondary',
    pulsed: skewed,
    relaxes: true,
    pulseJoules: { value: 0.39e-9, tag: 'computed', source: compact },
  }),
  createTrainingCell({
    kind: 'cmo-hfox-train-centred',
    doc: 'CMO/HfOx ReRAM of Choi et al. 2026 under open-loop pulses of 60 ns: 27 states, centred symmetry point.',
    source: choi,
    tag: 'measured-secondary',
    pulsed: centred,
    relaxes: true,
    pulseSeconds: 60e-9,
    pulseJoules: { value: 38e-12, tag: 'computed', source: compact },
  }),
  createTrainingCell({
    kind: 'constant-step',
    doc: '1000 equal steps without noise or spread: the ideal cell of pulsed simulations.',
    source: 'Choi 2026, MATLAB baseline: dw 0.002',
    tag: 'measured-secondary',
    pulsed: { law: 'linear', granularity: 0.002, slopeUp: 0, slopeDown: 0, cycleNoise: 0 },
    noisy: false,
  }),
  ...peerPresets.map(({ kind, doc, options }) =>
    createTrainingCell({
      kind,
      doc,
      source: 'aihwkit simulator/presets/devices.py at 4545f11',
      tag: 'peer-code',
      pulsed: options,
      // aihwkit: PresetIOParameters.w_noise = 0
      noisy: false,
    }),
  ),
];
