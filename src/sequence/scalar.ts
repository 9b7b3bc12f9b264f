import { functionCode } from './table-lookup.ts';

/** SETR on the f32 view; results round to f32 when stored. Comparisons give 1 or 0. */
export function computeFloat(fn: number, a: number, b: number): number {
  switch (fn) {
    case functionCode('SETR', 'mov'):
      return a;
    case functionCode('SETR', 'add'):
      return a + b;
    case functionCode('SETR', 'sub'):
      return a - b;
    case functionCode('SETR', 'mul'):
      return a * b;
    case functionCode('SETR', 'min'):
      return Math.min(a, b);
    case functionCode('SETR', 'max'):
      return Math.max(a, b);
    case functionCode('SETR', 'cmp-lt'):
      return a < b ? 1 : 0;
    case functionCode('SETR', 'cmp-eq'):
      return a === b ? 1 : 0;
    case functionCode('SETR', 'shl'):
      return a * 2 ** b;
    case functionCode('SETR', 'shr'):
      return a / 2 ** b;
    default:
      throw new RangeError(`SETR function ${fn} is unknown; want one of the table`);
  }
}

/** SETR on the i32 view; wraps modulo 2^32. */
export function computeInteger(fn: number, a: number, b: number): number {
  switch (fn) {
    case functionCode('SETR', 'mul'):
      return Math.imul(a, b);
    case functionCode('SETR', 'shl'):
      return a << b;
    case functionCode('SETR', 'shr'):
      return a >> b;
    default:
      return computeFloat(fn, a, b) | 0;
  }
}

/** BR conditions. */
export function compare(fn: number, a: number, b: number): boolean {
  switch (fn) {
    case functionCode('BR', 'eq'):
      return a === b;
    case functionCode('BR', 'ne'):
      return a !== b;
    case functionCode('BR', 'lt'):
      return a < b;
    default:
      return a >= b;
  }
}
