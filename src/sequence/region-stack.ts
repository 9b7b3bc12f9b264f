import type { Region } from '../isa/program.ts';
import { functionCode } from './table-lookup.ts';

/** Which layer and phase region is innermost: what MARK begin and end move. */
export interface RegionStack {
  /** Index into the program's regions; -1 outside any. */
  readonly layer: number;
  readonly phase: number;
  mark(fn: number, region: number): void;
  /** Appends which regions are open. */
  describe(into: number[]): void;
}

export function createRegionStack(regions: readonly Region[]): RegionStack {
  const indexOf = new Map(regions.map((region, index) => [region.id, index]));
  const open: { readonly layer: number[]; readonly phase: number[] } = { layer: [], phase: [] };
  return {
    get layer() {
      return open.layer[open.layer.length - 1] ?? -1;
    },
    get phase() {
      return open.phase[open.phase.length - 1] ?? -1;
    },
    describe: (into) => void into.push(open.layer.length, ...open.layer, open.phase.length, ...open.phase),
    mark: (fn, id) => {
      const index = indexOf.get(id);
      const kind = index === undefined ? undefined : regions[index]?.kind;
      if (index === undefined || (kind !== 'layer' && kind !== 'phase')) return;
      if (fn === functionCode('MARK', 'begin')) open[kind].push(index);
      const last = open[kind].lastIndexOf(index);
      if (fn === functionCode('MARK', 'end') && last >= 0) open[kind].splice(last, 1);
    },
  };
}
