import { deviceNamed } from '../../src/device/devices.ts';
import { pulsedBench, pulsedGroup } from '../machine/pulsed-bench.ts';
import { operation, spm, uniforms, value } from '../machine/support.ts';

const size = 256;
const vectors = 100;
const rounds = 8;

/** Processor time of one vector's update, and the pulses it applied: the fastest of some rounds. */
function perVector(rate: number, amplitude: number): { readonly microseconds: number; readonly pulses: number } {
  const bench = pulsedBench(deviceNamed('soft-bounds'), { spmBytes: 1 << 20 });
  const group = pulsedGroup(size, size);
  bench.program(group, new Float32Array(size * size));
  const [x, d] = [uniforms(1, vectors * size), uniforms(2, vectors * size)].map((all) => all.map((v) => v * amplitude));
  bench.put(0, x!);
  bench.put(4 * x!.length, d!);
  const fields = { group, d: value(-rate), a: spm(0), b: spm(4 * x!.length), length: vectors };
  let [best, pulses] = [Number.POSITIVE_INFINITY, 0];
  for (let round = 0; round < rounds; round++) {
    const start = process.cpuUsage();
    ({ pulses } = bench.machine.execute(operation('OPU', { ...fields, sequence: round })));
    best = Math.min(best, process.cpuUsage(start).user / vectors);
  }
  return { microseconds: best, pulses: pulses / vectors };
}

/** Prints time per vector of parallel pulsed updates, soft-bounds cells with all noise, trains managed as aihwkit does. */
export function benchUpdate(print: (line: string) => void): void {
  print('256x256 soft bounds                       us/vector  pulses/vector   ns/pulse');
  for (const amplitude of [0.1, 0.3, 1]) {
    for (const rate of [0.01, 0.1]) {
      const { microseconds, pulses } = perVector(rate, amplitude);
      const name = `x, d uniform in +-${amplitude}, rate ${rate}`;
      const each = ((1e3 * microseconds) / pulses).toFixed(1);
      print(`${name.padEnd(40)} ${microseconds.toFixed(1).padStart(10)} ${pulses.toFixed(0).padStart(14)} ${each.padStart(10)}`);
    }
  }
}
