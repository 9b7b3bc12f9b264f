import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { workloadsFolder } from '../../src/cli/locate.ts';
import { nodeFiles } from '../../src/cli/node-files.ts';
import { readText } from '../../src/cli/read-text.ts';
import type { DataSplit } from '../../src/network/data/data-set.ts';
import { generateDigits } from '../../src/network/data/digits.ts';
import { noPeer, type Peer, startPeer } from './peer.ts';
import { overlayFiles, runSteps } from './training-step.ts';

const algorithms = ['sgd', 'mixed', 'ttv2', 'agad'] as const;

/** LeNet of the aihwkit comparison: no padding, 16 and 32 maps, 512-128-10. */
const lenet = `name: lenet-wide
input: [28, 28, 1]
loss: cross-entropy
layers:
  - { convolution: { channels: 16, kernel: 5 }, activation: tanh }
  - pool: { function: max, kernel: 2 }
  - { convolution: { channels: 32, kernel: 5 }, activation: tanh }
  - pool: { function: max, kernel: 2 }
  - flatten
  - { linear: 128, activation: tanh }
  - { linear: 10 }
`;
const files = overlayFiles({ 'lenet-wide': lenet });

/** Steps enough for the engine to have compiled what it will; the second half counts. */
const networks = {
  mlp: { batch: 10, learningRate: 0.05, steps: 400 },
  lenet: { batch: 8, learningRate: 0.01, steps: 160 },
} as const;

/** The shipped experiment of an algorithm, on one of the networks. */
function experimentText(network: keyof typeof networks, algorithm: string): string {
  const { batch, learningRate } = networks[network];
  const text = readText(nodeFiles, `${workloadsFolder}/experiments/peer-${algorithm}.yaml`);
  const settings = `initialisation: pytorch\n  batch: ${batch}\n  learningRate: ${learningRate}`;
  const placed = text.replace('initialisation: pytorch', settings);
  return network === 'mlp' ? placed : placed.replace(/^network: .*$/m, 'network: lenet-wide');
}

const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!;

/** The images as files for the peer; removed afterwards. */
async function withImages(data: DataSplit, work: (images: string, labels: string) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'ohmic-bench-'));
  try {
    const [images, labels] = [join(folder, 'images'), join(folder, 'labels')];
    writeFileSync(images, data.train.images);
    writeFileSync(labels, data.train.labels);
    await work(images, labels);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/**
 * Prints processor time of a training step in values, the settings of the peer experiments on the embedded digits, and beside it
 * aihwkit on the same images where Python has it.
 */
export async function benchTraining(print: (line: string) => void): Promise<void> {
  const data = generateDigits(1);
  const peer = startPeer();
  if (peer === undefined) print(noPeer);
  print('network, algorithm     ms/step  samples/s  pulses/sample  aihwkit ms/step   ratio');
  await withImages(data, async (images, labels) => {
    for (const network of Object.keys(networks) as (keyof typeof networks)[])
      for (const algorithm of algorithms) print(await line(peer, data, network, algorithm, { images, labels }));
  });
  peer?.close();
}

async function line(
  peer: Peer | undefined,
  data: DataSplit,
  network: keyof typeof networks,
  algorithm: (typeof algorithms)[number],
  paths: { readonly images: string; readonly labels: string },
): Promise<string> {
  const { batch, learningRate, steps } = networks[network];
  const { milliseconds, pulses } = runSteps(experimentText(network, algorithm), steps, files, data);
  const each = median(milliseconds.slice(steps / 2));
  const name = `${network} ${algorithm}, batch ${batch}`;
  const ours = `${name.padEnd(21)} ${each.toFixed(2).padStart(8)} ${((1000 * batch) / each).toFixed(0).padStart(10)} ${pulses.toFixed(0).padStart(14)}`;
  if (peer === undefined) return ours;
  const question = { kind: 'training', name, network, algorithm, batch, learningRate, steps: 60, ...paths };
  const { milliseconds: theirs = Number.NaN } = await peer.ask(question);
  return `${ours} ${theirs.toFixed(2).padStart(16)} ${(theirs / each).toFixed(2).padStart(7)}`;
}
