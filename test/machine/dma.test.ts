import { expect, test } from 'vitest';
import { dram, emptyProgram, operation, spm, testBench, value } from './support.ts';

const bytes = Uint8Array.from({ length: 64 }, (_, i) => i);

test('the data image is in DRAM before the first instruction, and rows are gathered by their pitch', () => {
  const { machine } = testBench({ program: { ...emptyProgram, data: [{ address: 4096, bytes }] } });
  machine.execute(operation('DLD', { fn: 3, a: dram(4097), d: spm(10), b: value(16), length: 2 }));
  expect([...machine.readSpm(10, 6)]).toEqual([1, 2, 17, 18, 33, 34]);
});

test('stores scatter rows, or add f32 to what is there', () => {
  const { machine, put } = testBench();
  machine.writeSpm(0, bytes);
  machine.execute(operation('DST', { fn: 2, a: spm(0), d: dram(100), b: value(8), length: 3 }));
  expect([...machine.readDram(100, 11)]).toEqual([0, 1, 2, 0, 0, 0, 0, 0, 3, 4, 5]);
  put(64, [1.5, -2]);
  const add = operation('DST', { flags: ['A'], a: spm(64), d: dram(256), length: 8 });
  machine.execute(add);
  machine.execute(add);
  expect([...new Float32Array(machine.readDram(256, 8).buffer)]).toEqual([3, -4]);
});

test('a pitch left out means packed rows', () => {
  const { machine } = testBench();
  machine.writeDram(0, bytes);
  machine.execute(operation('DLD', { fn: 2, a: dram(0), d: spm(0), length: 4 }));
  expect([...machine.readSpm(0, 8)]).toEqual([...bytes.slice(0, 8)]);
});

test('what cannot be moved traps', () => {
  const { machine } = testBench();
  const load = (fields: object) => () => machine.execute(operation('DLD', { a: dram(0), d: spm(0), length: 8, ...fields }));
  expect(load({ d: spm(2 ** 20 - 4) })).toThrow('the scratchpad has 1048576');
  expect(load({ a: dram(2 ** 32 - 4) })).toThrow('addresses end at 4294967296');
  expect(load({ a: spm(0) })).toThrow('operand A is a spm operand; want a DRAM address');
  expect(load({ flags: ['G'] })).toThrow('gather');
  expect(() => machine.execute(operation('DST', { flags: ['A'], a: spm(0), d: dram(0), length: 6 }))).toThrow(
    'adds rows of 6 bytes',
  );
});
