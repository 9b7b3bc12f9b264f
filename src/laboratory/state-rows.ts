import type { CellBlock } from '../device/cell-model.ts';
import { createCmoHfox } from '../device/cmo-hfox.ts';
import { createKernels } from '../numeric/create-kernels.ts';
import { moments } from '../numeric/moments.ts';
import { overlap } from './level-study.ts';
import { judge, type ValidationRow } from './row.ts';

/** The published level rows use 8-90 uS without clamping: 35 levels from 10 to 90 uS. */
const cell = createCmoHfox({ minS: 8e-6, maxS: 90e-6, clamp: false, frozenNoise: false });
const levels = 35;
const lowest = 10e-6;
const highest = 90e-6;
const cellsPerLevel = 6000;

/** Conductances (uS) of `cellsPerLevel` cells on each level, `seconds` after programming at 0.2 %. */
function agedLevels(seconds: number): readonly Float64Array[] {
  const kernels = createKernels();
  const block: CellBlock = {
    chipSeed: 7,
    matrix: 0,
    row0: 0,
    column0: 0,
    rows: levels,
    columns: cellsPerLevel,
    device: 0,
    event: 0,
  };
  const count = levels * cellsPerLevel;
  const [target, written, now] = [kernels.allocate(4 * count), kernels.allocate(4 * count), kernels.allocate(4 * count)];
  const goals = kernels.f32(target, count);
  for (let level = 0; level < levels; level++)
    goals.fill(lowest + ((highest - lowest) * level) / (levels - 1), level * cellsPerLevel, (level + 1) * cellsPerLevel);
  cell.program(kernels, written, target, block, 0.002, 100000);
  cell.age(kernels, now, written, block, seconds, false);
  const values = kernels.f32(now, count);
  return Array.from({ length: levels }, (_, level) =>
    Float64Array.from(values.subarray(level * cellsPerLevel, (level + 1) * cellsPerLevel), (conductanceS) => conductanceS * 1e6),
  );
}

const binomialError = (share: number, count: number): number => Math.sqrt((share * (1 - Math.min(share, 1))) / count);

function overlapRow(id: string, name: string, seconds: number, published: number): ValidationRow {
  const value = overlap(agedLevels(seconds));
  const pairs = (levels - 1) * cellsPerLevel;
  return judge({
    ...{ id, name, published, value },
    unit: 'share',
    tolerance: 0.15,
    class: 'in-sample',
    source: 'Falcone 2025 fits; the paper reports 9.6 % at 10 min',
    samples: levels * cellsPerLevel,
    standardError: binomialError(value, pairs),
  });
}

/** V8 to V10: overlap of 35 levels, level count, relaxation after an hour. */
export function stateRows(): readonly ValidationRow[] {
  const oneSecond = agedLevels(1);
  const deviations = oneSecond.map((level) => moments(level).deviation);
  const sigma = Math.sqrt(deviations.reduce((sum, deviation) => sum + deviation ** 2, 0) / levels);
  const count = levels * cellsPerLevel;
  const levelCount = (88.2 - 9) / (6 * sigma);
  const hour = agedLevels(3600);
  const shifts = hour.flatMap((level, index) => {
    const goal = 10 + (80 * index) / (levels - 1);
    return Array.from(level, (value) => value - goal);
  });
  const shift = moments(shifts);
  return [
    overlapRow('V8@1s', 'overlap of neighbouring levels, 35 levels, 1 s', 1, 0.005),
    overlapRow('V8@10min', 'overlap of neighbouring levels, 35 levels, 10 min', 600, 0.085),
    overlapRow('V8@1h', 'overlap of neighbouring levels, 35 levels, 1 h', 3600, 0.121),
    judge({
      id: 'V9',
      name: 'levels at six sigma after 1 s (paper: more than 32 states)',
      published: 32.1,
      value: levelCount,
      unit: 'levels',
      tolerance: 0.05,
      class: 'in-sample',
      source: 'Falcone 2025',
      samples: count,
      standardError: levelCount / Math.sqrt(2 * count),
    }),
    judge({
      id: 'V10',
      name: 'mean relaxation after 1 h (paper: about -0.7 uS over 400 states)',
      published: -0.73,
      value: shift.mean,
      unit: 'uS',
      tolerance: 0.03,
      class: 'in-sample',
      source: 'Falcone 2025',
      samples: count,
      standardError: shift.deviation / Math.sqrt(count),
    }),
  ];
}
