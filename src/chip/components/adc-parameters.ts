import { adcKinds, adcModelOf, adcModels, adcSecondsText } from '../adc/adc-models.ts';
import { bits, choice, flag, integer, plainNumber, quantity } from '../parameter.ts';

const mismatch = 'assumed: moderate converter error of an uncalibrated column';

export const adcParameters = {
  'tile.adc.kind': choice(adcKinds, {
    doc: `energy, area and time model: ${adcModels.map(({ kind, doc }) => `${kind} (${doc})`).join(', ')}`,
    standard: 'sar',
    source: 'assumed: the common choice at 8 bits',
  }),
  'tile.adc.bits': bits({
    doc: 'output resolution, sign included',
    standard: 8,
    source: 'Khaddam-Aljameh 2022 (HERMES), Wan 2022: 8-bit outputs',
  }),
  'tile.adc.range': plainNumber({
    doc: 'output full scale in units of full-scale weight x full-scale input',
    from: 1e-3,
    to: 1e5,
    standard: 10,
    source: 'aihwkit StandardIOParameters (out_bound 10)',
  }),
  'tile.adc.conversionS': quantity('s', {
    doc: 'one conversion; for an integrating converter the integration window',
    from: 1e-12,
    to: 1e-3,
    standard: (chip) => adcModelOf(chip).seconds(chip),
    source: `assumed: ${adcSecondsText}`,
  }),
  'tile.adc.mux': integer({
    doc: 'columns that share one converter',
    from: 1,
    to: 4096,
    standard: (chip) => adcModelOf(chip).mux,
    source: 'NeuroSim default 8; oscillators, ramps and neurons one per column (HERMES, Marinella 2018, NeuRRAM)',
  }),
  'tile.adc.leastWidthM': quantity('m', {
    doc: 'least width of a converter: its columns are spread until it fits behind them; 0 = no limit',
    from: 0,
    to: 1e-3,
    standard: 4e-6,
    source: 'assumed at every node: the 4 um column pitch of the HERMES converters (Khaddam-Aljameh 2022)',
  }),
  'tile.adc.perOutput': integer({
    doc: 'converters that work on one output: 2 when both columns of a pair are converted and subtracted digitally',
    from: 1,
    to: 4,
    standard: 1,
    source: 'the pair is subtracted in analog',
  }),
  'tile.adc.overlaps': flag({
    doc: 'the array may be read again while converters still work',
    standard: (chip) => chip.tile.adc.kind !== 'charge-decrement',
    source: 'sample-and-hold frees the array; the NeuRRAM neuron is integrator and converter in one (Wan 2022)',
  }),
  'tile.adc.fixedJoules': quantity('J', {
    doc: 'energy of one conversion, kind fixed only',
    from: 0,
    to: 1e-6,
    standard: 0,
    source: 'unused unless kind is fixed',
  }),
  'tile.adc.fixedArea': quantity('m2', {
    doc: 'area of one converter, kind fixed only',
    from: 0,
    to: 1e-6,
    standard: 0,
    source: 'unused unless kind is fixed',
  }),
  'tile.adc.calibration': plainNumber({
    doc: 'multiplies the modelled conversion energy',
    from: 0.001,
    to: 1000,
    standard: 1,
    source: 'no calibration',
  }),
  'tile.adc.biasW': quantity('W', {
    doc: 'bias power of an oscillator converter, kind cco only',
    from: 0,
    to: 1,
    standard: 0.2e-3,
    source: 'assumed: fitted to the energy of the HERMES core (Khaddam-Aljameh 2022)',
  }),
  'tile.adc.countJoules': quantity('J', {
    doc: 'energy of one oscillator count, kind cco only',
    from: 0,
    to: 1e-9,
    standard: 40e-15,
    source: 'assumed: fitted to the energy of the HERMES core (Khaddam-Aljameh 2022)',
  }),
  'tile.adc.integrates': flag({
    doc: 'converts while the array is read',
    standard: (chip) => chip.tile.adc.kind === 'cco',
    source: 'Khaddam-Aljameh 2022: oscillator converters count during the input pulses',
  }),
  'tile.adc.readoutS': quantity('s', {
    doc: 'integrating converters: from the end of the window to the code',
    from: 0,
    to: 1e-3,
    standard: 3e-9,
    source: 'assumed: three cycles of 1 ns after the window (HERMES reads in 130 ns)',
  }),
  'tile.adc.offsetLsb': plainNumber({
    doc: 'offset of a column, standard deviation in LSB',
    from: 0,
    to: 100,
    standard: 0.5,
    source: mismatch,
  }),
  'tile.adc.gainError': plainNumber({
    doc: 'relative gain error of a column, standard deviation',
    from: 0,
    to: 1,
    standard: 0.005,
    source: mismatch,
  }),
  'tile.adc.inlLsb': plainNumber({ doc: 'bow of the transfer curve in LSB', from: 0, to: 100, standard: 0.3, source: mismatch }),
  'tile.adc.noiseLsb': plainNumber({
    doc: 'thermal noise of a conversion in LSB rms',
    from: 0,
    to: 100,
    standard: 0.3,
    source: 'assumed: about half a bit below the nominal resolution',
  }),
  'tile.adc.boundManagement': integer({
    doc: 'most repeats with halved input when an output saturates',
    from: 0,
    to: 10,
    standard: 3,
    source: 'assumed: aihwkit iterative bound management, capped',
  }),
} as const;
