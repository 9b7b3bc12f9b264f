import { csrs } from '../../../isa/csrs.ts';
import { formatBytes, limits } from '../../../isa/limits.ts';
import { floatImmediate, readFloatImmediate } from '../../isa/immediates.ts';
import type { Operand } from '../../isa/instruction.ts';
import { float, integer, register, window as windowOperand } from '../../isa/operands.ts';
import { outputSize } from '../../sequence/window-size.ts';
import { loadLiteral } from '../emit-loop.ts';
import { emitDram } from './emit-dram.ts';
import { emitMessage } from './emit-message.ts';
import { emitLstm, emitProducts } from './emit-recurrence.ts';
import {
  constantOperand,
  countRows,
  type GraphEmission,
  generatorOf,
  operandOf,
  type SampleMode,
  setRows,
  walkBuffer,
} from './graph-emission.ts';
import type { Step, StepOperation } from './steps.ts';

type Of<K extends StepOperation['kind']> = Extract<StepOperation, { kind: K }>;

/** Register that numbers with more than 16 significant bits pass through. */
const scratchRegister = 15;

function numberOperand({ builder }: GraphEmission, value: number): Operand {
  if (readFloatImmediate(floatImmediate(value)) === Math.fround(value)) return float(value);
  loadLiteral(builder, scratchRegister, value);
  return register(scratchRegister);
}

/** Cuts elements into pieces that a length field holds. */
function pieces(elements: number): readonly { readonly at: number; readonly length: number }[] {
  const count = Math.ceil(elements / limits.maxLength);
  const most = Math.ceil(elements / count / 16) * 16;
  return Array.from({ length: count }, (_, index) => ({ at: index * most, length: Math.min(most, elements - index * most) }));
}

/** Cuts rows into pieces that CSR ROWS holds. */
function rowPieces(rows: number): readonly { readonly at: number; readonly rows: number }[] {
  const most = csrs.ROWS.max;
  return Array.from({ length: Math.ceil(rows / most) }, (_, index) => ({
    at: index * most,
    rows: Math.min(most, rows - index * most),
  }));
}

function emitMatrix(emission: GraphEmission, step: Step, operation: Of<'matrix'>, mode: SampleMode): void {
  const { builder, matrices } = emission;
  const { matrix, bias, window, relu, biasAhead } = operation;
  const vectors = operation.vectors * mode.samples;
  if (bias !== undefined && biasAhead !== true)
    for (const piece of rowPieces(vectors)) {
      setRows(emission, piece.rows);
      const d = operandOf(emission, step.writes, mode, piece.at * matrix.columns);
      builder.emit('MOV', { fn: 'broadcast', d, a: constantOperand(emission, bias), length: matrix.columns });
    }
  const flags = [...(bias === undefined ? [] : ['ACC']), ...(relu ? ['RELU'] : [])];
  const input = step.reads[0]!;
  const a = window === undefined ? operandOf(emission, input, mode) : windowOver(emission, input, window, mode);
  const { group } = matrices.find(({ stage }) => stage === matrix)!;
  builder.emit('MVM', { flags, d: operandOf(emission, step.writes, mode), a, unit: group, length: vectors });
}

/** Window descriptors are few: each use defines the next one in turn. */
function windowOver(
  emission: GraphEmission,
  input: string,
  window: NonNullable<Of<'matrix'>['window']>,
  mode: SampleMode,
): Operand {
  const { builder, lowered, schedule, format } = emission;
  const { part, ...whole } = mode;
  const isInput = input === lowered.input;
  const generator = isInput ? walkBuffer(emission, schedule.input, whole) : generatorOf(emission, input, whole);
  const id = emission.takeWindow?.() ?? generator % limits.windowCount;
  const rowBytes = window.width * window.channels * (isInput ? 1 : formatBytes[format]);
  const rows = part && { agu: countRows(emission, outputSize(window).outputHeight, part), rows: part.rows, rowBytes };
  builder.window(id, { agu: generator, ...window, ...(rows === undefined ? {} : { part: rows }) });
  return windowOperand(id);
}

