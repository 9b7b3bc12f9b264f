import { describe, expect, test } from 'vitest';
import { cmoHfox } from '../../src/device/cmo-hfox.ts';
import { deviceNamed } from '../../src/device/devices.ts';
import { createDram } from '../../src/machine/dram.ts';
import { type PulsedBench, pulsedBench, pulsedGroup } from './pulsed-bench.ts';
import { dram, operation, spm, testGroup, uniforms, value } from './support.ts';

const csrs = {
  noiseOn: true,
  adcBits: 8,
  adcRange: 4,
  mapping: 'reference-cell',
  updateScheme: 'half-v',
  autoScale: 1,
  transferThreshold: 0.05,
  chopProbability: 0.3,
} as const;
const [fast, slow] = [pulsedGroup(6, 4, csrs, 0), pulsedGroup(6, 4, csrs, 1)];
const device = deviceNamed('reram-array-om');

function start(): PulsedBench {
  const bench = pulsedBench(device);
  bench.program(fast, uniforms(1, 24));
  bench.machine.execute(operation('PRG', { fn: 'zero-shift', group: fast, a: dram(0), length: 6, sequence: 2 }));
  bench.program(slow, uniforms(2, 24));
  return bench;
}

function train(bench: PulsedBench, from: number, to: number): void {
  for (let step = from; step < to; step++) {
    bench.update(fast, 0.5, uniforms(step, 6), uniforms(step + 500, 4), { flags: ['CHOP'], sequence: 10 * step });
    const fields = { group: fast, target: slow, d: value(step % 6), a: spm(4096), sequence: 10 * step + 1 };
    bench.machine.execute(operation('XFR', { fn: 'tt3', ...fields }));
    bench.machine.execute(operation('DST', { d: dram(70_000), a: spm(4096), length: 96 }));
  }
}

const bytesOf = (bench: PulsedBench) => [
  bench.machine.conductances(0),
  bench.machine.conductances(1),
  bench.machine.readSpm(0, 8192),
  bench.machine.readDram(70_000, 96),
  bench.machine.endurance(0),
  bench.machine.special(53),
];

test('a restored machine goes on with the same bytes', () => {
  const whole = start();
  train(whole, 0, 30);
  const first = start();
  train(first, 0, 12);
  const saved = structuredClone(first.machine.save());
  train(first, 12, 15);
  const second = pulsedBench(device);
  second.machine.restore(saved);
  train(second, 12, 30);
  expect(bytesOf(second)).toEqual(bytesOf(whole));
  const x = uniforms(77, 6);
  expect(second.multiply(slow, x).y).toEqual(whole.multiply(slow, x).y);
});

test('cells that are not pulsed, their calibration and age come back too', () => {
  const group = testGroup(3, 2, {}, { adcBits: 8, adcRange: 4 });
  const make = () => pulsedBench(cmoHfox);
  const first = make();
  first.program(group, uniforms(1, 6));
  first.machine.execute(operation('DLY', { flags: ['AGE'], fn: 4, a: value(100) }));
  first.machine.execute(operation('CAL', { fn: 'adc-offset', flags: ['W'], group, length: 4 }));
  const second = make();
  second.machine.restore(first.machine.save());
  expect(second.machine.ageSeconds).toBe(1600);
  expect(second.multiply(group, [1, 0.5, -1], { sequence: 5 }).y).toEqual(first.multiply(group, [1, 0.5, -1], { sequence: 5 }).y);
});

test('a state of another machine is refused', () => {
  const saved = start().machine.save();
  expect(() => pulsedBench(device, { spmBytes: 1 << 19 }).machine.restore(saved)).toThrow('saved scratchpad has 1048576 bytes');
  expect(() => pulsedBench(cmoHfox).machine.restore(saved)).toThrow('device is cmo-hfox; want one with a pulse response');
});

describe('DRAM pages', () => {
  test('only what the program wrote is saved', () => {
    const image = createDram([{ name: 'x', address: 0, bytes: new Uint8Array(200_000).fill(7) } as never]);
    expect(image.writtenPages()).toEqual([]);
    image.write(65_530, Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8));
    expect(image.writtenPages().map(({ page }) => page)).toEqual([0, 1]);
    const other = createDram([]);
    other.restorePages(image.writtenPages());
    const bytes = new Uint8Array(10);
    other.read(65_529, bytes);
    expect([...bytes]).toEqual([7, 1, 2, 3, 4, 5, 6, 7, 8, 7]);
  });
});
