import type { DeviceParameter } from './cell-model.ts';
import { cmoHfoxNumbers as numbers } from './cmo-hfox-parameters.ts';
import { closedLoop } from './programming/closed-loop.ts';
import type { ProgrammingAlgorithm } from './programming/programming-algorithm.ts';
import { softBoundsSteps } from './programming/soft-bounds-step.ts';

/** Pulses of one width with what they need: the slow ones program, the fast ones are those of fully parallel updates. */
export interface PulseFamily {
  readonly name: '1us' | '60ns';
  readonly setV: number;
  readonly resetV: number;
  readonly pulseSeconds: number;
  readonly verifySeconds: number;
  /** Heat of one pulse at the symmetry point, J. */
  readonly pulseJoules: number;
  readonly peakA: number;
}

export const pulseFamilies = {
  '1us': {
    name: '1us',
    setV: 1.35,
    resetV: -1.3,
    pulseSeconds: numbers.pulseSeconds,
    verifySeconds: numbers.verifySeconds,
    pulseJoules: numbers.pulseJoules,
    peakA: 303.5e-6,
  },
  '60ns': {
    name: '60ns',
    setV: 1.6,
    resetV: -2.3,
    pulseSeconds: 60e-9,
    verifySeconds: 100e-9,
    pulseJoules: 38e-12,
    peakA: 400e-6,
  },
} as const satisfies Record<string, PulseFamily>;

/** Open-loop characterisation of Falcone 2025, as soft bounds: 22 states, 61 % skew of the symmetry point. */
export const loopNumbers = {
  loopLowS: 8e-6,
  loopHighS: 92e-6,
  stepUp: 0.0745,
  stepDown: 0.1165,
  cycleNoise: 0.9,
  gainSpread: 0.1,
  verifyNoise: 4e-4,
} as const;

const falcone = 'Falcone et al. 2025: 22 states, symmetry-point skew 61 %, noise-to-signal ratio 90 %, as soft bounds';

/** What the simulated loop rests on, for a family. */
export const loopParameters = (family: PulseFamily): readonly DeviceParameter[] => {
  const row = (
    name: string,
    value: number,
    unit: string,
    tag: DeviceParameter['tag'],
    source: string,
    doc: string,
  ): DeviceParameter => ({ name, value, unit, tag, source, doc });
  const ats = 'IBM Analog_ReRAM_Training_Simulator parameters, 1 us family';
  const choi = 'Choi et al. 2026, single device, 60 ns family';
  const fast = family.name === '60ns';
  const peak = fast
    ? 'assumed: larger than at 1 us in proportion to the voltages'
    : 'compact model, 1.35 V at the symmetry point';
  return [
    row('setV', family.setV, 'V', fast ? 'measured-secondary' : 'peer-code', fast ? choi : ats, 'potentiating pulse'),
    row('resetV', family.resetV, 'V', fast ? 'measured-secondary' : 'peer-code', fast ? choi : ats, 'depressing pulse'),
    row('peakA', family.peakA, 'A', fast ? 'assumed' : 'computed', peak, 'largest current of a cell under a pulse'),
    row(
      'stepUp',
      loopNumbers.stepUp,
      '1',
      'measured-secondary',
      falcone,
      'potentiating step mid-window, share of half the window',
    ),
    row(
      'stepDown',
      loopNumbers.stepDown,
      '1',
      'measured-secondary',
      falcone,
      'depressing step mid-window, share of half the window',
    ),
    row('cycleNoise', loopNumbers.cycleNoise, '1', 'measured-secondary', falcone, 'noise of a step as a share of it'),
    row(
      'gainSpread',
      loopNumbers.gainSpread,
      '1',
      'assumed',
      'assumed: steps differ by 10 % from cell to cell',
      'spread of steps',
    ),
    row('loopLowS', loopNumbers.loopLowS, 'S', 'assumed', 'assumed: just beyond the published levels', 'least the pulses reach'),
    row('loopHighS', loopNumbers.loopHighS, 'S', 'assumed', 'assumed: just beyond the published levels', 'most the pulses reach'),
    row(
      'verifyNoise',
      loopNumbers.verifyNoise,
      '1',
      'assumed',
      'assumed: 20 nS at 50 uS, in proportion elsewhere',
      'white noise of one verify read as a share of the conductance',
    ),
  ];
};

/** The closed loop of identical pulses; cells are found anywhere in the window. */
export function cmoHfoxLoop(family: PulseFamily, minS: number, maxS: number): ProgrammingAlgorithm {
  const { loopLowS, loopHighS, stepUp, stepDown, cycleNoise, gainSpread, verifyNoise } = loopNumbers;
  return closedLoop({
    doc: `identical ${family.name === '1us' ? '1 us' : '60 ns'} pulses of ${family.setV} V and ${family.resetV} V, a verify read after each, until inside the acceptance band`,
    peakV: Math.max(family.setV, -family.resetV),
    pulseA: family.peakA,
    ...softBoundsSteps({
      lowS: Math.min(loopLowS, minS),
      highS: Math.max(loopHighS, maxS),
      up: stepUp,
      down: stepDown,
      cycleNoise,
    }),
    gainSpread,
    verifyNoise,
    foundS: [minS, maxS],
    pulseJoules: (conductanceS) => (family.pulseJoules * conductanceS) / numbers.symmetryS,
  });
}
