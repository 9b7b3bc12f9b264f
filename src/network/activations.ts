import type { Activation } from './layer-graph.ts';

/** Slope of leaky ReLU below zero (Maas 2013). */
export const leakySlope = 0.01;

/** Applies the activation in place. */
export function activate(values: Float32Array, activation: Activation): void {
  switch (activation) {
    case 'none':
      return;
    case 'relu':
      for (let i = 0; i < values.length; i++) values[i] = Math.max(0, values[i]!);
      return;
    case 'leaky-relu':
      for (let i = 0; i < values.length; i++) if (values[i]! < 0) values[i] = values[i]! * leakySlope;
      return;
    case 'sigmoid':
      for (let i = 0; i < values.length; i++) values[i] = 1 / (1 + Math.exp(-values[i]!));
      return;
    case 'tanh':
      for (let i = 0; i < values.length; i++) values[i] = Math.tanh(values[i]!);
      return;
  }
}

/** Multiplies `gradient` in place by the derivative, written in terms of the activation's own `output`. ReLU has slope 0 at 0. */
export function activateBackward(gradient: Float32Array, output: Float32Array, activation: Activation): void {
  switch (activation) {
    case 'none':
      return;
    case 'relu':
      // a product, not a branch: signs are random and mispredicted branches cost three times as much
      for (let i = 0; i < gradient.length; i++) gradient[i] = gradient[i]! * Number(output[i]! > 0);
      return;
    case 'leaky-relu':
      for (let i = 0; i < gradient.length; i++) if (output[i]! <= 0) gradient[i] = gradient[i]! * leakySlope;
      return;
    case 'sigmoid':
      for (let i = 0; i < gradient.length; i++) gradient[i] = gradient[i]! * output[i]! * (1 - output[i]!);
      return;
    case 'tanh':
      for (let i = 0; i < gradient.length; i++) gradient[i] = gradient[i]! * (1 - output[i]! * output[i]!);
      return;
  }
}
