import { InputError, type Issue } from '../../src/config/issue.ts';

/** The issues of an InputError that `act` throws; fails when it throws nothing or something else. */
export function issuesOf(act: () => unknown): readonly Issue[] {
  try {
    act();
  } catch (error) {
    if (error instanceof InputError) return error.issues;
    throw error;
  }
  throw new Error('nothing was thrown; want an InputError');
}

export const relative = (value: number, reference: number): number => Math.abs(value / reference - 1);
