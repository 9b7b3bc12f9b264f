/** Nothing the user wrote is wrong, but the world outside did not play along: exit code 75. The message is a whole sentence. */
export class TryAgainError extends Error {
  override readonly name = 'TryAgainError';
}
