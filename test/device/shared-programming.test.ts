import { expect, test } from 'vitest';
import { cmoHfox } from '../../src/device/cmo-hfox.ts';
import { type ProgrammedCells, withSharedProgramming } from '../../src/device/shared-programming.ts';
import { createKernels } from '../../src/numeric/create-kernels.ts';

test('equal cells are programmed once; whatever else is asked gives what the device gives', () => {
  const kept = new Map<string, ProgrammedCells>();
  const shared = withSharedProgramming(cmoHfox, 'cmo-hfox', (key, make) => {
    const cells = kept.get(key) ?? make();
    kept.set(key, cells);
    return cells;
  });
  const block = { chipSeed: 1, matrix: 0, row0: 0, column0: 0, rows: 3, columns: 4, device: 0, event: 0 };
  const usual = { block, goal: 40e-6, tolerance: 0.02, limit: 100 };
  const program = (device: typeof cmoHfox, { block, goal, tolerance, limit }: typeof usual) => {
    const kernels = createKernels();
    const at = kernels.allocate(4 * 12);
    kernels.f32(at, 12).fill(goal);
    const outcome = device.program(kernels, at, at, block, tolerance, limit);
    return { outcome, writtenS: kernels.f32(at, 12).slice() };
  };
  const others = [
    ...(['chipSeed', 'matrix', 'row0', 'column0', 'device', 'event'] as const).map((name) => ({
      ...usual,
      block: { ...block, [name]: 7 },
    })),
    { ...usual, block: { ...block, rows: 4, columns: 3 } },
    { ...usual, goal: 41e-6 },
    { ...usual, tolerance: 0.002 },
    { ...usual, limit: 5 },
  ];
  for (const asked of [usual, ...others, usual, ...others]) expect(program(shared, asked)).toEqual(program(cmoHfox, asked));
  expect(kept.size).toBe(1 + others.length);
});
