import fc from 'fast-check';
import { expect, test } from 'vitest';
import { deviceNamed } from '../../src/device/devices.ts';
import { ideal } from '../../src/device/ideal.ts';
import { createMachine } from '../../src/machine/machine.ts';
import { createKernels } from '../../src/numeric/create-kernels.ts';
import { pulsedBench, pulsedGroup } from './pulsed-bench.ts';
import { dram, emptyProgram, operation, spm, testChip, testGroup, uniforms, value } from './support.ts';

test('switching IR drop on and off again and again takes no more memory', () => {
  const kernels = createKernels();
  const machine = createMachine({ chip: testChip(), device: ideal, kernels, program: emptyProgram, seed: 1, chipSeed: 1 });
  const [rows, columns] = [40, 24];
  machine.writeDram(0, new Uint8Array(uniforms(1, rows * columns).buffer));
  const group = (irDrop: 'off' | 'weight' | 'conductance') => testGroup(rows, columns, {}, { irDrop });
  machine.execute(operation('PRG', { fn: 'verify', group: group('off'), a: dram(0), length: rows }));
  machine.writeSpm(0, new Uint8Array(uniforms(2, rows).buffer));
  const read = (irDrop: 'off' | 'weight' | 'conductance') => {
    machine.execute(operation('MVM', { group: group(irDrop), a: spm(0), d: spm(4096) }));
    return [...new Float32Array(machine.readSpm(4096, 4 * columns).buffer)];
  };
  const first = [read('off'), read('conductance'), read('weight')];
  const taken = kernels.mark();
  for (let round = 0; round < 5; round++) expect([read('off'), read('conductance'), read('weight')]).toEqual(first);
  expect(first[0]).not.toEqual(first[1]);
  expect(kernels.mark()).toBe(taken);
});

test.each([
  'reference-cell',
  'digital-offset',
] as const)('after pulses on some rows an array with mapping %s reads as one built anew, values and joules', (mapping) => {
  const device = deviceNamed('soft-bounds');
  const [rows, columns] = [23, 10];
  const group = pulsedGroup(rows, columns, { mapping, noiseOn: true, adcBits: 8, adcRange: 4, inBits: 7 });
  const bench = pulsedBench(device);
  bench.program(group, uniforms(1, rows * columns));
  const pulse = (row: number, counts: readonly number[]) => {
    bench.machine.writeSpm(0, new Uint8Array(Int8Array.from(counts).buffer));
    bench.machine.execute(operation('PUL', { fn: 'row', group, d: value(row), a: spm(0), sequence: row }));
  };
  const anew = () => {
    const other = pulsedBench(device);
    other.machine.restore(bench.machine.save());
    return other;
  };
  const reads = [
    { mnemonic: 'MVM', a: spm(8192), d: spm(1024), length: 2 },
    { mnemonic: 'MVT', a: spm(8192), d: spm(1024), length: 2 },
    { mnemonic: 'RDV', fn: 'row', a: value(3), d: spm(1024), length: 5 },
  ] as const;
  const step = fc.record({ row: fc.nat(rows - 1), count: fc.integer({ min: -3, max: 3 }), read: fc.constantFrom(...reads) });
  fc.assert(
    fc.property(fc.array(step, { minLength: 1, maxLength: 6 }), (steps) => {
      for (const { row, count, read } of steps) {
        pulse(
          row,
          Array.from({ length: columns }, (_, c) => (c % 3 === 0 ? count : 0)),
        );
        bench.put(8192, uniforms(row, 2 * rows));
        const { mnemonic, ...fields } = read;
        const [mine, theirs] = [bench, anew()].map(({ machine, floats }) => {
          const { readJoules } = machine.execute(operation(mnemonic, { group, ...fields, sequence: 77 }));
          return { readJoules, y: floats(1024, 5 * columns) };
        });
        expect(mine).toEqual(theirs);
      }
    }),
    { seed: 3, numRuns: 25 },
  );
});
