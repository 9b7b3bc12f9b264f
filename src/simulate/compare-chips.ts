import { compileFor, type MeasurePorts, runWorkload, sharedReference, type Workload } from './measure-chip.ts';
import type { Report } from './report.ts';

/** Runs the same network, trained once, on every chip; reports in the order of the names. */
export function compareChips(chips: readonly string[], workload: Workload, given: MeasurePorts): readonly Report[] {
  const ports = { ...given, shared: sharedReference() };
  return chips.map((chip) => runWorkload(compileFor(workload, chip, ports), workload, ports));
}
