import { describe, expect, test } from 'vitest';
import { cellRecord } from '../../../src/device/pulsed/cell-record.ts';
import { symmetryPoint } from '../../../src/device/pulsed/symmetry-point.ts';
import { taoxBulkPulsed } from '../../../src/device/pulsed/taox-bulk-pulsed.ts';
import { trainingCells } from '../../../src/device/pulsed/training-cells.ts';
import { createKernels } from '../../../src/numeric/create-kernels.ts';

const kernels = createKernels();

test.each(
  trainingCells.map((cell) => [cell.kind, cell] as const),
)('%s: every number has a source, pulses have energy', (_, cell) => {
  for (const { source, tag } of cell.parameters) expect(source.length > 0 && tag.length > 0).toBe(true);
  expect(cell.parameters.some(({ name }) => name === 'pulsed.granularity')).toBe(true);
  expect(cell.pulseJoules(55e-6)).toBeGreaterThan(0);
  expect(cell.pulsed!.granularity).toBeGreaterThan(0);
});

describe('the CMO/HfOx training cell', () => {
  const cell = trainingCells.find(({ kind }) => kind === 'cmo-hfox-train')!;
  const records = kernels.allocate(4 * cellRecord.floats * 10_000);
  const block = { chipSeed: 1, matrix: 0, row0: 0, column0: 0, rows: 100, columns: 100, device: 0, event: 0 };
  cell.pulsed!.populate(kernels, records, block);
  const all = kernels.f32(records, cellRecord.floats * 10_000).slice();

  test('has 22 states and a symmetry point at -0.22 on average', () => {
    expect(2 / cell.pulsed!.granularity).toBeCloseTo(22, 6);
    let sum = 0;
    for (let i = 0; i < 10_000; i++) sum += symmetryPoint(cell.pulsed!, all, cellRecord.floats * i);
    expect(sum / 10_000).toBeCloseTo(-0.22, 1);
  });

  test('relaxes when it ages, other training cells keep their state', () => {
    const [written, now] = [kernels.allocate(40_000), kernels.allocate(40_000)];
    kernels.f32(written, 10_000).fill(50e-6);
    for (const [model, keeps] of [
      [cell, false],
      [trainingCells.find(({ kind }) => kind === 'ecram')!, true],
    ] as const) {
      model.age(kernels, now, written, block, 3600, false);
      expect(kernels.f32(now, 10_000).every((g, i) => g === kernels.f32(written, 10_000)[i])).toBe(keeps);
    }
  });
});

test('TaOx: 64 equal steps', () => expect(taoxBulkPulsed.granularity).toBe(2 / 64));
