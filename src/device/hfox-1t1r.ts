import type { CellModel } from './cell-model.ts';
import { coefficientRows, parameterRows } from './parameter-rows.ts';
import { polynomial } from './polynomial.ts';
import { igvva } from './programming/igvva.ts';
import { ispva } from './programming/ispva.ts';
import { simulateProgramming } from './programming/simulated-programming.ts';
import { createStatisticalCell } from './statistical-cell.ts';

const fit = 'Milo et al. 2021 (IRPS), IGVVA-100, fit in CrossSim RRAM_Milo';
const ramp = 'assumed: ramp chosen so that 100 mV rungs leave the published spread';
const usualRamp = 'assumed: 0.5 V to 2 V in steps of 0.1 V, as usual for ISPVA';
const ielmini = 'assumed: filament spread of a few per cent (Ielmini group), set above that of IGVVA as published';

/** Conductances in uS. */
const numbers = {
  minS: 50e-6,
  maxS: 225e-6,
  sigmaOffset: 4.782321,
  sigmaSlope: -0.009107,
  pulseSeconds: 1e-6,
  setV: 1.2,
  pulseA: 225e-6 * 1.2,
  erasedS: 10e-6,
  verifyNoiseS: 0.5e-6,
  whiteNoise: 0.01,
  meanPulses: 10.4,
} as const;
const quadratic = [7.063e-3, 5.711e-3, 1.541e-3, 1.388e-4];
const cubic = [1.2968e-3, 6.7919e-4, 8.871e-5];

/** Deviation (uS) of a cell programmed to g uS by IGVVA with 100 mV rungs. */
export const hfoxSigma = (g: number): number => Math.max(0, numbers.sigmaOffset + numbers.sigmaSlope * g);

/**
 * A rung of 100 mV must leave a uniform error of the published deviation: dG/dV = sqrt(12) sigma(G) / 0.1 V, and with that
 * V_T such that the ramp from 0.5 V reaches the whole window.
 */
const rootTwelve = Math.sqrt(12);
const gate = {
  startV: 0.5,
  stopV: 2.6,
  topV: numbers.setV,
  thresholdV: 0.45,
  thresholdSpreadV: 0.05,
  gainS: (rootTwelve * numbers.sigmaOffset * 1e-6) / 0.1,
  gainLoss: (-rootTwelve * numbers.sigmaSlope) / 0.1,
  cycleSpread: 0.004,
  erasedS: numbers.erasedS,
  verifyNoiseS: numbers.verifyNoiseS,
  maxRestarts: 3,
  overshootS: 25e-6,
  pulseA: numbers.pulseA,
  pulseSeconds: numbers.pulseSeconds,
};

/** Ramp of the top electrode. */
const top = {
  startV: 0.5,
  stepV: 0.1,
  stopV: 2,
  setV: 1,
  setSpreadV: 0.1,
  cycleSpreadV: 0.05,
  complianceSpread: 0.06,
  complianceMargin: 0.02,
  erasedS: numbers.erasedS,
  verifyNoiseS: numbers.verifyNoiseS,
  maxRestarts: 3,
  overshootS: 40e-6,
  pulseA: numbers.pulseA,
  pulseSeconds: numbers.pulseSeconds,
};

const algorithms = [
  igvva({
    ...gate,
    name: 'igvva-100',
    doc: 'gate ramp in rungs of 100 mV at fixed top electrode, verify read after each',
    stepV: 0.1,
  }),
  igvva({
    ...gate,
    name: 'igvva-10',
    doc: 'gate ramp in rungs of 10 mV at fixed top electrode, verify read after each',
    stepV: 0.01,
  }),
  ispva({
    ...top,
    doc: 'top-electrode ramp from 0.5 V in steps of 0.1 V under the compliance of the level, verify read after each',
  }),
];

/** I = G V + N2 V^2 + N3 V^3 (|V| <= 0.5 V), coefficients polynomials in log10 G[S]. */
function current(conductanceS: number, volts: number): number {
  const log = Math.log10(Math.max(conductanceS, 1e-7));
  const size = Math.abs(volts);
  const amperes = conductanceS * size + polynomial(quadratic, log) * size ** 2 + polynomial(cubic, log) * size ** 3;
  return Math.sign(volts) * amperes;
}

