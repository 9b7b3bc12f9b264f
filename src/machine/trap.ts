import type { IssuedOperation } from '../sequence/issued-operation.ts';

/**
 * The program asked for something the machine cannot do. Internal: whoever runs the machine turns it into a `trapped`
 * ending with the source line of the word; it never reaches a user as an exception.
 */
export class Trap extends Error {
  readonly word: number;
  readonly reason: string;
  constructor(word: number, reason: string) {
    super(`word ${word}: ${reason}`);
    this.name = 'Trap';
    this.word = word;
    this.reason = reason;
  }
}

export const trap = (op: Pick<IssuedOperation, 'word' | 'mnemonic'>, reason: string): Trap =>
  new Trap(op.word, `${op.mnemonic} ${reason}`);
