import { aligned } from '../schedule.ts';
import type { StageRange } from './value-copies.ts';

/** A live value's area, bytes. */
export interface Area extends StageRange {
  readonly address: number;
  readonly bytes: number;
}

/** Alive together: at a step, or in stages that work at the same time. */
export const meet = (a: StageRange, b: StageRange): boolean =>
  (a.from <= b.to && b.from <= a.to) || (a.stage !== undefined && b.stage !== undefined && a.stage !== b.stage);

/**
 * Places values in the scratchpad from `base`, so that values alive together never share a byte: largest first, each in the lowest gap
 * between those it must avoid.
 */
export function allocate(ranges: readonly (StageRange & { readonly bytes: number })[], base: number): readonly Area[] {
  const placed: Area[] = [];
  const order = [...ranges].sort((a, b) => b.bytes - a.bytes || a.from - b.from || (a.name < b.name ? -1 : 1));
  for (const range of order) {
    const bytes = aligned(range.bytes);
    let address = base;
    for (const other of placed.filter((area) => meet(area, range)).sort((a, b) => a.address - b.address)) {
      if (address + bytes <= other.address) break;
      address = Math.max(address, other.address + other.bytes);
    }
    placed.push({ ...range, bytes, address });
  }
  return placed;
}
