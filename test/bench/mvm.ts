import { cmoHfox } from '../../src/device/cmo-hfox.ts';
import { operation, spm, testBench, testChip, testGroup, uniforms } from '../machine/support.ts';

const sizes = [64, 128, 256];
const batches = [1, 32, 256];
/** The fastest single call within this time: what the machine does when undisturbed. */
const runMilliseconds = 200;

interface Case {
  readonly size: number;
  readonly batch: number;
  readonly noise: boolean;
}

/** Microseconds per vector of one tile's MVM with 8-bit pulse-width inputs and 8-bit converters; noise = read, thermal, mismatch, INL. */
function microsecondsPerVector({ size, batch, noise }: Case): number {
  const errors = noise ? { offsetLsb: 0.5, gainError: 0.005, inlLsb: 0.3, noiseLsb: 0.3 } : {};
  const bench = testBench({ chip: testChip({ rows: size, columns: 2 * size, adc: errors }), device: cmoHfox });
  // six deviations of the sum of uniform products, so that no vector is repeated
  const adcRange = 2 * Math.sqrt(size);
  const group = testGroup(size, size, {}, { inBits: 8, adcBits: 8, adcRange, boundManagement: 3, noiseOn: noise });
  bench.program(group, uniforms(1, size * size));
  const x = uniforms(2, size * batch);
  bench.put(0, x);
  const op = operation('MVM', { group, a: spm(0), d: spm(4 * x.length), length: batch });
  const once = (): number => {
    const start = performance.now();
    bench.machine.execute(op);
    return performance.now() - start;
  };
  for (let i = 0; i < 20; i++) once();
  let best = Number.POSITIVE_INFINITY;
  for (let elapsed = 0; elapsed < runMilliseconds; ) {
    const time = once();
    best = Math.min(best, time);
    elapsed += time;
  }
  return (1e3 * best) / batch;
}

/** Prints time per vector and GFLOP/s (2 size^2 operations per vector; DAC, ADC and noise not counted) of one tile's MVM. */
export function benchMvm(print: (line: string) => void): void {
  print('tile MVM, 8 b in, 8 b out, differential pair     us/vector   GFLOP/s');
  for (const size of sizes) {
    for (const batch of batches) {
      for (const noise of [false, true]) {
        const time = microsecondsPerVector({ size, batch, noise });
        const name = `${size}x${size}, batch ${batch}, ${noise ? 'noise and converter errors' : 'without noise'}`;
        print(`${name.padEnd(48)} ${time.toFixed(2).padStart(9)} ${((2e-3 * size * size) / time).toFixed(1).padStart(9)}`);
      }
    }
  }
}
