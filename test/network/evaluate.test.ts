import { describe, expect, it } from 'vitest';
import { makeDataSet } from '../../src/network/data/data-set.ts';
import { generateDigits } from '../../src/network/data/digits.ts';
import { checkFit, evaluate } from '../../src/network/evaluate.ts';
import { initialise } from '../../src/network/initialise.ts';
import { parseNetwork } from '../../src/network/parse-network.ts';
import { forward } from '../../src/network/reference.ts';
import { createKernels } from '../../src/numeric/create-kernels.ts';
import { shippedNetwork } from './examples.ts';

const kernels = createKernels();
const { test } = generateDigits(1, 1, 150);
const network = shippedNetwork('mlp-784-64-10');
const parameters = initialise(kernels, network, 1);

describe('evaluate', () => {
  it('gives the logits of the reference and counts what they get right, whatever the batch', () => {
    const before = kernels.mark();
    const result = evaluate(kernels, network, parameters, test);
    expect(kernels.mark()).toBe(before);
    const inputs = Float32Array.from(test.images, (code) => code * Math.fround(test.unit));
    expect(result.logits).toEqual(forward(kernels, network, parameters, inputs).outputs);
    const right = Array.from(test.labels).filter((label, sample) => {
      const row = Array.from(result.logits.subarray(10 * sample, 10 * sample + 10));
      return row.indexOf(Math.max(...row)) === label;
    });
    expect(result.accuracy).toBe(right.length / 150);
    expect(evaluate(kernels, network, parameters, test, 7)).toEqual({ ...result, loss: expect.closeTo(result.loss, 10) });
  });
});

describe('checkFit', () => {
  const colour = makeDataSet({ name: 'colour', shape: [2, 2, 3], images: new Uint8Array(12), labels: Uint8Array.of(0) }, 10);

  it('lets a vector network take maps of its size', () => {
    const vector = parseNetwork('{ name: v, input: [12], layers: [{ linear: 10 }] }', 'v.yaml');
    expect(() => checkFit(vector, colour)).not.toThrow();
  });

  it('names what does not fit', () => {
    expect(() => checkFit(network, colour)).toThrow('colour found images of 2x2x3, expected 28x28x1, the input of mlp-784-64-10');
    expect(() => checkFit(network, { ...test, classes: 47 })).toThrow('digits-test found 47 classes, expected at most 10');
    expect(() => checkFit(network, { ...test, count: 0 })).toThrow('digits-test found 0 samples, expected at least 1');
  });
});
