import { cmoHfox } from '../device/cmo-hfox.ts';
import { moments } from '../numeric/moments.ts';
import { type ProgrammingResult, programmingStudy, publishedLevels } from './programming-study.ts';
import { judge, type ValidationRow } from './row.ts';

const cells = 400;
const limit = 500;
const source = 'Falcone 2025, mean over 35 levels from 10 to 90 uS';

/** The closed loop of CMO/HfOx at the published acceptances. */
export const publishedLoops = (tolerances: readonly number[]): readonly ProgrammingResult[] => {
  const [loop] = cmoHfox.simulated ?? [];
  if (loop === undefined) throw new RangeError('cmo-hfox has no simulated programming; want its closed loop');
  return tolerances.map((tolerance) =>
    programmingStudy(cmoHfox, loop, { levelsS: publishedLevels, cells, tolerance, limit, seed: 11 }),
  );
};

/** V11: pulses of the loop; cells that fail are counted apart. */
export function programmingRows(): readonly ValidationRow[] {
  const published = [
    { tolerance: 0.002, mean: 89, allowed: { tolerance: 0.35 }, name: '0.2 %' },
    { tolerance: 0.02, mean: 11, allowed: { tolerance: 0.6, toleranceBelow: 0.35 }, name: '2 %' },
  ];
  const results = publishedLoops(published.map(({ tolerance }) => tolerance));
  return results.flatMap((result, index) => {
    const { mean, allowed, name } = published[index]!;
    const counted = moments(result.pulses);
    const failed = result.failed / result.cells;
    return [
      judge({
        ...{ id: `V11@${name.replace(' ', '')}`, published: mean, value: counted.mean, unit: 'pulses', ...allowed },
        name: `mean pulses of the closed loop at ${name} acceptance (soft-bounds steps, nothing fitted to it)`,
        class: 'out-of-sample',
        source,
        samples: counted.count,
        standardError: counted.deviation / Math.sqrt(counted.count),
      }),
      judge({
        ...{ id: `V11-failed@${name.replace(' ', '')}`, published: 0, value: failed, unit: 'share', tolerance: 1 },
        name: `cells that need more than ${limit} pulses at ${name} acceptance, left out of the mean`,
        toleranceKind: 'at most',
        class: 'context',
        source: 'not published',
        informative: true,
        samples: result.cells,
      }),
    ];
  });
}
