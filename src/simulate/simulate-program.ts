import { chipHash } from '../chip/chip-hash.ts';
import { costTableOf } from '../chip/cost-table-of.ts';
import type { ChipDescription } from '../chip/description.ts';
import { timingParameters } from '../chip/timing-parameters.ts';
import { InputError } from '../config/issue.ts';
import type { Program } from '../isa/program.ts';
import type { ProgramLimits } from '../isa/program-limits.ts';
import { validateProgram } from '../isa/validate.ts';
import { decodeProgram } from '../sequence/decode-program.ts';
import { buildReport } from './build-report.ts';
import { type Assumption, type Manifest, manifestOf } from './manifest.ts';
import { programHash } from './program-hash.ts';
import type { Progress } from './progress.ts';
import type { Report } from './report.ts';
import { type Fidelity, type InstanceRun, runInstance } from './run-instance.ts';
import { ownWork, type SharedWork, sharedDevice } from './shared-work.ts';
import { createTrainingSimulation } from './training-simulation.ts';
import { version } from './version.ts';
import { runWarnings } from './warnings.ts';

export interface SimulateOptions {
  /** The chip to run on instead of the one the program was compiled for; needed for hand-written programs. */
  readonly chip?: { readonly chip: ChipDescription; readonly assumptions: readonly Assumption[] };
  readonly fidelity?: Fidelity;
  readonly seed?: number;
  /** Hash of the program where it is known or nobody asks; absent: worked out. */
  readonly programHash?: string;
  readonly progress: Progress;
  /** Sees the first instance when it has finished. */
  readonly onFirstInstance?: (run: InstanceRun) => void;
  /** Milliseconds, for the wall time in `run`. */
  readonly now: () => number;
  /** Work in common with other runs; absent: this run does its own. */
  readonly shared?: SharedWork;
}

/** Seed of chip instances and noise for programs without a manifest. */
const defaultSeed = 1;

/**
 * Runs a program on its chip instances and reports. The program file alone decides the reproducible part of the report:
 * chip, seeds and reference figures come from its manifest. Throws InputError when the loader refuses the program.
 */
export function simulateProgram(program: Program, options: SimulateOptions): Report {
  const start = options.now();
  const manifest = manifestOf(program.manifest);
  const chip = options.chip?.chip ?? manifest?.chip;
  if (chip === undefined) throw new RangeError('chip is undefined; want one for a program without manifest');
  const assumptions = options.chip?.assumptions ?? manifest?.assumptions ?? [];
  const fidelity = options.fidelity ?? 'full';
  const shared = options.shared ?? ownWork;
  const device = sharedDevice(chip, shared);
  refuseBadProgram(program, chip, shared);
  if (manifest?.training !== undefined && options.chip === undefined) return simulateTraining(program, manifest, options);
  const parameters = timingParameters(chip, device);
  const costs = costTableOf(chip);
  const instructions = shared.once(program.words, 'instructions', () => decodeProgram(program.words));
  const chipSeeds = fidelity === 'timing' ? [manifest?.chipSeeds[0] ?? defaultSeed] : (manifest?.chipSeeds ?? [defaultSeed]);
  const seed = options.seed ?? manifest?.seed ?? defaultSeed;

  const stage = options.progress.stage(
    `run the program on ${chipSeeds.length} chip instance${chipSeeds.length === 1 ? '' : 's'}`,
    chipSeeds.length,
  );
  const runs = chipSeeds.map((chipSeed, index): InstanceRun => {
    // Time and energy are reported for the first instance; the others are asked for their accuracy only.
    const instanceFidelity = index === 0 || fidelity !== 'full' ? fidelity : 'values';
    const run = runInstance({
      ...{ program, instructions, chip, device, parameters, costs, seed, chipSeed },
      fidelity: instanceFidelity,
      declared: manifest?.declared ?? [],
    });
    stage.update(index + 1, describeInstance(run));
    if (index === 0) options.onFirstInstance?.(run);
    return run;
  });
  stage.done();
  return buildReport({
    name: manifest?.name ?? program.sourceName,
    ...{ fidelity, program, manifest, chip, assumptions, costs, runs, seed, chipSeeds, version },
    programHash: options.programHash ?? programHash(program),
    chipHash: chipHash(chip),
    device: device.kind,
    wallSeconds: (options.now() - start) / 1000,
    warnings: [...(manifest?.warnings ?? []), ...runWarnings(program, chip, runs, fidelity, instructions)],
  });
}

/** A training program goes epoch by epoch; its chip is the one it was compiled for. */
function simulateTraining(program: Program, manifest: Manifest, options: SimulateOptions): Report {
  const simulation = createTrainingSimulation(program, manifest, options);
  while (simulation.step());
  return simulation.report();
}

function describeInstance({ snapshots, ending }: InstanceRun): string {
  const last = snapshots[0];
  return last === undefined || last.count === 0 ? ending.ended : `accuracy ${((100 * last.hits) / last.count).toFixed(2)} %`;
}

/** What a chip offers its programs. */
export const programLimitsOf = (chip: ChipDescription): ProgramLimits => ({
  tiles: chip.grid.rows * chip.grid.columns,
  tileRows: chip.tile.rows,
  spmBytes: chip.scratchpad.bytes,
  vectorUnits: chip.vector.units,
  dmaChannels: chip.dma.channels,
});

/** Throws InputError with what the loader finds wrong. */
export function refuseBadProgram(program: Program, chip: ChipDescription, shared = ownWork): void {
  const limits = programLimitsOf(chip);
  const issues = shared.once(program.words, JSON.stringify(['issues', limits]), () => validateProgram(program, limits));
  if (issues.length > 0) throw new InputError(issues);
}
