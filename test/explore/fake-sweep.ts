import { hashOf } from '../../src/config/hash.ts';
import type { Point } from '../../src/explore/axis.ts';
import { failedResult, type ItemResult } from '../../src/explore/item-result.ts';
import type { Resolver } from '../../src/explore/resolve-point.ts';
import type { SweepFiles } from '../../src/explore/result-store.ts';
import { createSurveyor, type Surveyor } from '../../src/explore/survey.ts';
import { parseSweep, type SweepSpec } from '../../src/explore/sweep-spec.ts';

/** Files in memory. */
export function memoryFiles(): SweepFiles & { readonly entries: Map<string, string> } {
  const entries = new Map<string, string>();
  return {
    entries,
    exists: (path) => entries.has(path),
    read: (path) => new TextEncoder().encode(entries.get(path)),
    write: (path, bytes) => void entries.set(path, typeof bytes === 'string' ? bytes : new TextDecoder().decode(bytes)),
    list: (folder) => [
      ...new Set(
        [...entries.keys()]
          .filter((path) => path.startsWith(`${folder}/`))
          .map((path) => path.slice(folder.length + 1).split('/')[0]!),
      ),
    ],
  };
}

/** A resolver whose items say their point: no chip, no experiment. */
const plainResolver: Resolver = {
  item: (point, stage, repeat) => ({
    id: hashOf({ point, fidelity: stage.fidelity, repeat }),
    shareKey: String(point.share ?? 'one'),
    job: { experiment: { point, repeat }, fidelity: stage.fidelity },
  }),
  patches: () => [],
  base: () => undefined,
};

export interface FakeSweep {
  readonly spec: SweepSpec;
  readonly surveyor: Surveyor;
}

export function fakeSweep(text: string): FakeSweep {
  const spec = parseSweep(`name: fake\nexperiment: none\n${text}`, 'fake.yaml');
  return { spec, surveyor: createSurveyor(spec, plainResolver) };
}

/** What the items of a fake sweep come to: energy falls with a, area grows; points with a = 13 cannot be built. */
export function fakeResult(id: string, point: Point, repeat: number): ItemResult {
  const [a, b] = [Number(point.a ?? 1), Number(point.b ?? 0)];
  if (a === 13) return failedResult(id, 'input', 'thirteen cannot be built');
  return {
    schema: 'ohmic.point/1',
    id,
    metrics: { energyPerSample: 1 / a + b + repeat * 0.01, area: a, accuracy: 1 - 0.01 * b, latency: 1 },
    intervals: {},
    breakdown: { 'energy by component': { adc: 0.5 / a, array: 0.5 / a + b } },
    warnings: [],
  };
}
