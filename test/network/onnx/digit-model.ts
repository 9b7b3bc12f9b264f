import { modelBytes, tensor } from './build-model.ts';

const waves = (count: number, phase: number): number[] =>
  Array.from({ length: count }, (_, at) => Math.sin(at * 1.7 + phase) / 3);

/** A small convolutional network on square images of one channel, with a residual: made of waves, good for no task. */
export function digitModelOn(side: number): Uint8Array {
  const out = Math.floor((side - 3) / 2) + 1;
  return modelBytes({
    input: [1, 1, side, side],
    nodes: [
      { op: 'Conv', inputs: ['x', 'w', 'b'], output: 'conv', attributes: { strides: [2, 2] } },
      { op: 'Relu', inputs: ['conv'], output: 'relu' },
      { op: 'Conv', inputs: ['relu', 'v'], output: 'deep', attributes: { pads: [1, 1, 1, 1] } },
      { op: 'Add', inputs: ['deep', 'relu'], output: 'sum' },
      { op: 'Flatten', inputs: ['sum'], output: 'flat' },
      { op: 'Gemm', inputs: ['flat', 'm'], output: 'y' },
    ],
    constants: [
      tensor('w', [4, 1, 3, 3], waves(36, 0)),
      tensor('b', [4], waves(4, 1)),
      tensor('v', [4, 4, 3, 3], waves(144, 2)),
      tensor('m', [4 * out * out, 10], waves(40 * out * out, 3)),
    ],
  });
}

export const digitModel = digitModelOn(28);
