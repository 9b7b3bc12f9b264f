import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deviceNamed } from '../../src/device/devices.ts';
import { pulsedBench, pulsedGroup } from '../machine/pulsed-bench.ts';
import { operation, spm, uniforms, value } from '../machine/support.ts';
import { noPeer, type Peer, startPeer } from './peer.ts';
import { cpuMilliseconds } from './training-step.ts';

const size = 256;
const vectors = 100;
const rounds = 8;

interface Vectors {
  readonly x: Float32Array;
  readonly d: Float32Array;
}

const vectorsOf = (amplitude: number): Vectors => {
  const [x, d] = [uniforms(1, vectors * size), uniforms(2, vectors * size)].map((all) => all.map((v) => v * amplitude));
  return { x: x!, d: d! };
};

/** Processor time of one vector's update, and the pulses it applied: the fastest of some rounds. */
function perVector(rate: number, { x, d }: Vectors): { readonly microseconds: number; readonly pulses: number } {
  const bench = pulsedBench(deviceNamed('soft-bounds'), { spmBytes: 1 << 20 });
  const group = pulsedGroup(size, size);
  bench.program(group, new Float32Array(size * size));
  bench.put(0, x);
  bench.put(4 * x.length, d);
  const fields = { group, d: value(-rate), a: spm(0), b: spm(4 * x.length), length: vectors };
  let [best, pulses] = [Number.POSITIVE_INFINITY, 0];
  for (let round = 0; round < rounds; round++) {
    const start = cpuMilliseconds();
    ({ pulses } = bench.machine.execute(operation('OPU', { ...fields, sequence: round })));
    best = Math.min(best, (1e3 * (cpuMilliseconds() - start)) / vectors);
  }
  return { microseconds: best, pulses: pulses / vectors };
}

/** aihwkit's SoftBoundsDevice has the parameters of the cell `soft-bounds` by default. */
async function peerPerVector(peer: Peer, rate: number, { x, d }: Vectors): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'ohmic-bench-'));
  try {
    const paths = { x: join(folder, 'x'), d: join(folder, 'd') };
    writeFileSync(paths.x, x);
    writeFileSync(paths.d, d);
    const question = {
      kind: 'update',
      name: 'update',
      size,
      vectors,
      rounds,
      device: {},
      length: 31,
      managed: true,
      rate,
      ...paths,
    };
    return (await peer.ask(question)).microseconds ?? Number.NaN;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/**
 * Prints time per vector of parallel pulsed updates, soft-bounds cells with all noise, trains managed as aihwkit does; beside it aihwkit
 * on the same vectors where Python has it.
 */
export async function benchUpdate(print: (line: string) => void): Promise<void> {
  const peer = startPeer();
  if (peer === undefined) print(noPeer);
  print('256x256 soft bounds                us/vector  M cells/s  pulses/vector  ns/pulse  aihwkit us   ratio');
  for (const amplitude of [0.1, 0.3, 1]) {
    for (const rate of [0.01, 0.1]) {
      const given = vectorsOf(amplitude);
      const { microseconds, pulses } = perVector(rate, given);
      const name = `x, d uniform in +-${amplitude}, rate ${rate}`;
      const rates = `${microseconds.toFixed(1).padStart(9)} ${((size * size) / microseconds).toFixed(0).padStart(10)}`;
      const each = ((1e3 * microseconds) / pulses).toFixed(1);
      const ours = `${name.padEnd(34)} ${rates} ${pulses.toFixed(0).padStart(14)} ${each.padStart(9)}`;
      if (peer === undefined) {
        print(ours);
        continue;
      }
      const theirs = await peerPerVector(peer, rate, given);
      print(`${ours} ${theirs.toFixed(1).padStart(11)} ${(theirs / microseconds).toFixed(2).padStart(7)}`);
    }
  }
  peer?.close();
}
