import { describe, expect, it } from 'vitest';
import { formatBytes } from '../../isa/limits.ts';
import type { ChipDescription } from '../../src/chip/description.ts';
import type { MatrixStage } from '../../src/compiler/lower.ts';
import { lower } from '../../src/compiler/lower.ts';
import type { Machine } from '../../src/machine/machine.ts';
import type { Network } from '../../src/network/layer-graph.ts';
import type { IssuedOperation } from '../../src/sequence/issued-operation.ts';
import { hasFlag } from '../../src/sequence/table-lookup.ts';
import { floatsAt, runProgram } from './run-program.ts';
import { chipWith, compileRandom, networkOf, smallTiles } from './support.ts';

/** Input vectors of an MVM as its operand names them, in f64. */
function inputsOf({ a, length, group }: IssuedOperation, machine: Machine): number[] {
  const { rows, csrs } = group!;
  const read = (address: number, count: number): number[] =>
    csrs.inFormat === 'u8'
      ? [...machine.readSpm(address, count)].map((code) => code * csrs.inUnit)
      : [...floatsAt(machine, address, count)];
  if (a.kind === 'spm') return read(a.address, length * rows);
  if (a.kind !== 'window') throw new RangeError(`operand is ${a.kind}; want spm or window`);
  const { window } = a;
  const bytes = formatBytes[csrs.inFormat];
  return Array.from({ length }, (_, pixel) => {
    const top = Math.floor(pixel / window.outputWidth) * window.strideY - window.padTop;
    const left = (pixel % window.outputWidth) * window.strideX - window.padLeft;
    return Array.from({ length: window.kernelHeight * window.kernelWidth }, (_, tap) => {
      const y = top + Math.floor(tap / window.kernelWidth) * window.dilation;
      const x = left + (tap % window.kernelWidth) * window.dilation;
      const inside = y >= 0 && y < window.height && x >= 0 && x < window.width;
      const address = window.address + (y * window.width + x) * window.channels * bytes;
      return inside ? read(address, window.channels) : new Array<number>(window.channels).fill(0);
    }).flat();
  }).flat();
}

/** Largest |error| of any output of any MVM, as a multiple of 4 x 2^-24 x sqrt(n) x (sum |w x| + |bias|), and how many were checked. */
function worstError(network: Network, chip: ChipDescription): { worst: number; checked: number } {
  const { program, input } = compileRandom({ network, chip, samples: 6, seed: 3 });
  const stages = lower(network, input.parameters).filter((stage): stage is MatrixStage => stage.kind === 'matrix');
  let worst = 0;
  let checked = 0;
  let inputs: number[] = [];
  runProgram(program, chip, {
    before: (operation, machine) => {
      if (operation.mnemonic === 'MVM') inputs = inputsOf(operation, machine);
    },
    after: ({ mnemonic, flags, d, length, group }, machine) => {
      if (mnemonic !== 'MVM' || d.kind !== 'spm') return;
      const { rows, columns, weights, bias } = stages[group!.id]!;
      const outputs = floatsAt(machine, d.address, length * columns);
      for (let index = 0; index < outputs.length; index++) {
        const [vector, column] = [Math.floor(index / columns), index % columns];
        let exact = bias?.[column] ?? 0;
        let magnitude = Math.abs(exact);
        for (let row = 0; row < rows; row++) {
          const term = weights[row * columns + column]! * inputs[vector * rows + row]!;
          exact += term;
          magnitude += Math.abs(term);
        }
        if (hasFlag('MVM', 'RELU', flags)) exact = Math.max(exact, 0);
        const bound = 4 * 2 ** -24 * Math.sqrt(rows) * magnitude;
        worst = Math.max(worst, Math.abs(outputs[index]! - exact) / Math.max(bound, Number.MIN_VALUE));
        checked++;
      }
    },
  });
  return { worst, checked };
}

describe('forward pass on ideal cells and converters', () => {
  it('keeps every layer of an MLP within 4 x 2^-24 x sqrt(n) x sum |w x| of exact arithmetic', () => {
    const layers = ['{ linear: 24, activation: relu }', '{ linear: 20, activation: tanh, bias: false }', 'linear: 7'];
    for (const settings of [[], smallTiles]) {
      const { worst, checked } = worstError(networkOf([40], layers), chipWith('ideal', settings));
      // six samples and the lone image
      expect(checked).toBe(7 * (24 + 20 + 7));
      expect(worst).toBeLessThanOrEqual(1);
    }
  });

  it('keeps every layer of a convolutional network within it, borders included', () => {
    const layers = [
      '{ convolution: { channels: 3, kernel: 3, pad: 1 }, activation: relu }',
      'pool: { function: max, kernel: 2, stride: 2 }',
      '{ convolution: { channels: 4, kernel: 2, stride: 2 }, activation: leaky-relu }',
      'linear: 5',
    ];
    const { worst, checked } = worstError(networkOf([8, 8, 2], layers), chipWith('ideal', smallTiles));
    expect(checked).toBe(7 * (8 * 8 * 3 + 2 * 2 * 4 + 5));
    expect(worst).toBeLessThanOrEqual(1);
  });
});
