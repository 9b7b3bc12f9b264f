import type { CellModel } from '../device/cell-model.ts';
import { cellRecord } from '../device/pulsed/cell-record.ts';
import type { PulsedCell } from '../device/pulsed/pulsed-cell.ts';
import { meanStep } from '../device/pulsed/symmetry-point.ts';
import { createKernels } from '../numeric/create-kernels.ts';
import { moments } from '../numeric/moments.ts';
import { createStream, type Stream } from '../numeric/philox.ts';
import { purposes } from '../numeric/purposes.ts';
import type { LaboratoryTable, Series } from './laboratory-report.ts';

/** One cell under open-loop pulses: its conductance after one more. */
export type CellStep = (conductanceS: number, up: boolean, noise: number) => number;

/** Cells of a device that answers pulses, each with its own steps; undefined where it has no pulse response. */
export function pulseCells(device: CellModel, cells: number, seed: number): readonly CellStep[] | undefined {
  if (device.pulsed !== undefined && device.pulsed.approximate !== true) return pulsedCells(device, device.pulsed, cells, seed);
  const response = device.simulated?.[0]?.algorithm.response;
  if (response === undefined) return undefined;
  const stream = createStream(seed, purposes.construction);
  return Array.from({ length: cells }, (): CellStep => {
    const gain = Math.exp(response.gainSpread * stream.normal());
    return (conductanceS, up, noise) => (up ? response.up : response.down)(conductanceS, noise, gain);
  });
}

function pulsedCells(device: CellModel, pulsed: PulsedCell, cells: number, seed: number): readonly CellStep[] {
  const kernels = createKernels();
  const records = kernels.allocate(4 * cellRecord.floats * cells);
  const block = { chipSeed: seed, matrix: 0, row0: 0, column0: 0, rows: 1, columns: cells, device: 0, event: 0 };
  pulsed.populate(kernels, records, block);
  const record = kernels.f32(records, cellRecord.floats * cells).slice();
  const [middle, half] = [(device.minS + device.maxS) / 2, (device.maxS - device.minS) / 2];
  return Array.from({ length: cells }, (_, cell): CellStep => {
    const at = cell * cellRecord.floats;
    // the exact cell has no records: its bounds are those of the window
    const [low, high] = pulsed.law === 'exact' ? [-1, 1] : [record[at + cellRecord.lower]!, record[at + cellRecord.upper]!];
    return (conductanceS, up, noise) => {
      const x = (conductanceS - middle) / half;
      const mean = meanStep(pulsed, record, at, x, up);
      const step = mean + pulsed.cycleNoise * noiseScale(pulsed, record, at, mean, x, up) * noise;
      return middle + half * Math.min(high, Math.max(low, x + (up ? step : -step)));
    };
  });
}

/** What the cycle noise of a law is relative to. */
function noiseScale({ law, shape }: PulsedCell, record: Float32Array, at: number, mean: number, x: number, up: boolean): number {
  if (law === 'exact') return 0;
  if (law === 'linear') return record[at + (up ? cellRecord.alphaUp : cellRecord.alphaDown)]!;
  if (law === 'exponential-complex') return Math.abs(mean) + shape!.noiseFloor + shape!.noisePerWeight * Math.abs(x);
  return mean;
}

const pulsesEachWay = 200;
const alternating = 400;

interface Trace {
  readonly mean: readonly number[];
  readonly spread: readonly number[];
}

/** Mean and spread over cells of a sequence of pulses from `startS`. */
function trace(
  cells: readonly CellStep[],
  stream: Stream,
  startS: number,
  pulses: number,
  up: (pulse: number) => boolean,
): Trace {
  const now = cells.map(() => startS);
  const found = Array.from({ length: pulses + 1 }, (_, pulse) => {
    for (const [cell, step] of pulse === 0 ? [] : cells.entries()) now[cell] = step(now[cell]!, up(pulse), stream.normal());
    return moments(now);
  });
  return { mean: found.map(({ mean }) => mean), spread: found.map(({ deviation }) => deviation) };
}

/** Mean step at a conductance and its deviation over pulses and cells, S. */
function stepAt(cells: readonly CellStep[], stream: Stream, conductanceS: number, up: boolean) {
  const repeats = Math.max(1, Math.ceil(4000 / cells.length));
  const steps = cells.flatMap((step) =>
    Array.from({ length: repeats }, () => step(conductanceS, up, stream.normal()) - conductanceS),
  );
  return moments(steps);
}

export interface StaircaseStudy {
  readonly table: LaboratoryTable;
  readonly series: readonly Series[];
}

/**
 * Potentiation and depression staircases of `count` cells, step against conductance, and the symmetry point that alternating
 * pulses drive them to. Undefined for a device without pulse response.
 */
export function staircaseStudy(device: CellModel, count: number, seed: number): StaircaseStudy | undefined {
  const cells = pulseCells(device, count, seed);
  if (cells === undefined) return undefined;
  const stream = createStream(seed, purposes.pulse);
  const { minS, maxS } = device;
  const rising = trace(cells, stream, minS, 2 * pulsesEachWay, (pulse) => pulse <= pulsesEachWay);
  const settling = trace(cells, stream, (minS + maxS) / 2, alternating, (pulse) => pulse % 2 === 1);
  const late = settling.mean.slice(alternating / 2);
  const symmetryS = moments(late).mean;
  const grid = Array.from({ length: 17 }, (_, index) => minS + ((maxS - minS) * (index + 0.5)) / 17);
  const steps = grid.flatMap((x) => [
    { curve: 'up', x, y: stepAt(cells, stream, x, true).mean },
    { curve: 'down', x, y: stepAt(cells, stream, x, false).mean },
  ]);
  const [up, down] = [stepAt(cells, stream, symmetryS, true), stepAt(cells, stream, symmetryS, false)];
  const size = (up.mean - down.mean) / 2;
  return {
    table: {
      name: 'staircase',
      title: 'Open-loop pulses',
      columns: [
        { name: 'cells', unit: '1' },
        { name: 'symmetry point', unit: 'S' },
        { name: 'its skew', unit: 'share' },
        { name: 'step there', unit: 'S' },
        { name: 'states', unit: '1' },
        { name: 'noise to signal', unit: 'share' },
      ],
      rows: [
        [
          count,
          symmetryS,
          (maxS - symmetryS) / (maxS - minS),
          size,
          (maxS - minS) / size,
          (up.deviation + down.deviation) / 2 / size,
        ],
      ],
    },
    series: [
      {
        name: 'staircase',
        title: `${pulsesEachWay} potentiating, then ${pulsesEachWay} depressing pulses`,
        x: { name: 'pulse', unit: '1' },
        y: { name: 'conductance', unit: 'S' },
        mark: 'line',
        points: rising.mean.flatMap((mean, x) => [
          { curve: 'mean', x, y: mean },
          { curve: 'mean + deviation', x, y: mean + rising.spread[x]! },
          { curve: 'mean - deviation', x, y: mean - rising.spread[x]! },
        ]),
      },
      {
        name: 'steps',
        title: 'Mean step of one pulse',
        x: { name: 'conductance', unit: 'S' },
        y: { name: 'step', unit: 'S' },
        mark: 'line',
        points: steps,
      },
    ],
  };
}
