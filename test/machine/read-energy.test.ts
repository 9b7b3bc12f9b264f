import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cmoHfox } from '../../src/device/cmo-hfox.ts';
import { throughAccess } from '../../src/machine/line-conductance.ts';
import type { GroupCsrs } from '../../src/sequence/issued-operation.ts';
import { testBench, testChip, testGroup, uniforms } from './support.ts';

const readV = 0.2;
const stepS = 2e-9;

/** On-time (pulse-width, bit-serial) or squared drive (amplitude) of one input, in seconds at the read voltage. */
function onTime(x: number, { dacMode, inBits }: GroupCsrs): number {
  const levels = 2 ** (inBits - 1) - 1;
  const code = Math.abs(Math.round(x * levels));
  if (dacMode === 'bit-serial') return [...code.toString(2)].filter((bit) => bit === '1').length * stepS;
  return dacMode === 'amplitude' ? (code / levels) ** 2 * stepS : code * stepS;
}

test('read energy equals the sum over cells of V^2 G t, in every coding and mapping', () => {
  fc.assert(
    fc.property(
      fc.constantFrom<GroupCsrs['dacMode']>('pulse-width', 'bit-serial', 'amplitude'),
      fc.constantFrom<GroupCsrs['mapping']>('differential-pair', 'balanced-pair', 'digital-offset'),
      fc.integer({ min: 0, max: 5000 }),
      fc.nat(1e6),
      (dacMode, mapping, accessOhm, seed) => {
        const [rows, columns, n] = [11, 5, 3];
        const bench = testBench({ device: cmoHfox, chip: testChip({ rows: 4, columns: 6, array: { accessOhm } }) });
        const group = testGroup(
          rows,
          columns,
          { rowBlocks: 3, columnBlocks: 2 },
          { dacMode, mapping, inBits: 6, noiseManagement: 'none' },
        );
        bench.program(group, uniforms(seed, rows * columns));
        const x = uniforms(seed + 1, n * rows);
        const { activity } = bench.multiply(group, x);
        let expected = 0;
        for (const cells of bench.machine.conductances(0)) {
          for (const [i, g] of cells.entries()) {
            for (let v = 0; v < n; v++)
              expected += readV ** 2 * throughAccess(g, accessOhm) * onTime(x[v * rows + Math.floor(i / columns)]!, group.csrs);
          }
        }
        expect(activity.readJoules).toBeGreaterThanOrEqual(0);
        expect(Math.abs(activity.readJoules / expected - 1)).toBeLessThan(1e-4);
      },
    ),
    { seed: 20_250_107, numRuns: 40 },
  );
});

test('ideal inputs count as 127 levels of their share of full scale, with the scale the noise management gives', () => {
  const joules = (['abs-max', 'none'] as const).map((noiseManagement) => {
    const bench = testBench();
    const group = testGroup(2, 1, {}, { noiseManagement });
    bench.program(group, [1, 1]);
    return bench.multiply(group, [0.5, 0.25]).activity;
  });
  const cell = readV ** 2 * 2 ** -14 * 127 * stepS;
  expect(joules[0]!.readJoules / cell).toBeCloseTo(1.5, 6);
  expect(joules[1]!.readJoules / cell).toBeCloseTo(0.75, 6);
  expect(joules.map(({ inputActivity }) => inputActivity)).toEqual([0.75, 0.375]);
});

test('slices and the reference column draw current as well', () => {
  const bench = testBench({ device: cmoHfox });
  const group = testGroup(2, 2, {}, { mapping: 'reference-column', slices: 2, sliceBits: 2, inBits: 8, driftOn: false });
  bench.program(group, [0, 0, 0, 0]);
  const { activity } = bench.multiply(group, [1, 1]);
  // five cells near mid-window on each of two rows, on for 127 steps
  expect(activity.readJoules / (readV ** 2 * 127 * stepS * 10 * 48.6e-6)).toBeCloseTo(1, 2);
});
