import fc from 'fast-check';
import { expect, test } from 'vitest';
import { putField, readField, type WordField, wordFields, wordsPerInstruction } from '../../src/isa/word-format.ts';

fc.configureGlobal({ seed: 1 });

test('every field reads back what was put, and nothing else changes', () => {
  fc.assert(
    fc.property(fc.constantFrom(...Object.values<WordField>(wordFields)), fc.nat(0xffffff), (field, value) => {
      const words = new Uint32Array(wordsPerInstruction);
      const fitting = value % 2 ** field.bits;
      putField(words, 0, field, fitting);
      expect(readField(words, 0, field)).toBe(fitting);
      for (const other of Object.values<WordField>(wordFields)) if (other !== field) expect(readField(words, 0, other)).toBe(0);
    }),
  );
});
