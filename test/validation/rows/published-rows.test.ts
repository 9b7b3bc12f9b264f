import { describe, expect, test } from 'vitest';
import { chipPreset } from '../../../src/chip/presets.ts';
import { workloadsFolder } from '../../../src/cli/locate.ts';
import { nodeFiles } from '../../../src/cli/node-files.ts';
import { silentProgress } from '../../../src/simulate/progress.ts';
import type { ValidationPorts } from '../../../src/validation/ports.ts';
import { publishedAdcRows } from '../../../src/validation/rows/published-adc-rows.ts';
import { publishedHermesRows } from '../../../src/validation/rows/published-hermes-rows.ts';
import { publishedIsaacRows } from '../../../src/validation/rows/published-isaac-rows.ts';
import { publishedNeurramRows } from '../../../src/validation/rows/published-neurram-rows.ts';
import { publishedPumaRows } from '../../../src/validation/rows/published-puma-rows.ts';
import { publishedVgg8Rows } from '../../../src/validation/rows/published-vgg8-rows.ts';
import { runPublished } from '../../../src/validation/run-published.ts';

const ports: ValidationPorts = { files: nodeFiles, progress: silentProgress, workloads: workloadsFolder, now: () => 0 };

const families = [
  publishedIsaacRows,
  publishedPumaRows,
  publishedHermesRows,
  publishedNeurramRows,
  publishedVgg8Rows,
  publishedAdcRows,
];

describe.each(families.map((family) => [family.name, family] as const))('%s', (_, family) => {
  const rows = family.measure(ports);

  test('every judged row is within its tolerance', () => {
    expect(rows.filter(({ ok }) => !ok).map(({ id, deviation }) => `${id} ${deviation}`)).toEqual([]);
  });

  test('ids are unique, begin as announced, and name a source', () => {
    expect(new Set(rows.map(({ id }) => id)).size).toBe(rows.length);
    for (const { id, source } of rows) {
      expect(family.ids.some((start) => id.startsWith(start))).toBe(true);
      expect(source.length).toBeGreaterThan(10);
    }
  });
});

test('ISAAC and HERMES to the picosecond: 1.6 us, 2.2 us, 133 and 520 ns', () => {
  const isaac = runPublished(ports, 'isaac-stream', chipPreset('isaac').description).seconds;
  expect(isaac.verify! - isaac.evaluate!).toBeCloseTo(64 * 1.6e-6, 14);
  expect(isaac.forward).toBeCloseTo(2.2e-6, 14);
  for (const [name, interval] of [
    ['hermes', 133e-9],
    ['hermes-4phase', 520e-9],
  ] as const) {
    const { seconds } = runPublished(ports, 'hermes-stream', chipPreset(name).description);
    expect(seconds.verify! - seconds.evaluate!).toBeCloseTo(4 * interval, 14);
  }
});

test('VGG-8: 39 322 240 conversions an image, from the program', () => {
  const run = runPublished(ports, 'vgg8-forward', chipPreset('neurosim-32nm').description);
  expect(run.actions['adc.convert']).toBe(39_322_240);
});
