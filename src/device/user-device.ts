import { parseWithSchema } from '../config/check-schema.ts';
import type { CellModel, DeviceParameter } from './cell-model.ts';
import { type DeviceFile, type DeviceLaw, deviceSchema } from './device-file.ts';
import { withFaults } from './faults.ts';
import { linearPulses } from './linear-pulses.ts';
import { interpolate, polynomial } from './polynomial.ts';
import { closedLoop } from './programming/closed-loop.ts';
import type { ProgrammingAlgorithm } from './programming/programming-algorithm.ts';
import { simulateProgramming } from './programming/simulated-programming.ts';
import { createStatisticalCell } from './statistical-cell.ts';

const micro = 1e-6;

const lawAt = (law: DeviceLaw, x: number): number =>
  'polynomial' in law ? polynomial(law.polynomial, x) : interpolate({ x: law.at, y: law.value }, x);

const pulseHeat = ({ pulse }: DeviceFile): ((conductanceS: number) => number) => {
  const { energy, voltage, seconds } = pulse;
  return energy === undefined ? (conductanceS) => conductanceS * voltage ** 2 * seconds : () => energy;
};

function loopOf(file: DeviceFile): ProgrammingAlgorithm | undefined {
  const { steps, window, pulse } = file;
  if (steps === undefined) return undefined;
  const { conductance: x, up, down, noise, floor, spread, verifyNoise } = steps;
  const within = (conductanceS: number): number => Math.min(window.max, Math.max(window.min, conductanceS));
  const move =
    (y: readonly number[]) =>
    (conductanceS: number, xi: number, gain: number): number => {
      const step = interpolate({ x, y }, conductanceS / micro) * gain;
      return within(conductanceS + micro * (step + (noise * Math.abs(step) + floor) * xi));
    };
  return closedLoop({
    doc: `identical pulses with the steps of ${file.name}, a verify read after each, until inside the band`,
    peakV: pulse.voltage,
    pulseA: pulse.current,
    up: move(up),
    down: move(down),
    gainSpread: spread,
    verifyNoise,
    foundS: [window.min, window.max],
    pulseJoules: pulseHeat(file),
  });
}

/** Every number of the file as a parameter of the cell, named by its path. */
function parametersOf(file: DeviceFile): readonly DeviceParameter[] {
  const units: Readonly<Record<string, string>> = {
    ...{ 'window.min': 'S', 'window.max': 'S', 'read.voltage': 'V', 'read.noise': 'S', symmetryPoint: 'S' },
    ...{ 'pulse.seconds': 's', 'pulse.verify': 's', 'pulse.voltage': 'V', 'pulse.current': 'A', 'pulse.energy': 'J' },
  };
  const found: DeviceParameter[] = [];
  const walk = (value: unknown, path: string): void => {
    if (typeof value === 'number') {
      const doc = `${path} of the device file`;
      found.push({ name: path, value, unit: units[path] ?? '1', tag: 'user', source: file.source, doc });
    } else if (typeof value === 'object' && value !== null) {
      for (const [key, inner] of Object.entries(value)) walk(inner, path === '' ? key : `${path}.${key}`);
    }
  };
  walk(file, '');
  return found;
}

/** Low-frequency read noise that does not grow with time. */
const frozenBy = (law: DeviceLaw) => () => (g: number) => Math.max(0, lawAt(law, g));

/** The cell a device file describes. */
export function createUserDevice(file: DeviceFile): CellModel {
  const { window, read, pulse, programming, relaxation, levels, faults } = file;
  const loop = loopOf(file);
  const heat = pulseHeat(file);
  const pulsed = linearPulses(file, heat((window.min + window.max) / 2));
  const { error, pulses = 20 } = programming;
  const cell = createStatisticalCell({
    kind: file.name,
    doc: file.doc === '' ? `cell of a device file (${file.source})` : file.doc,
    inaccuracies: [
      ...(relaxation === undefined ? ['no relaxation is given'] : []),
      ...(loop === undefined ? ['no steps are given: programming is not simulated pulse by pulse'] : []),
      ...(pulsed === undefined
        ? ['no update pulses: the cell cannot be trained on a chip']
        : ['training takes straight lines for the step curves; half the voltage is taken to heat like a fifth of a pulse']),
      ...(programming.pulses === undefined ? ['mean pulses for declared activity are assumed to be 20'] : []),
    ],
    parameters: parametersOf(file),
    minS: window.min,
    maxS: window.max,
    readV: read.voltage,
    pulseSeconds: pulse.seconds,
    verifySeconds: pulse.verify,
    readNoiseS: read.noise,
    ...(error === undefined ? {} : { programSigma: () => (g: number) => Math.max(0, lawAt(error, g)) }),
    ...(relaxation === undefined
      ? {}
      : {
          relaxation: (seconds: number) => {
            const log = Math.log(Math.max(seconds, 1));
            const [mean, spread] = [lawAt(relaxation.mean, log), Math.max(0, lawAt(relaxation.spread, log))];
            return (g: number, xi: number) => g + mean + spread * xi;
          },
        }),
    ...(read.lowFrequency === undefined ? {} : { frozenSigma: frozenBy(read.lowFrequency) }),
    meanPulses: () => pulses,
    pulseJoules: heat,
    ...(pulsed === undefined ? {} : { pulsed: { ...pulsed, approximate: true as const } }),
    ...(loop === undefined ? {} : { simulated: [simulateProgramming(loop, window.min, window.max)] }),
    ...(levels === undefined ? {} : { levels }),
  });
  return faults === undefined ? cell : withFaults(cell, faults);
}

/** Reads a device file. Throws InputError with every mistake as file:line:col. */
export const parseDevice = (text: string, file: string): CellModel => createUserDevice(parseWithSchema(deviceSchema, text, file));
