import type { Fabric } from './fabric.ts';
import { addZeptojoules, zeptojoulesOf } from './joule-sum.ts';
import type { Ledger } from './ledger.ts';
import type { PhaseClock } from './phase-clock.ts';

/** Sums the source of words keeps of its own, whole numbers. */
export interface SourceSums {
  read(): readonly number[];
  /** Adds `times` x `delta`. */
  add(delta: readonly number[], times: number): void;
}

/** Everything a run adds up, at one moment. */
export interface SumsSnapshot {
  readonly picoseconds: bigint;
  readonly counts: readonly Float64Array[];
  readonly cells: readonly bigint[];
  readonly busyPs: Float64Array;
  readonly uses: Float64Array;
  readonly phases: ReadonlyMap<number, bigint>;
  readonly source: readonly number[];
}

export interface RunningSums {
  snapshot(): SumsSnapshot;
  /** Adds `times` x what has happened since `earlier` to every sum, time included. Times relative to now do not move. */
  repeat(earlier: SumsSnapshot, times: number): void;
}

export function createRunningSums(fabric: Fabric, ledger: Ledger, phases: PhaseClock, source: SourceSums): RunningSums {
  const { engine, resources } = fabric;

  const snapshot = (): SumsSnapshot => ({
    picoseconds: engine.absolute(),
    counts: ledger.charged().map(({ counts }) => counts.slice()),
    cells: ledger.charged().map(({ cells }) => zeptojoulesOf(cells)),
    busyPs: resources.busyPs.slice(),
    uses: resources.operations.slice(),
    phases: phases.totals(engine.now()),
    source: source.read(),
  });

  function repeatArray(sums: Float64Array, earlier: Float64Array | undefined, times: number): void {
    for (let at = 0; at < sums.length; at++) sums[at]! += times * (sums[at]! - (earlier?.[at] ?? 0));
  }

  return {
    snapshot,
    repeat(earlier, times) {
      const passed = engine.absolute() - earlier.picoseconds;
      ledger.charged().forEach(({ counts, cells }, at) => {
        repeatArray(counts, earlier.counts[at], times);
        addZeptojoules(cells, BigInt(times) * (zeptojoulesOf(cells) - (earlier.cells[at] ?? 0n)));
      });
      repeatArray(resources.busyPs, earlier.busyPs, times);
      repeatArray(resources.operations, earlier.uses, times);
      for (const [phase, total] of phases.totals(engine.now()))
        phases.add(phase, BigInt(times) * (total - (earlier.phases.get(phase) ?? 0n)));
      source.add(
        source.read().map((sum, at) => sum - earlier.source[at]!),
        times,
      );
      engine.leap(BigInt(times) * passed);
    },
  };
}