const parameters = parameterRows([
  ['minS', numbers.minS, 'S', 'peer-code', fit, 'smallest low-resistance level'],
  ['maxS', numbers.maxS, 'S', 'peer-code', fit, 'largest level'],
  ['readV', 0.2, 'V', 'assumed', 'assumed: as the other cells', 'read voltage'],
  ['sigmaOffset', numbers.sigmaOffset, 'uS', 'peer-code', fit, 'programming error, constant part'],
  ['sigmaSlope', numbers.sigmaSlope, '1', 'peer-code', fit, 'programming error, part proportional to g'],
  ['levels', 9, '1', 'assumed', 'assumed: the nine levels of Milo et al. 2021, spread evenly over the window', 'levels'],
  ['pulseSeconds', numbers.pulseSeconds, 's', 'assumed', 'assumed: pulses of 1 us', 'programming pulse'],
  ['verifySeconds', 1e-6, 's', 'assumed', 'assumed: as long as the pulse', 'verify read'],
  ['setV', numbers.setV, 'V', 'assumed', 'assumed: fixed top electrode of the gate ramp', 'top electrode'],
  ['gateStartV', gate.startV, 'V', 'assumed', 'assumed: ramp of Milo et al. 2021 from 0.5 V', 'first gate voltage'],
  ['gateStopV', gate.stopV, 'V', 'assumed', ramp, 'last gate voltage'],
  ['gateOvershootS', gate.overshootS, 'S', 'assumed', 'assumed: a seventh of the window', 'excess that is erased again'],
  ['maxRestarts', gate.maxRestarts, '1', 'assumed', 'assumed: three', 'most erasures of a cell'],
  [
    'pulseA',
    numbers.pulseA,
    'A',
    'computed',
    'largest level under the fixed top electrode',
    'largest current of a cell under a pulse',
  ],
  ['gateThresholdV', gate.thresholdV, 'V', 'assumed', ramp, 'gate threshold'],
  ['gateThresholdSpreadV', gate.thresholdSpreadV, 'V', 'assumed', 'assumed: 50 mV from cell to cell', 'its spread'],
  [
    'gateGainS',
    gate.gainS,
    'S/V',
    'computed',
    'sqrt 12 x published error / 0.1 V at zero conductance',
    'conductance per gate volt',
  ],
  ['gateLoss', gate.gainLoss, '1/V', 'computed', 'sqrt 12 x slope of the published error / 0.1 V', 'its loss with conductance'],
  ['cycleSpread', gate.cycleSpread, '1', 'assumed', 'assumed: small beside a rung', 'spread of one gate pulse'],
  ['ispvaStartV', top.startV, 'V', 'assumed', usualRamp, 'first voltage of the top-electrode ramp'],
  ['ispvaStepV', top.stepV, 'V', 'assumed', usualRamp, 'its step'],
  ['ispvaStopV', top.stopV, 'V', 'assumed', usualRamp, 'its last voltage'],
  ['ispvaSetV', top.setV, 'V', 'assumed', 'assumed: usual HfO2 set voltage', 'mean set voltage of the top-electrode ramp'],
  ['ispvaSetSpreadV', top.setSpreadV, 'V', 'assumed', 'assumed: 100 mV from cell to cell', 'its spread'],
  ['ispvaCycleSpreadV', top.cycleSpreadV, 'V', 'assumed', 'assumed: half of that from cycle to cycle', 'its spread in a cell'],
  ['ispvaSpread', top.complianceSpread, '1', 'assumed', ielmini, 'spread of the conductance under compliance'],
  ['ispvaMargin', top.complianceMargin, '1', 'assumed', 'assumed: 2 %', 'excess of the compliance over the target'],
  ['ispvaOvershootS', top.overshootS, 'S', 'assumed', 'assumed: wider than that of the gate ramp', 'excess that is erased again'],
  ['erasedS', numbers.erasedS, 'S', 'assumed', 'assumed: high-resistance state', 'conductance after erasing'],
  ['verifyNoiseS', numbers.verifyNoiseS, 'S', 'assumed', 'assumed: 0.5 uS', 'noise of a verify read'],
  ['whiteNoise', numbers.whiteNoise, '1', 'assumed', 'assumed: aihwkit w_noise of about 0.01', 'read noise, share of the window'],
  ['meanPulses', numbers.meanPulses, '1', 'computed', 'simulated gate ramp of 100 mV over the window', 'mean pulses'],
  ...coefficientRows('quadratic', quadratic, '1', 'peer-code', fit, 'quadratic current against log10 G'),
  ...coefficientRows('cubic', cubic, '1', 'peer-code', fit, 'cubic current against log10 G'),
]);

/** HfO2 1T1R cells of Milo et al. 2021 (IHP, 4 kbit): gate-controlled program and verify. */
export const hfox1t1r: CellModel = createStatisticalCell({
  kind: 'hfox-1t1r',
  doc: 'HfO2 1T1R ReRAM of Milo et al. 2021 (Ielmini group, 4-kbit array): programming error of the published fit, pulse counts of the simulated gate ramp.',
  inaccuracies: [
    'no relaxation: the paper characterises cells right after programming',
    'the high-resistance state is not used as a level',
    'the simulated ramps are reconstructions: the paper gives their outcome, not their statistics rung by rung',
    'the acceptance of the chip is not used: a ramp is as fine as its rungs',
    'the erasing pulse before a ramp begins again is charged neither time nor heat',
  ],
  parameters,
  minS: numbers.minS,
  maxS: numbers.maxS,
  readV: 0.2,
  pulseSeconds: numbers.pulseSeconds,
  verifySeconds: 1e-6,
  readNoiseS: numbers.whiteNoise * (numbers.maxS - numbers.minS),
  levels: 9,
  programSigma: () => hfoxSigma,
  meanPulses: () => numbers.meanPulses,
  pulseJoules: (conductanceS) => Math.min(numbers.pulseA, numbers.setV * conductanceS) * numbers.setV * numbers.pulseSeconds,
  simulated: algorithms.map((algorithm) => simulateProgramming(algorithm, numbers.minS, numbers.maxS)),
  current,
});
