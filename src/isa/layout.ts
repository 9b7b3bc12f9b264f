import { limits } from '../../isa/limits.ts';
import { checkWhole, FieldError } from './field-error.ts';
import type { ProgramSymbol } from './program.ts';

/** Named areas of both memories, placed one after the other. */
export interface Layout {
  readonly symbols: readonly ProgramSymbol[];
  find(name: string): ProgramSymbol | undefined;
  /** Address of a new area; after the last one, or `at`. @throws FieldError for a name twice or an area past the address range. */
  place(space: 'spm' | 'dram', name: string, bytes: number, at?: number): number;
}

/** Areas begin on multiples of this many bytes in both memories. */
export const areaAlignment = limits.dramUnitBytes;

const capacity = { spm: limits.maxSpmBytes, dram: limits.dramUnitBytes * 2 ** 24 } as const;

const align = (address: number): number => Math.ceil(address / areaAlignment) * areaAlignment;

export function createLayout(): Layout {
  const symbols = new Map<string, ProgramSymbol>();
  const free = { spm: 0, dram: 0 };
  return {
    get symbols() {
      return [...symbols.values()];
    },
    find: (name) => symbols.get(name),
    place: (space, name, bytes, at) => {
      if (symbols.has(name))
        throw new FieldError({ found: `symbol ${name} a second time`, expected: 'each symbol defined once' });
      if (!/^[A-Za-z_][\w.]*$/.test(name))
        throw new FieldError({ found: `symbol ${JSON.stringify(name)}`, expected: 'letters, digits, _ and .' });
      checkWhole('size', bytes, 1, capacity[space]);
      const address = checkWhole('address', at ?? align(free[space]), 0, capacity[space]);
      checkWhole(`end of ${name}`, address + bytes, 0, capacity[space]);
      symbols.set(name, { name, space, address, bytes });
      free[space] = Math.max(free[space], address + bytes);
      return address;
    },
  };
}
