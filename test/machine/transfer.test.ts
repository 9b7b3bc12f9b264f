import { describe, expect, test } from 'vitest';
import { deviceNamed } from '../../src/device/devices.ts';
import { ideal } from '../../src/device/ideal.ts';
import type { GroupCsrs } from '../../src/sequence/issued-operation.ts';
import { type PulsedBench, pulsedBench, pulsedDevice, pulsedGroup } from './pulsed-bench.ts';
import { operation, spm, uniforms, value } from './support.ts';

const [rows, columns] = [4, 3];
const bufferAt = 8192;

/** A fast and a slow group of noisy cells, read through real converters; the same for every call. */
function twoGroups(csrs: Partial<GroupCsrs>, device = deviceNamed('reram-array-om')) {
  const bench = pulsedBench(device);
  const real = { noiseOn: true, adcBits: 9, adcRange: 4, inBits: 7, mapping: 'reference-cell', ...csrs } as const;
  const [fast, slow] = [pulsedGroup(rows, columns, real, 0), pulsedGroup(rows, columns, real, 1)];
  bench.program(
    fast,
    uniforms(1, 12).map((w) => w / 2),
  );
  bench.program(
    slow,
    uniforms(2, 12).map((w) => w / 2),
  );
  return { bench, fast, slow };
}

const buffer = (bench: PulsedBench, matrices = 1) => bench.floats(bufferAt, matrices * rows * columns);

describe('XFR equals its expansion', () => {
  test('tt1: RDV.row and a one-hot OPU with the transfer length', () => {
    const csrs = { transferRate: 0.3, transferLength: 7, noiseOn: true };
    const one = twoGroups(csrs);
    const xfr = one.bench.machine.execute(
      operation('XFR', { fn: 'tt1', group: one.fast, target: one.slow, d: value(2), sequence: 9 }),
    );
    const other = twoGroups(csrs);
    const { machine } = other.bench;
    const rdv = machine.execute(operation('RDV', { fn: 'row', group: other.fast, a: value(2), d: spm(64), sequence: 9 }));
    const slow = { ...other.slow, csrs: { ...other.slow.csrs, updateLength: 7 } };
    const opu = machine.execute(
      operation('OPU', { flags: ['ONE-HOT-A'], group: slow, d: value(0.3), a: value(2), b: spm(64), sequence: 9 }),
    );
    expect(one.bench.weights(one.slow)).toEqual(other.bench.weights(other.slow));
    expect(xfr).toEqual({ ...opu, readJoules: rdv.readJoules, inputActivity: rdv.inputActivity, saturations: rdv.saturations });
    expect(xfr.pulses).toBeGreaterThan(0);
  });

  test('tt2: RDV.row, VEC.axpy into the buffer, THA and PUL.row', () => {
    const csrs = { transferRate: 0.8, transferThreshold: 0.1, transferLength: 127 };
    const one = twoGroups(csrs);
    const other = twoGroups(csrs);
    for (const line of [1, 3, 1]) {
      const sequence = 20 + line;
      const at = bufferAt + 4 * columns * line;
      const fields = { group: one.fast, target: one.slow, d: value(line), a: spm(bufferAt), sequence };
      const xfr = one.bench.machine.execute(operation('XFR', { fn: 'tt2', ...fields }));
      const { machine } = other.bench;
      machine.execute(operation('RDV', { fn: 'row', group: other.fast, a: value(line), d: spm(64), sequence }));
      machine.execute(operation('VEC', { fn: 'axpy', d: spm(at), a: spm(64), b: value(csrs.transferRate), length: columns }));
      machine.execute(
        operation('THA', { fn: 'to-i8', d: spm(512), a: spm(at), b: value(csrs.transferThreshold), length: columns }),
      );
      const pul = machine.execute(operation('PUL', { fn: 'row', group: other.slow, d: value(line), a: spm(512), sequence }));
      expect(xfr).toMatchObject({ pulses: pul.pulses, pulseJoules: pul.pulseJoules, pulseSlots: pul.pulseSlots });
    }
    expect(buffer(one.bench)).toEqual(buffer(other.bench));
    expect(one.bench.weights(one.slow)).toEqual(other.bench.weights(other.slow));
  });
});

