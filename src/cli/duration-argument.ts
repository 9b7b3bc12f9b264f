import { InvalidArgumentError } from 'commander';
import { InputError } from '../config/issue.ts';
import { parseDuration } from '../simulate/duration.ts';

/** A duration such as `3 us` given as an option, in seconds. */
export function durationArgument(text: string): number {
  try {
    return parseDuration(text, 'option');
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    throw new InvalidArgumentError('Want a time with its unit, such as "3 us".');
  }
}