function emitVec(emission: GraphEmission, step: Step, operation: Of<'vec'>, mode: SampleMode): void {
  const { builder, format } = emission;
  const { function: fn, right, length } = operation;
  const rows = operation.rows * mode.samples;
  const input = step.reads[0]!;
  if (right?.kind === 'constant' && (rows > 1 || length <= limits.maxLength)) {
    for (const piece of rowPieces(rows)) {
      setRows(emission, piece.rows);
      const [d, a] = [step.writes, input].map((name) => operandOf(emission, name, mode, piece.at * length));
      builder.emit('VEC', { fn, flags: ['ROW'], d: d!, a: a!, b: constantOperand(emission, right.id), length });
    }
    return;
  }
  for (const piece of pieces(rows * length)) {
    const [d, a] = [step.writes, input].map((name) => operandOf(emission, name, mode, piece.at));
    const b = right === undefined ? {} : { b: rightOperand(emission, right, piece.at * formatBytes[format], piece.at, mode) };
    builder.emit('VEC', { fn, d: d!, a: a!, ...b, length: piece.length });
  }
}

function rightOperand(
  emission: GraphEmission,
  right: NonNullable<Of<'vec'>['right']>,
  byteOffset: number,
  offset: number,
  mode: SampleMode,
): Operand {
  if (right.kind === 'number') return numberOperand(emission, right.value);
  return right.kind === 'constant'
    ? constantOperand(emission, right.id, byteOffset)
    : operandOf(emission, right.name, mode, offset);
}

function emitAct(emission: GraphEmission, step: Step, { function: fn, slope, elements }: Of<'act'>, mode: SampleMode): void {
  for (const { at, length } of pieces(elements * mode.samples)) {
    const [d, a] = [step.writes, step.reads[0]!].map((name) => operandOf(emission, name, mode, at));
    const b = fn === 'leaky' ? { b: numberOperand(emission, slope) } : {};
    emission.builder.emit('ACT', { fn, d: d!, a: a!, ...b, length });
  }
}

function emitRows(emission: GraphEmission, step: Step, operation: Of<'strided' | 'spread'>, mode: SampleMode): void {
  const { kind: fn, length, pitch, from, to } = operation;
  for (const piece of rowPieces(operation.rows * mode.samples)) {
    setRows(emission, piece.rows);
    const [near, far] = [piece.at * length, piece.at * pitch];
    const d = operandOf(emission, step.writes, mode, to + (fn === 'spread' ? far : near));
    const a = operandOf(emission, step.reads[0]!, mode, from + (fn === 'strided' ? far : near));
    emission.builder.emit('MOV', { fn, d, a, b: integer(pitch), length });
  }
}

/** `length` grows with the samples of a value, `count` with those of a constant. */
function emitBroadcast(
  emission: GraphEmission,
  step: Step,
  { length, count, constant }: Of<'broadcast'>,
  mode: SampleMode,
): void {
  const rows = constant === undefined ? count : count * mode.samples;
  const own = constant === undefined ? length * mode.samples : length;
  for (const piece of rowPieces(rows)) {
    setRows(emission, piece.rows);
    const a = constant === undefined ? operandOf(emission, step.reads[0]!, mode) : constantOperand(emission, constant);
    emission.builder.emit('MOV', { fn: 'broadcast', d: operandOf(emission, step.writes, mode, piece.at * own), a, length: own });
  }
}

function emitTranspose(emission: GraphEmission, step: Step, { rows, length, times }: Of<'transpose'>, mode: SampleMode): void {
  const own = length * mode.samples;
  setRows(emission, rows);
  for (let at = 0; at < times; at++) {
    const [d, a] = [step.writes, step.reads[0]!].map((name) => operandOf(emission, name, mode, at * rows * own));
    emission.builder.emit('MOV', { fn: 'transpose', d: d!, a: a!, length: own });
  }
}

