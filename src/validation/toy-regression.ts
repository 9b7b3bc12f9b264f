import type { CellModel } from '../device/cell-model.ts';
import { createProgramBuilder, type ProgramBuilder } from '../isa/builder.ts';
import { agu, float, integer, literal, register, spm } from '../isa/operands.ts';
import { createStream } from '../numeric/philox.ts';
import { purposes } from '../numeric/purposes.ts';
import { runTraining } from './training-program.ts';

export type ToyAlgorithm = 'sgd' | 'tt1' | 'tt2' | 'tt3' | 'tt4' | 'mixed';

/** A linear map of 20 inputs to 10 outputs, learnt on the chip from random examples. */
export interface ToyRegression {
  readonly algorithm: ToyAlgorithm;
  readonly device: CellModel;
  readonly samples: number;
  readonly rate: number;
  readonly fastRate: number;
  readonly trainLength: number;
  /** References of both groups stand at the symmetry points of their cells. */
  readonly shifted: boolean;
  readonly seed: number;
}

const [inputs, outputs] = [20, 10];
/** 8-bit converters of range 10 with output noise 0.04. */
const settings = ['tile.input.bits=8', 'tile.adc.bits=8', 'tile.adc.range=10', `tile.adc.noiseLsb=${(0.04 * 254) / 20}`];

interface Place {
  readonly x: number;
  readonly target: number;
  readonly d: number;
  readonly buffer: number;
  readonly counts: number;
}

function emitUpdate(builder: ProgramBuilder, toy: ToyRegression, at: Place): void {
  const { algorithm, rate, fastRate, device } = toy;
  const operands = { a: spm(at.x), b: spm(at.d) };
  switch (algorithm) {
    case 'sgd':
      builder.emit('OPU', { fn: 'stochastic', unit: 0, d: float(-rate), ...operands });
      return;
    case 'mixed':
      builder.emit('OPD', { unit: 0, d: spm(at.buffer), ...operands });
      builder.emit('THA', {
        ...{ fn: 'to-i8', d: spm(at.counts), a: spm(at.buffer), b: float(device.pulsed!.granularity) },
        length: inputs * outputs,
      });
      builder.emit('PUL', { fn: 'matrix', unit: 0, a: spm(at.counts), length: inputs });
      return;
    default: {
      const chopped = algorithm === 'tt3' || algorithm === 'tt4';
      builder.emit('OPU', { fn: 'stochastic', flags: chopped ? ['CHOP'] : [], unit: 1, d: float(-fastRate), ...operands });
      const buffer = algorithm === 'tt1' ? integer(0) : spm(at.buffer);
      builder.emit('XFR', { fn: algorithm, unit: 1, d: register(1), a: buffer, b: integer(0) });
    }
  }
}

function configure(builder: ProgramBuilder, { algorithm, rate, trainLength, device }: ToyRegression): void {
  const constant = (name: Parameters<ProgramBuilder['csr']>[1], value: number): void => {
    builder.emit('SETR', { fn: 'lit', d: register(2), ...literal(value) });
    builder.csr('all', name, register(2));
  };
  builder.csr('all', 'MAPPING', 'reference-cell');
  builder.csr('all', 'NOISE_MANAGEMENT', 'abs-max');
  builder.csr('all', 'UPDATE_LENGTH', trainLength);
  constant('ACCUMULATE_RATE', -rate);
  // the buffer counts granularities of the fast cell
  constant('TRANSFER_RATE', algorithm === 'tt1' ? rate : rate / device.pulsed!.granularity);
  if (algorithm === 'tt1') builder.csr('all', 'TRANSFER_LENGTH', trainLength);
  // aihwkit's presets scale the fast cells' updates to their trains
  if (algorithm === 'tt2' || algorithm === 'tt3' || algorithm === 'tt4') builder.csr(1, 'AUTO_SCALE', 1);
  if (algorithm === 'tt3' || algorithm === 'tt4') constant('CHOP_PROBABILITY', 0.1);
}

/** Root-mean-square error of the weights after training; 0.231 before it. */
export function toyRegression(toy: ToyRegression): number {
  const { samples, seed, shifted, device } = toy;
  const stream = createStream(seed, purposes.training);
  const wanted = Float32Array.from({ length: inputs * outputs }, () => 0.4 * (2 * stream.uniform() - 1));
  const x = Float32Array.from({ length: samples * inputs }, () => 2 * stream.uniform() - 1);
  const y = new Float32Array(samples * outputs);
  for (let s = 0; s < samples; s++)
    for (let r = 0; r < inputs; r++)
      for (let c = 0; c < outputs; c++) y[s * outputs + c] = y[s * outputs + c]! + x[s * inputs + r]! * wanted[r * outputs + c]!;
  const builder = createProgramBuilder('toy-regression.oasm');
  const bytes = (values: Float32Array): Uint8Array => new Uint8Array(values.buffer);
  const data = (id: number, name: string, values: Float32Array, stride: number): void =>
    builder.agu(id, {
      space: 'dram',
      base: builder.dram(name, values.byteLength, bytes(values)),
      strides: stride === 0 ? [] : [{ level: 0, bytes: stride }],
    });
  data(0, 'start', new Float32Array(inputs * outputs), 0);
  data(1, 'examples', x, 4 * inputs);
  data(2, 'answers', y, 4 * outputs);
  const at: Place = {
    x: builder.spm('x', 4 * inputs),
    target: builder.spm('target', 4 * outputs),
    d: builder.spm('d', 4 * outputs),
    buffer: builder.spm('buffer', 3 * 4 * inputs * outputs),
    counts: builder.spm('counts', inputs * outputs),
  };
  configure(builder, toy);
  for (const id of [0, 1]) {
    builder.group({ id, firstTile: id, rowBlocks: 1, columnBlocks: 1, rows: inputs, columns: outputs });
    builder.emit('PRG', { fn: 'verify', unit: id, a: agu(0), length: inputs });
    if (!shifted) continue;
    builder.emit('PRG', { fn: 'zero-shift', unit: id, a: agu(0), length: inputs });
    builder.emit('PRG', { fn: 'verify', unit: id, a: agu(0), length: inputs });
  }
  builder.loop(0, samples, () => {
    builder.emit('DLD', { d: spm(at.x), a: agu(1), length: 4 * inputs });
    builder.emit('DLD', { d: spm(at.target), a: agu(2), length: 4 * outputs });
    builder.emit('MVM', { d: spm(at.d), a: spm(at.x), unit: 0, length: 1 });
    builder.emit('VEC', { fn: 'sub', d: spm(at.d), a: spm(at.d), b: spm(at.target), length: outputs });
    // gradient of the mean squared error over the outputs
    builder.emit('VEC', { fn: 'mul', d: spm(at.d), a: spm(at.d), b: float(2 / outputs), length: outputs });
    emitUpdate(builder, toy, at);
  });
  builder.emit('HALT');
  const learnt = runTraining({ program: builder.build(), device, seed, size: 32, settings }).weights(0);
  return Math.sqrt(learnt.reduce((sum, weight, i) => sum + (weight - wanted[i]!) ** 2, 0) / learnt.length);
}
