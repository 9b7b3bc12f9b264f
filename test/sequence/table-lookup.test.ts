import { describe, expect, it } from 'vitest';
import { functionCode, hasFlag } from '../../src/sequence/table-lookup.ts';

describe('table lookup', () => {
  it('finds functions and flags by name', () => {
    expect(functionCode('MOV', 'broadcast')).toBe(5);
    expect(hasFlag('MVM', 'ACC', 0b001)).toBe(true);
    expect(hasFlag('MVM', 'RAW', 0b011)).toBe(false);
    expect(hasFlag('MVM', 'RAW', 0b100)).toBe(true);
  });

  it('throws for names the table lacks', () => {
    // @ts-expect-error: not a function of MOV
    expect(() => functionCode('MOV', 'rotate')).toThrow('MOV.rotate is not in the table');
    // @ts-expect-error: not a flag of MVM
    expect(() => hasFlag('MVM', 'FAST', 0)).toThrow('MVM has no flag FAST');
  });
});
