import { expect, test } from 'vitest';
import { workloadsFolder } from '../../src/cli/locate.ts';
import { nodeFiles } from '../../src/cli/node-files.ts';
import { peerParityRows } from '../../src/validation/rows/peer-parity-rows.ts';
import { readStored, storedName } from '../../src/validation/stored-rows.ts';

const store = {
  read: (name: string) => {
    const path = `${workloadsFolder}/validation/${name}`;
    return nodeFiles.exists(path) ? new TextDecoder().decode(nodeFiles.read(path)) : undefined;
  },
  write: () => {},
};

/** Of the stored results, best first as the peer has them. */
const order = ['P3', 'P1', 'P2'];

test('stored results of the peer comparison keep its order, apart by more than three standard errors', () => {
  const rows = order.map((id) => {
    const family = peerParityRows.find(({ ids }) => ids.includes(id))!;
    const row = readStored(store, family)?.rows.find((candidate) => candidate.id === id);
    expect(row, storedName(family)).toBeDefined();
    return row!;
  });
  for (const [at, worse] of rows.slice(1).entries()) {
    const better = rows[at]!;
    const error = Math.hypot(better.standardError!, worse.standardError!);
    expect(better.value - worse.value).toBeGreaterThan(3 * error);
  }
});
