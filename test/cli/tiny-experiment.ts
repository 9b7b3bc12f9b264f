import type { Session } from './session.ts';

const side = 8;
const classes = 3;

const word = (value: number): readonly number[] => [value >>> 24, value >>> 16, value >>> 8, value].map((byte) => byte & 255);

/** IDX bytes of images that are one bright row per class. */
const images = (count: number): Uint8Array => {
  const pixels = Array.from({ length: count * side * side }, (_, at) => {
    const [image, row] = [Math.floor(at / (side * side)), Math.floor(at / side) % side];
    return row === 1 + 2 * (image % classes) ? 200 + (at % 50) : at % 20;
  });
  return Uint8Array.from([...word(0x803), ...word(count), ...word(side), ...word(side), ...pixels]);
};

const labels = (count: number): Uint8Array =>
  Uint8Array.from([...word(0x801), ...word(count), ...Array.from({ length: count }, (_, image) => image % classes)]);

/**
 * Puts a network, a data set and an experiment into the folder, small enough for a fraction of a second, and gives the words that
 * follow `run` or `compile`.
 */
export function putTinyExperiment({ put, at }: Session): readonly string[] {
  put('tiny/train-images-idx3-ubyte', images(120));
  put('tiny/train-labels-idx1-ubyte', labels(120));
  put('tiny/t10k-images-idx3-ubyte', images(30));
  put('tiny/t10k-labels-idx1-ubyte', labels(30));
  const network = put(
    'network.yaml',
    `name: tiny\ninput: [${side}, ${side}, 1]\nloss: cross-entropy\nlayers:\n  - flatten\n  - linear: ${classes}\n`,
  );
  const experiment = put(
    'tiny.yaml',
    `name: tiny\nnetwork: ${network}\ntraining: { epochs: 3, batch: 10, learningRate: 0.01 }\nages: [1 s, 1 day]\ninstances: 2\n`,
  );
  return [experiment, '--data', at('tiny')];
}
