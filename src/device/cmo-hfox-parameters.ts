import type { DeviceParameter } from './cell-model.ts';

const fit = 'Falcone et al. 2025 (Adv. Funct. Mater.), fit in aihwkit inference/noise/reram.py';
const compact = 'IBM Analog_ReRAM_Training_Simulator compact model at the symmetry point, integrated over the pulse';

/** Numbers of the CMO/HfOx cell. Conductances of the fits are in microsiemens, as published. */
export const cmoHfoxNumbers = {
  minS: 9e-6,
  maxS: 88.2e-6,
  readV: 0.2,
  pulseSeconds: 1e-6,
  verifySeconds: 1e-6,
  programOffsetFine: 8.1107e-4,
  programSlopeFine: 1.06879e-3,
  programOffsetCoarse: 1.12185e-2,
  programSlopeCoarse: 1.129027e-2,
  programUniform: 0.96,
  driftMean: -0.08900206,
  driftSpread: 0.04201137,
  driftSpreadFirst: 0.41183342,
  readNoise: 0.0277316483,
  readTime: 1e-6,
  whiteNoise: 0.01,
  pulsesFine: 89,
  pulsesCoarse: 11,
  pulseJoules: 0.39e-9,
  symmetryS: 55e-6,
} as const;

type Row = readonly [keyof typeof cmoHfoxNumbers, string, DeviceParameter['tag'], string, string];

const rows: readonly Row[] = [
  ['minS', 'S', 'peer-code', fit, 'smallest conductance of the inference window'],
  ['maxS', 'S', 'peer-code', fit, 'largest conductance of the inference window'],
  ['readV', 'V', 'peer-code', 'IBM Analog_ReRAM_Training_Simulator parameters', 'read voltage'],
  [
    'pulseSeconds',
    's',
    'peer-code',
    'IBM Analog_ReRAM_Training_Simulator parameters, 1 us family',
    'programming pulse without edges',
  ],
  ['verifySeconds', 's', 'assumed', 'assumed: as long as the pulse', 'verify read'],
  ['programOffsetFine', 'uS', 'peer-code', fit, 'programming error at 0.2 % acceptance: constant part'],
  ['programSlopeFine', '1', 'peer-code', fit, 'programming error at 0.2 % acceptance: part proportional to g'],
  ['programOffsetCoarse', 'uS', 'peer-code', fit, 'programming error at 2 % acceptance: constant part'],
  ['programSlopeCoarse', '1', 'peer-code', fit, 'programming error at 2 % acceptance: part proportional to g'],
  [
    'programUniform',
    '1',
    'assumed',
    'assumed: error uniform in the acceptance band, factor matched to both fits',
    'sigma = factor x acceptance x g / sqrt 3 elsewhere',
  ],
  ['driftMean', 'uS', 'peer-code', fit, 'mean relaxation per natural logarithm of seconds'],
  ['driftSpread', 'uS', 'peer-code', fit, 'spread of relaxation per natural logarithm of seconds'],
  ['driftSpreadFirst', 'uS', 'peer-code', fit, 'spread of relaxation after one second'],
  [
    'readNoise',
    'uS',
    'peer-code',
    `${fit}; 1/f noise after Lombardo et al. DRC 2024`,
    'low-frequency read noise per decade of g',
  ],
  ['readTime', 's', 'peer-code', fit, 'integration time of the low-frequency read noise'],
  [
    'whiteNoise',
    '1',
    'assumed',
    'assumed: aihwkit recommends w_noise of about 0.01',
    'white noise of one read as a fraction of the window',
  ],
  [
    'pulsesFine',
    '1',
    'measured-secondary',
    'Falcone et al. 2025, mean over 35 levels',
    'mean pulses of the closed loop at 0.2 % acceptance',
  ],
  [
    'pulsesCoarse',
    '1',
    'measured-secondary',
    'Falcone et al. 2025, mean over 35 levels',
    'mean pulses of the closed loop at 2 % acceptance',
  ],
  ['pulseJoules', 'J', 'computed', compact, 'energy of one pulse at the symmetry point'],
  ['symmetryS', 'S', 'peer-code', 'IBM Analog_ReRAM_Training_Simulator parameters', 'conductance of the symmetry point'],
];

export const cmoHfoxParameters: readonly DeviceParameter[] = rows.map(([name, unit, tag, source, doc]) => ({
  name,
  value: cmoHfoxNumbers[name],
  unit,
  tag,
  source,
  doc,
}));