describe('the digital rules, on ideal cells', () => {
  const exact = (csrs: Partial<GroupCsrs>) => twoGroups({ noiseOn: false, adcBits: 0, inBits: 0, ...csrs }, ideal);
  type Pair = ReturnType<typeof exact>;
  const xfr = ({ bench, fast, slow }: Pair, fn: string, first: number, length = 1, sequence = 1) =>
    bench.machine.execute(
      operation('XFR', { fn, group: fast, target: slow, d: value(first), a: spm(bufferAt), length, sequence }),
    );

  test('rows wrap at the end of the matrix', () => {
    const pair = exact({ transferRate: 1, transferThreshold: 1e9 });
    xfr(pair, 'tt2', 3, 2);
    const fast = pair.bench.weights(pair.fast);
    const held = buffer(pair.bench);
    for (let i = 0; i < 12; i++) expect(held[i]).toBeCloseTo(i < 3 || i >= 9 ? fast[i]! : 0, 6);
  });

  test('momentum stays, forgetting multiplies', () => {
    const kept = exact({ transferRate: 10, transferThreshold: 0.5, transferLength: 1, transferMomentum: 0.25 });
    const forgot = exact({
      transferRate: 10,
      transferThreshold: 0.5,
      transferLength: 1,
      transferMomentum: 0.25,
      transferForget: true,
    });
    for (const pair of [kept, forgot]) xfr(pair, 'tt2', 0);
    const read = kept.bench.weights(kept.fast);
    for (let c = 0; c < columns; c++) {
      const h = 10 * read[c]!;
      const n = Math.abs(h) < 0.5 ? 0 : Math.sign(h);
      expect(buffer(kept.bench)[c]).toBeCloseTo(h - 0.75 * n * 0.5, 5);
      expect(buffer(forgot.bench)[c]).toBeCloseTo(n === 0 ? h : 0.25 * h, 5);
    }
  });

  test('tt3: the chopper changes the sign of the row after its transfer, for the update and for the read', () => {
    const pair = exact({ transferRate: 1, transferThreshold: 1e9, chopProbability: 1 });
    xfr(pair, 'tt3', 0);
    xfr(pair, 'tt3', 0, 1, 2);
    expect([...buffer(pair.bench)].slice(0, 3).every((h) => Math.abs(h) < 1e-6)).toBe(true);
    xfr(pair, 'tt3', 0, 1, 3);
    const before = pair.bench.weights(pair.fast);
    const x = new Float32Array([1, 0, 0, 0]);
    pair.bench.update(pair.fast, 0.1, x, new Float32Array([1, 0, 0]), { flags: ['CHOP'] });
    expect(pair.bench.weights(pair.fast)[0]! - before[0]!).toBeCloseTo(-0.1, 6);
  });

  test('tt4: the reference is the running mean of the last period, pulses begin after the first', () => {
    const csrs = { transferRate: 1, transferThreshold: 0.05, transferLength: 1, chopProbability: 0.5, tailWeight: 2 };
    const pair = exact(csrs);
    const start = pair.bench.weights(pair.slow);
    const read = pair.bench.weights(pair.fast);
    // period 2, beta 1: mean = last read; a constant fast group is all reference and moves nothing once references are known
    for (let sweep = 0; sweep < 2; sweep++) xfr(pair, 'tt4', 0, rows, sweep);
    const [h, mean] = [buffer(pair.bench, 3).subarray(0, 12), buffer(pair.bench, 3).subarray(12, 24)];
    for (let i = 0; i < 12; i++) expect(mean[i]).toBeCloseTo(read[i]!, 5);
    for (let sweep = 2; sweep < 8; sweep++) xfr(pair, 'tt4', 0, rows, sweep);
    const late = buffer(pair.bench, 3);
    expect(late.subarray(24, 36)).toEqual(late.subarray(12, 24));
    for (let i = 0; i < 12; i++) expect(Math.abs(late[i]!)).toBeLessThanOrEqual(Math.abs(h[i]!) + 1e-6);
    const moved = pair.bench.weights(pair.slow);
    expect(moved.every((w, i) => Math.abs(w - start[i]!) < 1e-4)).toBe(true);
  });
});

test('groups of other shapes and unknown rows trap', () => {
  const { bench, fast, slow } = twoGroups({}, pulsedDevice());
  const go = (fields: Parameters<typeof operation>[1]) => () =>
    bench.machine.execute(operation('XFR', { fn: 'tt2', group: fast, target: slow, d: value(0), a: spm(bufferAt), ...fields }));
  expect(go({ d: value(4) })).toThrow('XFR starts at row 4; the group has 4');
  expect(go({ target: fast })).toThrow('want another group of the same shape');
  expect(go({ length: 5 })).toThrow('XFR transfers 5 rows; the group has 4');
  expect(go({ a: value(0) })).toThrow('want the address of an f32 array');
});
