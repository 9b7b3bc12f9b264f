import { expect, test } from 'vitest';
import { cmoHfox } from '../../src/device/cmo-hfox.ts';
import { parseDevice } from '../../src/device/user-device.ts';
import { fitPulses } from '../../src/laboratory/fit-pulses.ts';
import { deviceYaml, fitReport } from '../../src/laboratory/fit-report.ts';
import { parsePulses } from '../../src/laboratory/pulse-train.ts';
import { pulseCells } from '../../src/laboratory/staircase-study.ts';
import { createStream } from '../../src/numeric/philox.ts';
import { purposes } from '../../src/numeric/purposes.ts';

/** Trains of 40 pulses up and 40 down on cells of the simulated loop, as a laboratory would write them. */
function measured(cells: number, cycles: number): string {
  const stream = createStream(4, purposes.pulse);
  const lines = ['device,direction,conductance_uS'];
  pulseCells(cmoHfox, cells, 4)!.forEach((step, cell) => {
    let conductanceS = 10e-6;
    lines.push(`d${cell},,${conductanceS * 1e6}`);
    for (let pulse = 0; pulse < 80 * cycles; pulse++) {
      const up = pulse % 80 < 40;
      conductanceS = step(conductanceS, up, stream.normal());
      lines.push(`d${cell},${up ? 'up' : 'down'},${conductanceS * 1e6}`);
    }
  });
  return `${lines.join('\n')}\n`;
}

test('a fit finds the device that made the pulses, and its file reads back', () => {
  const fit = fitPulses(parsePulses(measured(20, 8), 'pulses.csv'));
  expect(fit).toMatchObject({ devices: 20, pulses: 12_800 });
  // the loop: symmetry 41.8 uS with w_SP = -0.22 of 8-92 uS, 22 states, 10 % spread; noise of 3.3 uS up, 4.4 uS down
  expect(Math.abs(fit.symmetry! - 40.8)).toBeLessThan(3);
  expect(Math.abs(fit.states! - 22)).toBeLessThan(4);
  expect(Math.abs(fit.spread - 0.1)).toBeLessThan(0.06);
  const device = parseDevice(deviceYaml('mine', 'a test', fit), 'mine.yaml');
  const mean = (up: boolean, g: number) =>
    device.simulated![0]!.algorithm.response![up ? 'up' : 'down'](g * 1e-6, 0, 1) * 1e6 - g;
  expect(Math.abs(mean(true, 50) - 0.0745 * 42)).toBeLessThan(0.5);
  expect(Math.abs(mean(false, 50) + 0.1165 * 42)).toBeLessThan(0.7);
  const report = fitReport('mine', fit);
  expect(report.tables.map(({ name }) => name)).toEqual(['fit', 'steps-up', 'steps-down']);
});

test('without noise the curve is exact', () => {
  const lines = ['device,direction,conductance_S'];
  let g = 20e-6;
  lines.push(`a,,${g}`);
  for (let pulse = 0; pulse < 200; pulse++) {
    const up = pulse % 40 < 20;
    g += up ? 1e-6 : -1e-6;
    lines.push(`a,${up ? 'set' : 'reset'},${g}`);
  }
  const fit = fitPulses(parsePulses(lines.join('\n'), 'a.csv'));
  for (const mean of fit.up.mean) expect(mean).toBeCloseTo(1, 9);
  for (const mean of fit.down.mean) expect(mean).toBeCloseTo(-1, 9);
  expect(fit.noise + fit.floor + fit.spread).toBeCloseTo(0, 9);
});

test('mistakes are named by line', () => {
  expect(() => parsePulses('device,directoin,conductance_uS\n', 'p.csv')).toThrow(/p\.csv:1 found .*a column direction/);
  const text = 'device,direction,conductance_uS\nd,,10\nd,sideways,11\nd,up,eleven\n,up,12\n';
  const parse = () => parsePulses(text, 'p.csv');
  expect(parse).toThrow('p.csv:3 found direction "sideways", expected up or down');
  expect(parse).toThrow('p.csv:4 found conductance "eleven"');
  expect(parse).toThrow('p.csv:5 found no device');
  expect(() => parsePulses('device,direction,conductance_uS\nd,,10\nd,up,11\n', 'p.csv')).toThrow(
    'found 1 pulses up, expected at least 20',
  );
});
