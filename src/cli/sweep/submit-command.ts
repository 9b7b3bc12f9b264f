import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { inputError } from '../../config/issue.ts';
import { type Engine, submitScript } from '../../explore/submit-script.ts';
import type { SweepSpec } from '../../explore/sweep-spec.ts';
import type { Context } from '../context.ts';
import { TryAgainError } from '../try-again.ts';
import { openSweep } from './open-sweep.ts';

export interface SubmitOptions {
  readonly engine: Engine;
  readonly out?: string;
  readonly data?: string;
  readonly tasks: number;
  readonly jobs: number;
  readonly program: string;
  readonly go?: boolean;
}

const roundsOf = ({ sampling, stages }: SweepSpec): number =>
  sampling.method === 'nsga2' ? sampling.generations : stages.length;

/** `ohmic sweep submit`: prints the script of an array job over the sweep's items, or hands it to the engine. */
export function submitCommand({ io }: Context, target: string, options: SubmitOptions): void {
  const sweep = openSweep(io, target, options);
  if (sweep.spec.sampling.method === 'external')
    throw inputError('sweep', 'sampling external', 'a sweep whose points are known; ohmic sweep serve computes for an optimiser');
  sweep.keep();
  const folder = resolve(sweep.folder);
  const { items } = sweep.surveyor.survey(() => undefined);
  const script = submitScript(options.engine, {
    name: sweep.spec.name,
    folder,
    program: options.program,
    tasks: Math.max(1, Math.min(options.tasks, items.length)),
    parallel: options.jobs,
    rounds: roundsOf(sweep.spec),
  });
  if (options.go !== true) {
    io.stdout(script);
    return;
  }
  const file = `${folder}/submit-${options.engine}${options.engine === 'kubernetes' ? '.yaml' : '.sh'}`;
  io.files.write(file, script);
  hand(io.stderr, options.engine, file);
}

const commands: Readonly<Record<Engine, (file: string) => readonly [string, readonly string[]]>> = {
  parallel: (file) => ['sh', [file]],
  slurm: (file) => ['sbatch', [file]],
  kubernetes: (file) => ['kubectl', ['apply', '-f', file]],
};

function hand(say: (text: string) => void, engine: Engine, file: string): void {
  const [command, words] = commands[engine](file);
  const { status, error, stdout, stderr } = spawnSync(command, words, { encoding: 'utf8' });
  if (error !== undefined) throw new TryAgainError(`${command} cannot be started (${error.message}); the script is ${file}`);
  say(`${stdout}${stderr}`);
  if (status !== 0 && status !== 3) throw new TryAgainError(`${command} ended with ${status}; the script is ${file}`);
}
