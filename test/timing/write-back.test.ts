import { expect, test } from 'vitest';
import { createFabric } from '../../src/timing/fabric.ts';
import type { Word } from '../../src/timing/word.ts';
import { createWriteBack, readOperands } from '../../src/timing/write-back.ts';
import { bytes, chip130, operation } from './operations.ts';

test('operands are read, and results written when they are there, through their own ports', () => {
  const fabric = createFabric(chip130);
  const reads = [bytes(0, 64), bytes(256, 64), bytes(0, 9999, 'dram')];
  const word = {
    operation: operation('VEC', { reads, writes: [bytes(0, 32), bytes(0, 500, 'dram')] }),
    slot: 0,
  } as unknown as Word;
  fabric.words.push(word);
  const finished: number[] = [];
  fabric.finish = (_, time) => void finished.push(time);
  expect(readOperands(fabric, word, 5000)).toBe(15_000);
  createWriteBack(fabric)(word, 40_000);
  fabric.engine.run(10);
  expect(finished).toEqual([45_000]);
});
