import { describe, expect, test } from 'vitest';
import { moments } from '../../src/numeric/moments.ts';
import { pulsedBench, pulsedDevice, pulsedGroup } from './pulsed-bench.ts';
import { operation, spm, uniforms } from './support.ts';

const soft = { granularity: 0.05, slopeUp: 1, slopeDown: 1, upDown: -0.3, upperSpread: 0.1, lowerSpread: 0.1 };
const [rows, columns, pairs] = [8, 6, 300];

function searched(csrs: object, flags: readonly string[] = [], device = pulsedDevice(soft)) {
  const bench = pulsedBench(device);
  const group = pulsedGroup(rows, columns, { mapping: 'reference-cell', noiseOn: true, ...csrs });
  bench.program(group, uniforms(1, rows * columns));
  const activity = bench.machine.execute(operation('CAL', { fn: 'symmetry-point', flags, group, d: spm(4096), length: pairs }));
  return { bench, group, activity, means: bench.floats(4096, columns) };
}

describe('CAL.symmetry-point', () => {
  test('brings every cell to the point where pulses cancel and says where each column stands', () => {
    const { bench, activity, means } = searched({});
    expect(activity).toMatchObject({ pulses: (2 * pairs + 1) * rows * columns, pulseSlots: Float64Array.of(2 * pairs + 1) });
    expect(activity.readJoules).toBeGreaterThan(0);
    const held = bench.weights();
    expect(moments([...held]).mean).toBeLessThan(-0.1);
    for (const [column, mean] of means.entries()) {
      const cells = held.filter((_, at) => at % columns === column);
      // the last pulse was an up pulse: cells stand half a step above the point
      expect(Math.abs(mean - moments([...cells]).mean)).toBeLessThan(0.04);
    }
  });

  test('with W programs the references there, so that weights of 0 stay under alternating pulses', () => {
    const { bench, group, activity } = searched({}, ['W']);
    expect(activity.programSteps!.length).toBe(1);
    expect(activity.verifyReads).toBeGreaterThan(0);
    for (const weight of bench.weights()) expect(Math.abs(weight)).toBeLessThan(0.04);
    const wanted = uniforms(2, rows * columns).map((weight) => weight / 4);
    bench.program(group, wanted);
    for (const [at, weight] of bench.weights().entries()) expect(weight).toBeCloseTo(wanted[at]!, 5);
  });

  test('sees the points through the converters: a coarse one makes coarse references', () => {
    const deviation = (adcBits: number): number =>
      moments([...searched({ adcBits, adcRange: 2 }, ['W']).bench.weights()]).deviation;
    expect(deviation(4)).toBeGreaterThan(1.5 * deviation(0));
  });

  test('traps without references to write, for transposed reads and for cells without pulses', () => {
    expect(() => searched({ mapping: 'digital-offset' }, ['W'])).toThrow('want reference-cell');
    expect(searched({ mapping: 'digital-offset' }).activity.pulses).toBeGreaterThan(0);
    expect(() => searched({}, ['T'])).toThrow('transposed symmetry-point');
    expect(() => searched({}, [], { ...pulsedDevice(soft), pulsed: undefined } as never)).toThrow('no pulse response');
  });
});