/** The data set's codes become numbers of the working format. */
function emitConvert(emission: GraphEmission, step: Step, { elements }: Of<'convert'>, mode: SampleMode): void {
  const { builder, format, unit } = emission;
  builder.csr('global', 'FORMAT', 'u8');
  for (const { at, length } of pieces(elements * mode.samples))
    builder.emit('QNT', {
      fn: format === 'bf16' ? 'to-bf16' : 'to-f32',
      d: operandOf(emission, step.writes, mode, at),
      a: operandOf(emission, step.reads[0]!, mode, at),
      b: numberOperand(emission, unit),
      length,
    });
  builder.csr('global', 'FORMAT', format);
}

/** To 16-bit codes and back: the conversion rounds to nearest, halves to even, and a code fits where a number does. */
function emitRound(emission: GraphEmission, step: Step, { scale, elements }: Of<'round'>, mode: SampleMode): void {
  const { builder, format } = emission;
  const [input, codes] = step.reads as readonly [string, string];
  const all = pieces(elements * mode.samples);
  const at = (name: string, offset: number): Operand => operandOf(emission, name, mode, offset);
  for (const { at: offset, length } of all)
    builder.emit('QNT', {
      ...{ fn: 'to-i16', d: at(codes, offset), a: at(input, offset), b: numberOperand(emission, scale), length },
    });
  builder.csr('global', 'FORMAT', 'i16');
  for (const { at: offset, length } of all)
    builder.emit('QNT', {
      ...{ fn: format === 'bf16' ? 'to-bf16' : 'to-f32', d: at(step.writes, offset), a: at(codes, offset), length },
    });
  builder.csr('global', 'FORMAT', format);
}

function emitOperation(emission: GraphEmission, step: Step, mode: SampleMode): void {
  const { builder } = emission;
  const { operation } = step;
  switch (operation.kind) {
    case 'matrix':
      emitMatrix(emission, step, operation, mode);
      break;
    case 'pool': {
      const a = windowOver(emission, step.reads[0]!, operation.window, mode);
      builder.emit('POOL', { fn: operation.function, d: operandOf(emission, step.writes, mode), a, length: operation.pixels });
      break;
    }
    case 'act':
      emitAct(emission, step, operation, mode);
      break;
    case 'vec':
      emitVec(emission, step, operation, mode);
      break;
    case 'reduce': {
      setRows(emission, operation.rows * mode.samples);
      const [d, a] = [step.writes, step.reads[0]!].map((name) => operandOf(emission, name, mode));
      builder.emit('RED', { fn: operation.function, d: d!, a: a!, length: operation.length });
      break;
    }
    case 'strided':
    case 'spread':
      emitRows(emission, step, operation, mode);
      break;
    case 'broadcast':
      emitBroadcast(emission, step, operation, mode);
      break;
    case 'transpose':
      emitTranspose(emission, step, operation, mode);
      break;
    case 'zero':
      for (const { at, length } of pieces(operation.elements))
        builder.emit('MOV', { fn: 'zero', d: operandOf(emission, step.writes, mode, at), length });
      break;
    case 'convert':
      emitConvert(emission, step, operation, mode);
      break;
    case 'product':
      emitProducts(emission, step, operation, mode);
      break;
    case 'lstm':
      emitLstm(emission, step, operation, mode);
      break;
    case 'round':
      emitRound(emission, step, operation, mode);
      break;
    case 'store':
    case 'load':
      emitDram(emission, step, operation, mode);
      break;
    case 'send':
    case 'receive':
      emitMessage(emission, step, operation, mode);
  }
}

/** Emits the words of consecutive steps, each layer's inside its region. */
export function emitSteps(emission: GraphEmission, steps: readonly Step[], mode: SampleMode): void {
  const { builder, regions } = emission;
  steps.forEach((step, index) => {
    const region = integer(regions.get(step.layer)!);
    if (steps[index - 1]?.layer !== step.layer) builder.emit('MARK', { fn: 'begin', a: region });
    const first = builder.position;
    emitOperation(emission, step, mode);
    emission.emitted?.(step, first, builder.position);
    if (steps[index + 1]?.layer !== step.layer) builder.emit('MARK', { fn: 'end', a: region });
  });
}
