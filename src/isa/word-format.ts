/** One bit field of an instruction word. */
export interface WordField {
  /** Index of the u32 inside the 128-bit word. */
  readonly word: 0 | 1 | 2 | 3;
  readonly low: number;
  readonly bits: number;
  readonly doc: string;
}

/** The word format: four little-endian u32. No field straddles a u32; `len` is stored as three chunks, low bits first. */
export const wordFields = {
  opcode: { word: 0, low: 0, bits: 8, doc: 'operation' },
  sub: { word: 0, low: 8, bits: 6, doc: 'function code, or the number the row names' },
  flags: { word: 0, low: 14, bits: 6, doc: 'flag bits' },
  unit: { word: 0, low: 20, bits: 12, doc: 'group, vector unit, DMA channel, AGU, window or loop level' },
  dValue: { word: 1, low: 0, bits: 24, doc: 'operand D' },
  dKind: { word: 1, low: 24, bits: 2, doc: 'kind of D' },
  lengthLow: { word: 1, low: 26, bits: 6, doc: 'len bits 5:0' },
  aValue: { word: 2, low: 0, bits: 24, doc: 'operand A' },
  aKind: { word: 2, low: 24, bits: 2, doc: 'kind of A' },
  lengthMiddle: { word: 2, low: 26, bits: 6, doc: 'len bits 11:6' },
  bValue: { word: 3, low: 0, bits: 24, doc: 'operand B' },
  bKind: { word: 3, low: 24, bits: 2, doc: 'kind of B' },
  lengthHigh: { word: 3, low: 26, bits: 6, doc: 'len bits 17:12' },
} as const satisfies Readonly<Record<string, WordField>>;

export const wordsPerInstruction = 4;

export const readField = (words: Uint32Array, at: number, { word, low, bits }: WordField): number =>
  (words[at + word]! >>> low) & (2 ** bits - 1);

/** ORs a field into a word that was zero there. */
export const putField = (words: Uint32Array, at: number, { word, low }: WordField, value: number): void => {
  words[at + word] = (words[at + word]! | (value << low)) >>> 0;
};
