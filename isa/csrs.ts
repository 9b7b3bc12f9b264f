import { formats } from './limits.ts';
import type { CsrTable } from './spec.ts';

/**
 * Configuration registers. Group registers start with the values the chip description gives its tiles;
 * a program writes only what differs. Bits 0 means an ideal (unquantised) converter.
 */
export const csrs = {
  IN_FORMAT: { id: 0, scope: 'group', type: 'choice', choices: formats, doc: 'element format of the input vectors' },
  OUT_FORMAT: { id: 1, scope: 'group', type: 'choice', choices: formats, doc: 'element format of the output vectors' },
  IN_UNIT: { id: 2, scope: 'group', type: 'float', doc: 'value of one code of an integer input format (u8 pixels: 1/255)' },
  IN_BITS: { id: 3, scope: 'group', type: 'integer', min: 0, max: 16, doc: 'input resolution in bits, sign included; 0 = ideal' },
  DAC_MODE: {
    id: 4,
    scope: 'group',
    type: 'choice',
    choices: ['pulse-width', 'bit-serial', 'amplitude'],
    doc: 'how an input code becomes read pulses',
  },
  ADC_BITS: {
    id: 5,
    scope: 'group',
    type: 'integer',
    min: 0,
    max: 16,
    doc: 'output resolution in bits, sign included; 0 = ideal',
  },
  ADC_RANGE: {
    id: 6,
    scope: 'group',
    type: 'float',
    min: 0,
    doc: 'output full scale b_out, in units of (full-scale weight x full-scale input)',
  },
  NOISE_MANAGEMENT: {
    id: 7,
    scope: 'group',
    type: 'choice',
    choices: ['none', 'abs-max', 'constant'],
    doc: 'input scaling per vector: none (full scale 1), its absolute maximum, or IN_SCALE',
  },
  IN_SCALE: { id: 8, scope: 'group', type: 'float', min: 0, doc: 'input full scale under constant noise management' },
  BOUND_MANAGEMENT: {
    id: 9,
    scope: 'group',
    type: 'integer',
    min: 0,
    max: 10,
    doc: 'most retries with halved input when an output saturates',
  },
  MAPPING: {
    id: 10,
    scope: 'group',
    type: 'choice',
    choices: ['differential-pair', 'balanced-pair', 'reference-column', 'digital-offset'],
    doc: 'how a signed weight becomes conductances',
  },
  SLICES: { id: 11, scope: 'group', type: 'integer', min: 1, max: 8, doc: 'number of weight slices; 1 = unsliced' },
  SLICE_BITS: {
    id: 12,
    scope: 'group',
    type: 'integer',
    min: 0,
    max: 8,
    doc: 'bits per weight slice; 0 with one slice = analog weight',
  },
  NOISE_ON: { id: 13, scope: 'group', type: 'integer', min: 0, max: 1, doc: 'per-read noise and converter errors on' },
  DRIFT_ON: { id: 14, scope: 'group', type: 'integer', min: 0, max: 1, doc: 'relaxation and frozen read noise on' },
  WEIGHT_MAX: {
    id: 15,
    scope: 'group',
    type: 'float',
    min: 0,
    doc: 'weight that maps to full-scale conductance; output is rescaled by it',
  },
  PROGRAM_TOLERANCE: {
    id: 16,
    scope: 'group',
    type: 'float',
    min: 0,
    max: 1,
    doc: 'acceptance of program-and-verify, relative to the target',
  },
  PROGRAM_LIMIT: {
    id: 17,
    scope: 'group',
    type: 'integer',
    min: 1,
    max: 100000,
    doc: 'most pulses per cell before it counts as failed',
  },
  UPDATE_LENGTH: { id: 18, scope: 'group', type: 'integer', min: 1, max: 127, doc: 'longest pulse train of OPU (BL)' },
  IR_DROP: {
    id: 19,
    scope: 'group',
    type: 'choice',
    choices: ['off', 'conductance', 'weight'],
    doc: 'IR-drop approximation; where one device holds a weight its line current follows the conductance, or (as aihwkit has it) |weight|',
  },
  FORMAT: { id: 32, scope: 'global', type: 'choice', choices: formats, doc: 'element format of vector-unit operands' },
  ROWS: {
    id: 33,
    scope: 'global',
    type: 'integer',
    min: 1,
    max: 65536,
    doc: 'row vectors handled by row-wise vector instructions',
  },
} as const satisfies CsrTable;

export type CsrName = keyof typeof csrs;
