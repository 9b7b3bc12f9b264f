import { compactNumbers as numbers } from './compact-parameters.ts';

/**
 * Conductance and temperature of a CMO/HfOx cell from its vacancy concentration: equations and constants of IBM's
 * Analog_ReRAM_Training_Simulator (IBM_CMO_HfOx_ReRAM_ngspice.sub). The cell heats in 28 ps, so temperature is quasi-static.
 */
const charge = 1.602176634e-19;
const boltzmann = 1.380649e-23;
const { ambientK, heatKPerW, seriesOhm, gapM, filamentM, attemptHz, ionAttemptHz, saturation } = numbers;

export const states = { high: numbers.highVacancies, symmetry: numbers.symmetryVacancies, low: numbers.lowVacancies } as const;

const electronBarrier = (vacancies: number): number => numbers.electronBarrierJ + numbers.electronBarrierSlope * vacancies;
const hopM = (vacancies: number): number => Math.max(numbers.leastHopM, numbers.hopM + numbers.hopSlope * vacancies);
/** Constant where vacancies drift back. */
const ionBarrier = (vacancies: number, volts: number): number =>
  volts >= 0 ? numbers.upBarrierJ + numbers.upBarrierSlope * vacancies : numbers.downBarrierEv * charge;

/** One operating point: current (A), temperature (K) and field (V/m), all as magnitudes. */
export interface OperatingPoint {
  readonly currentA: number;
  readonly kelvin: number;
  readonly field: number;
}

/** Current at `volts` through the cell and a series resistance of its select transistor: the root of I = I(F(I), T(I)), by bisection. */
export function operate(vacancies: number, volts: number, accessOhm: number): OperatingPoint {
  const size = Math.abs(volts);
  const barrier = electronBarrier(vacancies);
  const hop = hopM(vacancies);
  const prefactor = Math.PI * filamentM ** 2 * numbers.currentFactor * charge * vacancies * hop * attemptHz;
  const at = (currentA: number): OperatingPoint & { readonly flow: number } => {
    const kelvin = ambientK + heatKPerW * size * currentA;
    const field = Math.max(0, size - currentA * (seriesOhm + accessOhm)) / gapM;
    const thermal = boltzmann * kelvin;
    const flow = prefactor * Math.exp(-barrier / thermal) * 2 * Math.sinh((charge * field * hop) / (2 * thermal));
    return { currentA, kelvin, field, flow };
  };
  let [low, high] = [0, size / (seriesOhm + accessOhm)];
  for (let halving = 0; halving < 50; halving++) {
    const middle = (low + high) / 2;
    if (at(middle).flow > middle) low = middle;
    else high = middle;
  }
  const { currentA, kelvin, field } = at((low + high) / 2);
  return { currentA, kelvin, field };
}

/** Conductance read at `volts`, S. */
export const conductanceOf = (vacancies: number, volts = 0.2): number => operate(vacancies, volts, 0).currentA / volts;

/** Rate of change of the vacancy concentration, 1/(m^3 s); positive for positive voltage. */
function drift(vacancies: number, volts: number, accessOhm: number): { readonly rate: number; readonly watts: number } {
  const { currentA, kelvin, field } = operate(vacancies, volts, accessOhm);
  const thermal = boltzmann * kelvin;
  const jump = 2 * Math.sinh((numbers.ionCharges * charge * field * numbers.ionHopM) / (2 * thermal));
  const room = (1 - vacancies / saturation) ** numbers.saturationPower;
  const rate =
    (vacancies / numbers.driftDivisor) * ionAttemptHz * Math.exp(-ionBarrier(vacancies, volts) / thermal) * jump * room;
  return { rate: Math.sign(volts) * rate, watts: currentA * Math.abs(volts) };
}

/** Largest change of the concentration in one step of integration, as a share of it. */
const largestShare = 0.01;

/** Concentration and heat (J) after a rectangular pulse: midpoint rule, steps as long as the state lets them. */
export function applyPulse(
  start: number,
  volts: number,
  seconds: number,
  accessOhm: number,
): { readonly vacancies: number; readonly joules: number } {
  let [vacancies, left, joules] = [start, seconds, 0];
  while (left > 0) {
    const now = drift(vacancies, volts, accessOhm);
    const step = Math.min(left, seconds / 4, (largestShare * vacancies) / Math.max(Math.abs(now.rate), Number.MIN_VALUE));
    const middle = drift(vacancies + (now.rate * step) / 2, volts, accessOhm);
    vacancies = Math.max(1e22, vacancies + middle.rate * step);
    joules += middle.watts * step;
    left -= step;
    if (left < seconds * 1e-9) break;
  }
  return { vacancies, joules };
}

/** Concentration whose conductance at 0.2 V is `conductanceS`, by bisection of the logarithm. */
export function vacanciesOf(conductanceS: number): number {
  let [low, high] = [Math.log(1e24), Math.log(2e26)];
  for (let halving = 0; halving < 60; halving++) {
    const middle = (low + high) / 2;
    if (conductanceOf(Math.exp(middle)) < conductanceS) low = middle;
    else high = middle;
  }
  return Math.exp((low + high) / 2);
}
