import { workloadsFolder } from '../../src/cli/locate.ts';
import { nodeFiles } from '../../src/cli/node-files.ts';
import type { DataSplit } from '../../src/network/data/data-set.ts';
import type { Files } from '../../src/network/data/files.ts';
import { parseExperiment } from '../../src/simulate/experiment.ts';
import { silentProgress } from '../../src/simulate/progress.ts';
import { ownWork } from '../../src/simulate/shared-work.ts';
import { compileTrainingExperiment } from '../../src/simulate/training-compile.ts';
import { trainingSteps } from '../support/training-steps.ts';

/** Processor time: what others do on this machine does not count, unless they take the caches. */
export function cpuMilliseconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/** Files that exist only for a benchmark, over those of the disk. */
export function overlayFiles(texts: Readonly<Record<string, string>>): Files {
  return {
    list: (directory) => nodeFiles.list(directory),
    exists: (path) => path in texts || nodeFiles.exists(path),
    read: (path) => (path in texts ? new TextEncoder().encode(texts[path]) : nodeFiles.read(path)),
  };
}

export interface StepRun {
  /** Processor milliseconds of every training step, in order. */
  readonly milliseconds: readonly number[];
  /** The same by mnemonic, all steps; empty unless asked for. */
  readonly byMnemonic: ReadonlyMap<string, number>;
  /** Device pulses a sample. */
  readonly pulses: number;
}

/** Runs `steps` training steps of an experiment in values, without test set, float reference and timing. */
export function runSteps(text: string, steps: number, files: Files, data: DataSplit, profile = false): StepRun {
  const given = parseExperiment(text, 'bench.yaml');
  const settings = given.algorithm!;
  const experiment = { ...given, algorithm: { ...settings, samples: steps * settings.batch }, samples: settings.batch };
  const { program } = compileTrainingExperiment(
    experiment,
    { timingOnly: true },
    { files, progress: silentProgress, workloads: workloadsFolder, shared: { ...ownWork, data: () => data } },
  );
  const run = trainingSteps(program);
  run.next();
  const milliseconds: number[] = [];
  const byMnemonic = new Map<string, number>();
  let pulses = 0;
  for (let more = true; more; ) {
    const start = cpuMilliseconds();
    more = run.next(({ mnemonic }, execute) => {
      const before = profile ? cpuMilliseconds() : 0;
      pulses += execute().pulses;
      if (profile) byMnemonic.set(mnemonic, (byMnemonic.get(mnemonic) ?? 0) + cpuMilliseconds() - before);
    });
    milliseconds.push(cpuMilliseconds() - start);
  }
  return { milliseconds, byMnemonic, pulses: pulses / (steps * settings.batch) };
}
