import type { IssuedOperation } from '../sequence/issued-operation.ts';

/** What a controller knows of the others: absolute times, ps. */
export interface PeerPort {
  /** When a word that waits for others (RECV, BAR) may go on; undefined while that is not known. */
  until(operation: IssuedOperation, now: bigint): bigint | undefined;
  /** Such a word goes on. */
  passed(operation: IssuedOperation): void;
  /** Puts a payload on its link, at `at` or when the link is free; returns when its last byte is on it. */
  send(operation: IssuedOperation, at: bigint): bigint;
  /** What a word waits for, as the end of a sentence. */
  describe(operation: IssuedOperation): string;
}

/** Words that other controllers hold back. */
export const waitsForPeers = ({ mnemonic }: IssuedOperation): boolean => mnemonic === 'RECV' || mnemonic === 'BAR';
