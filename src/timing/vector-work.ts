import { instructions } from '../../isa/instructions.ts';
import { formatBytes } from '../../isa/limits.ts';
import type { TimingParameters } from '../chip/cost-table.ts';
import type { GroupShape, Interval, IssuedOperation } from '../sequence/issued-operation.ts';
import { hasFlag } from './word.ts';

export type VectorAction = 'add' | 'multiply' | 'mac' | 'table' | 'move';

/** What a vector-unit instruction makes the lanes do. */
export interface VectorWork {
  readonly elements: number;
  /** Cycles after the start-up, all elements. */
  readonly cycles: number;
  /** Actions of every element; repeats count. */
  readonly actions: readonly VectorAction[];
}

const { VEC, ACT, RED, POOL, LOSS, MOV } = instructions;

const bytesOf = (intervals: readonly Interval[]): number => intervals.reduce((total, { from, to }) => total + (to - from), 0);

const vecActions: Readonly<Record<keyof typeof VEC.functions, VectorAction>> = {
  add: 'add',
  sub: 'add',
  mul: 'multiply',
  mac: 'mac',
  max: 'add',
  min: 'add',
  div: 'table',
  'cmp-ge': 'add',
  select: 'move',
  abs: 'add',
  neg: 'add',
  copy: 'move',
  axpy: 'mac',
  shl: 'move',
  shr: 'move',
  'add-sr': 'add',
};

function keyOf<K extends string>(functions: Readonly<Record<K, number>>, fn: number): K {
  for (const key in functions) if (functions[key] === fn) return key;
  throw new RangeError(`function code is ${fn}; want one of ${Object.values(functions).join(', ')}`);
}

function vec(operation: IssuedOperation, { lanes, divideCycles }: TimingParameters): VectorWork {
  const name = keyOf(VEC.functions, operation.fn);
  const elements = operation.length * (hasFlag(operation, VEC.flags.ROW.bit) ? operation.rows : 1);
  return { elements, cycles: Math.ceil(elements / lanes) * (name === 'div' ? divideCycles : 1), actions: [vecActions[name]] };
}

/** A derivative costs its function's table unless it follows from the output: then a multiply and a subtraction. */
function act(operation: IssuedOperation, { lanes, tableCycles }: TimingParameters): VectorWork {
  const name = keyOf(ACT.functions, operation.fn);
  const derivative = hasFlag(operation, ACT.flags.DER.bit);
  const linear = name === 'relu' || name === 'leaky';
  const fromOutput = derivative && hasFlag(operation, ACT.flags.OUT.bit) && !linear;
  const shape: readonly VectorAction[] = linear ? ['add'] : fromOutput ? ['multiply', 'add'] : ['table'];
  const passes = (linear ? 1 : fromOutput ? 2 : tableCycles) + (derivative ? 1 : 0);
  const elements = operation.length;
  return { elements, cycles: Math.ceil(elements / lanes) * passes, actions: derivative ? [...shape, 'multiply'] : shape };
}

function red(operation: IssuedOperation, { lanes }: TimingParameters): VectorWork {
  const { rows, length } = operation;
  const perRow = Math.ceil(length / lanes) + Math.ceil(Math.log2(lanes));
  const squares = operation.fn === RED.functions['sum-squares'];
  return { elements: rows * length, cycles: rows * perRow, actions: [squares ? 'mac' : 'add'] };
}

function pool(operation: IssuedOperation, { lanes }: TimingParameters): VectorWork {
  const { a, length, format } = operation;
  const backward = hasFlag(operation, POOL.flags.BWD.bit);
  const perPixel = a.kind === 'window' ? a.window.channels * a.window.kernelHeight * a.window.kernelWidth : 0;
  const elements = perPixel > 0 ? length * perPixel : bytesOf(operation.writes) / formatBytes[format];
  return { elements, cycles: Math.ceil(elements / lanes), actions: [backward ? 'move' : 'add'] };
}

/** Three passes: largest logit (or difference), exponential and sum, gradient. */
function loss(operation: IssuedOperation, { lanes, tableCycles }: TimingParameters): VectorWork {
  const elements = operation.rows * operation.length;
  const softmax = operation.fn === LOSS.functions['cross-entropy'];
  const passes = 2 + (softmax ? tableCycles : 1);
  return { elements, cycles: Math.ceil(elements / lanes) * passes, actions: ['add', softmax ? 'table' : 'multiply', 'multiply'] };
}

function mov(operation: IssuedOperation, { lanes }: TimingParameters): VectorWork {
  const scatter = operation.fn === MOV.functions.col2im;
  const fromSource = scatter || operation.fn === MOV.functions.spread;
  const columns = fromSource ? operation.reads.slice(0, 1) : operation.writes;
  const elements = bytesOf(columns) / formatBytes[operation.format];
  return { elements, cycles: Math.ceil(elements / lanes), actions: [scatter ? 'add' : 'move'] };
}

/** The group an operation works on. RangeError when it has none. */
export function groupOf({ group, mnemonic }: IssuedOperation): GroupShape {
  if (group === undefined) throw new RangeError(`${mnemonic} has no group; want one defined by GRP`);
  return group;
}

/** RangeError for an instruction no vector unit implements. */
export function vectorWork(operation: IssuedOperation, parameters: TimingParameters): VectorWork {
  switch (operation.mnemonic) {
    case 'VEC':
      return vec(operation, parameters);
    case 'ACT':
      return act(operation, parameters);
    case 'RED':
      return red(operation, parameters);
    case 'POOL':
      return pool(operation, parameters);
    case 'LOSS':
      return loss(operation, parameters);
    case 'MOV':
      return mov(operation, parameters);
    case 'QNT':
      return { elements: operation.length, cycles: Math.ceil(operation.length / parameters.lanes), actions: ['multiply'] };
    case 'MMD': {
      const { rows, columns = 1, length } = operation;
      const cycles = rows * length * Math.ceil(columns / parameters.lanes);
      return { elements: rows * length * columns, cycles, actions: ['mac'] };
    }
    case 'THA':
      return { elements: operation.length, cycles: Math.ceil(operation.length / parameters.lanes), actions: ['multiply', 'mac'] };
    case 'OPD': {
      const { rows, columns } = groupOf(operation);
      const elements = operation.length * rows * columns;
      return { elements, cycles: operation.length * rows * Math.ceil(columns / parameters.lanes), actions: ['mac'] };
    }
    default:
      throw new RangeError(`instruction is ${operation.mnemonic}; want one a vector unit implements`);
  }
}
