import type { CellModel } from '../device/cell-model.ts';
import { voltageRatio } from '../device/disturb.ts';
import type { LaboratoryTable, Series } from './laboratory-report.ts';
import { pulseCells } from './staircase-study.ts';

const counts = [1e3, 1e4, 1e5, 1e6];
/** Shares of the pulse voltage: a third, a half (V/2 scheme), and half with growing error. */
const shares = [1 / 3, 0.5, 0.55, 0.6, 0.7];

/** Conductance after `pulses` pulses of `ratio` of the mean step each: the step's slope is followed, a hundredth of the way at a time. */
export function drifted(
  mean: (conductanceS: number, up: boolean) => number,
  startS: number,
  up: boolean,
  ratio: number,
  pulses: number,
): number {
  const parts = 400;
  let conductanceS = startS;
  for (let part = 0; part < parts; part++) conductanceS += mean(conductanceS, up) * ratio * (pulses / parts);
  return conductanceS;
}

/** Drift of half-selected cells against the number of pulses and their voltage. Undefined for a device without pulse response, or an ideal one. */
export function disturbStudy(device: CellModel): { readonly table: LaboratoryTable; readonly series: Series } | undefined {
  const [cell] = pulseCells(device, 1, 1) ?? [];
  // the exact cell has no physics to disturb it
  if (cell === undefined || device.pulsed?.law === 'exact') return undefined;
  const { minS, maxS } = device;
  const within = (conductanceS: number): number => Math.min(maxS, Math.max(minS, conductanceS));
  const mean = (conductanceS: number, up: boolean): number => within(cell(within(conductanceS), up, 0)) - within(conductanceS);
  const middle = (minS + maxS) / 2;
  const step = (mean(middle, true) - mean(middle, false)) / 2;
  const half = device.pulsed?.disturb?.up ?? voltageRatio(0.5);
  // the measured ratio at half the voltage sets the scale of the law of the compact model
  const ratioAt = (share: number): number => Math.min(1, (voltageRatio(share) * half) / voltageRatio(0.5));
  const drift = (share: number, pulses: number): number => {
    const [up, down] = [true, false].map((way) => Math.abs(drifted(mean, middle, way, ratioAt(share), pulses) - middle));
    return Math.max(up!, down!) / step;
  };
  const found = shares.map((share) => ({ share, drifts: counts.map((pulses) => drift(share, pulses)) }));
  return {
    table: {
      name: 'disturb',
      title: 'Drift of half-selected cells mid-window, in full steps, same-sign pulses',
      columns: [
        { name: 'share of the pulse voltage', unit: '1' },
        { name: 'step ratio', unit: '1' },
        ...counts.map((count) => ({ name: `${count.toExponential(0).replace('+', '')} pulses`, unit: '1' })),
      ],
      rows: found.map(({ share, drifts }) => [share, ratioAt(share), ...drifts]),
    },
    series: {
      name: 'disturb',
      title: 'Drift of half-selected cells',
      x: { name: 'half-select pulses', unit: '1', logarithmic: true },
      y: { name: 'drift in full steps', unit: '1' },
      mark: 'line',
      points: found.flatMap(({ share, drifts }) =>
        drifts.map((y, index) => ({ curve: `${Number(share.toPrecision(3))} V`, x: counts[index]!, y })),
      ),
    },
  };
}
