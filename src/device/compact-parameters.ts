import type { ParameterRow } from './parameter-rows.ts';

export const compactSource = 'IBM Analog_ReRAM_Training_Simulator, IBM_CMO_HfOx_ReRAM_ngspice.sub';

/** Constants of the conductance-temperature model; C is the concentration of vacancies, per m3. */
export const compactNumbers = {
  ambientK: 293,
  heatKPerW: 1.4e6,
  seriesOhm: 223.2,
  gapM: 12e-9,
  filamentM: 11e-9,
  currentFactor: 1.44,
  attemptHz: 2e13,
  electronBarrierJ: 1.27558e-20,
  electronBarrierSlope: -3.69733e-47,
  leastHopM: 2e-9,
  hopM: 3.6369e-9,
  hopSlope: -3.0738e-35,
  driftDivisor: 12,
  ionAttemptHz: 4e12,
  ionHopM: 1e-9,
  ionCharges: 2,
  upBarrierJ: 1.49918e-19,
  upBarrierSlope: 2.28882e-45,
  downBarrierEv: 1.18,
  saturation: 1e28,
  saturationPower: 10,
  highVacancies: 7e24,
  symmetryVacancies: 1.64e25,
  lowVacancies: 3.77e25,
} as const;

const rows: readonly (readonly [keyof typeof compactNumbers, string, string])[] = [
  ['ambientK', 'K', 'ambient temperature'],
  ['heatKPerW', 'K/W', 'thermal resistance'],
  ['seriesOhm', 'ohm', 'resistance in series with the oxide'],
  ['gapM', 'm', 'thickness the field drops over'],
  ['filamentM', 'm', 'radius of the filament'],
  ['currentFactor', '1', 'factor of the current'],
  ['attemptHz', 'Hz', 'attempts of electrons to hop'],
  ['electronBarrierJ', 'J', 'barrier of electrons without vacancies'],
  ['electronBarrierSlope', 'J m3', 'its change with C'],
  ['leastHopM', 'm', 'least hop of electrons'],
  ['hopM', 'm', 'hop of electrons without vacancies'],
  ['hopSlope', 'm4', 'its change with C'],
  ['driftDivisor', '1', 'divisor of vacancy drift'],
  ['ionAttemptHz', 'Hz', 'attempts of vacancies to hop'],
  ['ionHopM', 'm', 'hop of vacancies'],
  ['ionCharges', '1', 'elementary charges of a vacancy'],
  ['upBarrierJ', 'J', 'barrier of vacancies under potentiating pulses, without vacancies'],
  ['upBarrierSlope', 'J m3', 'its change with C'],
  ['downBarrierEv', 'eV', 'barrier of vacancies under depressing pulses'],
  ['saturation', '1/m3', 'C at which drift ends'],
  ['saturationPower', '1', 'exponent of its approach'],
  ['highVacancies', '1/m3', 'C of the high-resistance state'],
  ['symmetryVacancies', '1/m3', 'C of the symmetry point'],
  ['lowVacancies', '1/m3', 'C of the low-resistance state'],
];

export const compactModelRows: readonly ParameterRow[] = rows.map(([name, unit, doc]) => [
  name,
  compactNumbers[name],
  unit,
  'peer-code',
  compactSource,
  doc,
]);
