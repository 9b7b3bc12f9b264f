import { availableParallelism } from 'node:os';
import { InvalidArgumentError, Option } from 'commander';
import type { Shard } from '../../explore/run-sweep.ts';
import { wholeNumberOption } from '../options.ts';

export const jobsOption = (): Option =>
  wholeNumberOption('--jobs <number>', 'workers; 0 computes in this process, without isolation', 0, 1024).default(
    availableParallelism(),
    'one a processor',
  );

/** `i/N`, i from 1 as schedulers count. */
export const shardOption = (): Option =>
  new Option('--shard <i/N>', 'only the items of part i of N; the parts together are the sweep').argParser(
    (text: string): Shard => {
      const [, index, count] = (/^(\d+)\/(\d+)$/.exec(text) ?? []).map(Number);
      if (index === undefined || count === undefined || index < 1 || index > count)
        throw new InvalidArgumentError('Want i/N with 1 <= i <= N, such as 3/16.');
      return { index: index - 1, count };
    },
  );

/** `5%` or `0.05`. */
export const shareOption = (): Option =>
  new Option('--share <fraction>', 'part of the items to compute again')
    .argParser((text: string) => {
      const value = text.endsWith('%') ? Number(text.slice(0, -1)) / 100 : Number(text);
      if (!(value >= 0 && value <= 1)) throw new InvalidArgumentError('Want a part such as 1% or 0.01.');
      return value;
    })
    .default(0.01, '1%');
