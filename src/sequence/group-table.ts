import { type CsrName, csrs } from '../../isa/csrs.ts';
import { type Format, formats, limits } from '../../isa/limits.ts';
import type { CsrSpec } from '../../isa/spec.ts';
import type { GroupCsrs, GroupShape } from './issued-operation.ts';

type GroupCsrName = { [N in CsrName]: (typeof csrs)[N]['scope'] extends 'group' ? N : never }[CsrName];

/** Field of `GroupCsrs` each group register sets; a register without a field does not compile. */
const fieldOf = {
  IN_FORMAT: 'inFormat',
  OUT_FORMAT: 'outFormat',
  IN_UNIT: 'inUnit',
  IN_BITS: 'inBits',
  DAC_MODE: 'dacMode',
  ADC_BITS: 'adcBits',
  ADC_RANGE: 'adcRange',
  NOISE_MANAGEMENT: 'noiseManagement',
  IN_SCALE: 'inScale',
  BOUND_MANAGEMENT: 'boundManagement',
  MAPPING: 'mapping',
  SLICES: 'slices',
  SLICE_BITS: 'sliceBits',
  NOISE_ON: 'noiseOn',
  DRIFT_ON: 'driftOn',
  WEIGHT_MAX: 'weightMax',
  PROGRAM_TOLERANCE: 'programTolerance',
  PROGRAM_LIMIT: 'programLimit',
  UPDATE_LENGTH: 'updateLength',
  UPDATE_SCHEME: 'updateScheme',
  UPDATE_MANAGEMENT: 'updateManagement',
  LENGTH_MANAGEMENT: 'lengthManagement',
  UPDATE_PHASES: 'updatePhases',
  LINE_LIMIT: 'lineLimit',
  WRITE_DROP: 'writeDrop',
  DISTURB: 'disturb',
  AUTO_SCALE: 'autoScale',
  AUTO_MOMENTUM: 'autoMomentum',
  ACCUMULATE_RATE: 'accumulateRate',
  TRANSFER_RATE: 'transferRate',
  TRANSFER_THRESHOLD: 'transferThreshold',
  TRANSFER_LENGTH: 'transferLength',
  TRANSFER_READS: 'transferReads',
  TRANSFER_MOMENTUM: 'transferMomentum',
  TRANSFER_FORGET: 'transferForget',
  CHOP_PROBABILITY: 'chopProbability',
  CHOP_OUT_PROBABILITY: 'chopOutProbability',
  TAIL_WEIGHT: 'tailWeight',
  IR_DROP: 'irDrop',
  CONSTANT_ROW: 'constantRow',
} as const satisfies Record<GroupCsrName, keyof GroupCsrs>;

/** Bits of a SETC word or register, before the register's own type is applied. */
export interface CsrBits {
  readonly asFloat: number;
  readonly asInteger: number;
}

const byId: ReadonlyMap<number, readonly [CsrName, CsrSpec]> = new Map(
  (Object.entries(csrs) as [CsrName, CsrSpec][]).map(([name, spec]) => [spec.id, [name, spec]]),
);

/** Value of a register in its own type; an error sentence when it is outside the register's range. */
export function csrValue(name: string, spec: CsrSpec, bits: CsrBits): number | string | { readonly error: string } {
  if (spec.type === 'choice') {
    const choice = spec.choices?.[bits.asInteger];
    return choice ?? { error: `${name} is set to code ${bits.asInteger}; want 0 to ${(spec.choices?.length ?? 1) - 1}` };
  }
  const value = spec.type === 'float' ? bits.asFloat : bits.asInteger;
  const low = spec.min ?? Number.NEGATIVE_INFINITY;
  const high = spec.max ?? Number.POSITIVE_INFINITY;
  if (Number.isNaN(value) || value < low || value > high) return { error: `${name} is set to ${value}; want ${low} to ${high}` };
  return value;
}

/** Group shapes, their configuration and the global registers: one immutable object per group until a word changes it. */
export interface GroupTable {
  readonly format: Format;
  readonly rows: number;
  readonly columns: number;
  get(id: number): GroupShape | undefined;
  define(shape: Omit<GroupShape, 'csrs'>): void;
  offset(id: number, rowOffset: number, columnOffset: number): void;
  /** An error sentence, or undefined. */
  setCsr(csr: number, unit: number, bits: CsrBits): string | undefined;
  /** Appends everything a later word may see of it; `intern` numbers objects by content. */
  describe(intern: (object: object) => number, into: number[]): void;
}

export function createGroupTable(defaults: GroupCsrs, format: Format): GroupTable {
  const registers = new Map<number, GroupCsrs>();
  const shapes = new Map<number, GroupShape>();
  let everyGroup = defaults;
  let globalFormat = format;
  let globalRows = 1;
  let globalColumns = 1;

  const write = (unit: number, change: Partial<GroupCsrs>): void => {
    if (unit === limits.everyGroup) {
      everyGroup = { ...everyGroup, ...change };
      for (const [id, value] of registers) registers.set(id, { ...value, ...change });
    } else registers.set(unit, { ...(registers.get(unit) ?? everyGroup), ...change });
    for (const [id, shape] of shapes)
      if (unit === limits.everyGroup || id === unit) shapes.set(id, { ...shape, csrs: registers.get(id) ?? everyGroup });
  };

  return {
    get format() {
      return globalFormat;
    },
    get rows() {
      return globalRows;
    },
    get columns() {
      return globalColumns;
    },
    get: (id) => shapes.get(id),
    describe: (intern, into) => {
      into.push(formats.indexOf(globalFormat), globalRows, globalColumns, intern(everyGroup), shapes.size);
      for (const [id, shape] of shapes) into.push(id, intern(shape));
      for (const [id, csrs] of registers) into.push(id, intern(csrs));
    },
    define: (shape) => shapes.set(shape.id, { ...shape, csrs: registers.get(shape.id) ?? everyGroup }),
    offset: (id, rowOffset, columnOffset) => {
      const shape = shapes.get(id);
      if (shape !== undefined) shapes.set(id, { ...shape, rowOffset, columnOffset });
    },
    setCsr: (csr, unit, bits) => {
      const entry = byId.get(csr);
      if (entry === undefined) return `csr ${csr} does not exist; want ${[...byId.keys()].join(', ')}`;
      const [name, spec] = entry;
      const value = csrValue(name, spec, bits);
      if (typeof value === 'object') return value.error;
      if (name === 'FORMAT') globalFormat = value as Format;
      else if (name === 'ROWS') globalRows = value as number;
      else if (name === 'COLUMNS') globalColumns = value as number;
      else {
        const field = fieldOf[name];
        const flag = typeof defaults[field] === 'boolean';
        write(unit, { [field]: flag ? value === 1 : value } as Partial<GroupCsrs>);
      }
      return undefined;
    },
  };
}
