/** What the process tells the shell; numbers from 64 on follow BSD sysexits. */
export const exitCodes = {
  ok: 0,
  /** A validation row or check failed. */
  checkFailed: 2,
  /** Finished, but some design points failed. */
  failedPoints: 3,
  usage: 64,
  badInput: 65,
  internal: 70,
  tryAgain: 75,
} as const;
