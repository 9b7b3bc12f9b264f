import { spawn, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { packageRoot } from '../../src/cli/locate.ts';

/** What test/bench/peer/training_step.py measures of one case. */
export interface PeerResult {
  readonly milliseconds?: number;
  readonly microseconds?: number;
}

/** aihwkit in a process of its own, asked case by case. */
export interface Peer {
  ask(question: Readonly<Record<string, unknown>>): Promise<PeerResult>;
  close(): void;
}

const script = join(packageRoot, 'test/bench/peer/training_step.py');
/** An import alone says little: a torch of another version reads no tensors. */
const probe = `
from aihwkit.simulator.configs import FloatingPointRPUConfig
from aihwkit.simulator.tiles import FloatingPointTile
import torch
tile = FloatingPointTile(2, 2, FloatingPointRPUConfig())
tile.tile.set_weights(torch.zeros(2, 2))
`;
/** One thread, as here. */
const env = { ...process.env, OMP_NUM_THREADS: '1', MKL_NUM_THREADS: '1' };

/** Python of OHMIC_PEER_PYTHON, or python3, where aihwkit works in it; undefined else. */
export function startPeer(): Peer | undefined {
  const { OHMIC_PEER_PYTHON: python = 'python3' } = process.env;
  if (spawnSync(python, ['-c', probe], { env, stdio: 'ignore' }).status !== 0) return undefined;
  const child = spawn(python, [script], { env, stdio: ['pipe', 'pipe', 'inherit'] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    async ask(question) {
      child.stdin.write(`${JSON.stringify(question)}\n`);
      const { value, done } = await lines.next();
      if (done === true) throw new Error(`${script} ended without an answer`);
      return JSON.parse(value) as PeerResult;
    },
    close: () => child.stdin.end(),
  };
}

/** Why a peer is missing from the output. */
export const noPeer = 'aihwkit not found: set OHMIC_PEER_PYTHON to a Python that has it for the same work side by side';
