import type { TimingParameters } from '../chip/cost-table.ts';
import { costTableOf } from '../chip/cost-table-of.ts';
import type { ChipDescription } from '../chip/description.ts';
import { timingParameters } from '../chip/timing-parameters.ts';
import { deviceNamed } from '../device/devices.ts';
import { assemble } from '../isa/assemble.ts';
import { phaseEnergy, timeByPhase } from '../simulate/energy-report.ts';
import { runInstance } from '../simulate/run-instance.ts';
import type { ValidationPorts } from './ports.ts';

/** What a hand-written program did on a chip. */
export interface PublishedRun {
  /** Seconds of each phase, by name. */
  readonly seconds: Readonly<Record<string, number>>;
  /** Dynamic joules of one phase by component, its share of leakage included. */
  readonly energy: (phase: string) => Readonly<Record<string, number>>;
  /** Counts by `component.action`. */
  readonly actions: Readonly<Record<string, number>>;
  /** Multiply-accumulates of the words executed, by the logical matrix. */
  readonly macs: number;
}

/**
 * Executes workloads/programs/<name>.oasm on a chip, timing only: published peak figures depend on no values. `timing` replaces
 * parameters of the timing machine, to tell the share of one block. Throws RangeError when the program does not halt.
 */
export function runPublished(
  ports: ValidationPorts,
  name: string,
  chip: ChipDescription,
  { timing: changed = {} }: { readonly timing?: Partial<TimingParameters> } = {},
): PublishedRun {
  const path = `${ports.workloads}/programs/${name}.oasm`;
  const program = assemble(new TextDecoder().decode(ports.files.read(path)), path);
  const device = deviceNamed(chip.device);
  const { timing, ending, totals } = runInstance({
    ...{ program, chip, device, fidelity: 'timing' as const, seed: 1, chipSeed: 1, declared: [] },
    parameters: { ...timingParameters(chip, device), ...changed },
    costs: costTableOf(chip),
  });
  if (timing === undefined || ending.ended !== 'halted') throw new RangeError(`${path} ended ${ending.ended}; want halted`);
  return {
    seconds: timeByPhase(timing, program.regions),
    energy: (phase) => phaseEnergy(timing, program.regions, phase).byComponent,
    actions: timing.actions,
    macs: totals.macs,
  };
}
