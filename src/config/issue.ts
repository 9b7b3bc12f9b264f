/** One mistake in an input file or option. Issues are collected and shown at once, never thrown one by one. */
export interface Issue {
  readonly file: string;
  /** 1-based; absent when the mistake is not in a text. */
  readonly line?: number;
  readonly column?: number;
  /** What stands there, as the user wrote it. */
  readonly found: string;
  readonly expected: string;
  /** The valid name closest to what was written. */
  readonly nearest?: string;
}

/** Bad input: exit code 65 with every issue, never a stack trace. */
export class InputError extends Error {
  readonly issues: readonly Issue[];
  constructor(issues: readonly Issue[]) {
    super(issues.map(describeIssue).join('\n'));
    this.name = 'InputError';
    this.issues = issues;
  }
}

/** `file:line:col found …, expected … (did you mean …?)` */
export function describeIssue(issue: Issue): string {
  const at = [issue.file, issue.line, issue.column].filter((part) => part !== undefined).join(':');
  const hint = issue.nearest === undefined ? '' : ` (did you mean ${issue.nearest}?)`;
  return `${at} found ${issue.found}, expected ${issue.expected}${hint}`;
}

/** A single-issue InputError. */
export const inputError = (file: string, found: string, expected: string, nearest?: string): InputError =>
  new InputError([{ file, found, expected, ...(nearest === undefined ? {} : { nearest }) }]);
