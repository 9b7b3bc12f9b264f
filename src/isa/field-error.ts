/** What does not fit an instruction word, in the parts an Issue needs. */
export interface FieldProblem {
  readonly found: string;
  readonly expected: string;
  readonly nearest?: string;
}

/** A value the encoding cannot hold. A programmer's error from the builder; the assembler turns it into a located Issue. */
export class FieldError extends RangeError {
  readonly problem: FieldProblem;
  constructor(problem: FieldProblem) {
    super(`${problem.found}; want ${problem.expected}`);
    this.name = 'FieldError';
    this.problem = problem;
  }
}

/** @throws FieldError unless `value` is a whole number from `min` to `max`. */
export function checkWhole(name: string, value: number, min: number, max: number): number {
  if (!Number.isInteger(value) || value < min || value > max)
    throw new FieldError({ found: `${name} ${value}`, expected: `a whole number from ${min} to ${max}` });
  return value;
}
