import type { Issue } from '../config/issue.ts';
import type { ProgramBuilder } from './builder.ts';
import { FieldError, type FieldProblem } from './field-error.ts';
import type { Token } from './source-line.ts';

/** A branch whose label may stand further down. */
export interface PendingBranch {
  readonly word: number;
  readonly line: number;
  readonly label: Token;
}

/** State of one assembly: the builder underneath and everything found wrong so far. */
export interface Assembly {
  readonly file: string;
  readonly builder: ProgramBuilder;
  readonly issues: Issue[];
  readonly labels: Map<string, number>;
  readonly branches: PendingBranch[];
  /** Loops and scopes that are open, the innermost last. */
  readonly open: { readonly what: 'LOOP' | '.scope'; readonly line: number; readonly column: number }[];
  /** Bytes already placed in each symbol by `.data`. */
  readonly filled: Map<string, number>;
  line: number;
}

export const createAssembly = (file: string, builder: ProgramBuilder): Assembly => ({
  file,
  builder,
  issues: [],
  labels: new Map(),
  branches: [],
  open: [],
  filled: new Map(),
  line: 0,
});

export function report({ issues, file, line }: Assembly, { column }: Pick<Token, 'column'>, problem: FieldProblem): void {
  issues.push({ file, line, column, ...problem });
}

/** What is wrong at one token; caught by `attempt`. */
export class TokenError extends Error {
  readonly token: Token;
  readonly problem: FieldProblem;
  constructor(token: Token, expected: string, options: { readonly found?: string; readonly nearest?: string | undefined } = {}) {
    super(`${token.text}; want ${expected}`);
    this.name = 'TokenError';
    this.token = token;
    const found = options.found ?? (token.text === '' ? 'nothing' : JSON.stringify(token.text));
    this.problem = { found, expected, ...(options.nearest === undefined ? {} : { nearest: options.nearest }) };
  }
}

/** Runs one step; what it throws about the source becomes an issue at its token, or at `token`. Returns whether it worked. */
export function attempt(assembly: Assembly, token: Token, step: () => void): boolean {
  try {
    step();
    return true;
  } catch (error) {
    if (error instanceof TokenError) report(assembly, error.token, error.problem);
    else if (error instanceof FieldError) report(assembly, token, error.problem);
    else throw error;
    return false;
  }
}

/** A FieldError inside `step` is blamed on `token`. */
export function located<T>(token: Token, step: () => T): T {
  try {
    return step();
  } catch (error) {
    if (!(error instanceof FieldError)) throw error;
    const { found, expected, nearest } = error.problem;
    throw new TokenError(token, expected, { found, nearest });
  }
}
