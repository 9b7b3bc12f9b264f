import { stringify } from 'yaml';
import { interpolate } from '../device/polynomial.ts';
import { type FittedSteps, type PulseFit, stepCurve } from './fit-pulses.ts';
import type { LaboratoryReport, LaboratoryTable } from './laboratory-report.ts';

const rounded = (value: number): number => Number(value.toPrecision(6));

/** The device file of a fit: both step curves on one grid, at the places of their bins. */
export function deviceYaml(name: string, source: string, fit: PulseFit): string {
  const grid = [...new Set([...fit.up.centre, ...fit.down.centre].map(rounded))].sort((a, b) => a - b);
  const device = {
    name,
    doc: `fitted to ${fit.pulses} pulses on ${fit.devices} devices`,
    source,
    window: { min: `${rounded(fit.minimum)} uS`, max: `${rounded(fit.maximum)} uS` },
    ...(fit.symmetry === undefined ? {} : { symmetryPoint: `${rounded(fit.symmetry)} uS` }),
    steps: {
      conductance: grid,
      up: grid.map((g) => rounded(Math.max(0, interpolate(stepCurve(fit.up), g)))),
      down: grid.map((g) => rounded(Math.min(0, interpolate(stepCurve(fit.down), g)))),
      noise: rounded(fit.noise),
      floor: rounded(fit.floor),
      spread: rounded(Math.min(2, fit.spread)),
    },
  };
  return stringify(device, { lineWidth: 120 });
}

const micro = 1e-6;

const quality = (name: string, { centre, mean, standardError, deviation, count }: FittedSteps): LaboratoryTable => ({
  name: `steps-${name}`,
  title: `Steps ${name}, bin by bin`,
  columns: [
    { name: 'conductance', unit: 'S' },
    { name: 'mean step', unit: 'S' },
    { name: 'standard error', unit: 'S' },
    { name: 'noise of a step', unit: 'S' },
    { name: 'pulses', unit: '1' },
  ],
  rows: centre.map((g, bin) => [
    g * micro,
    mean[bin]! * micro,
    standardError[bin]! * micro,
    deviation[bin]! * micro,
    count[bin]!,
  ]),
});

/** Fit-quality tables and the chart of both step curves with their bins. */
export function fitReport(name: string, fit: PulseFit): LaboratoryReport {
  const summary: LaboratoryTable = {
    name: 'fit',
    title: 'Fit',
    columns: [
      { name: 'devices', unit: '1' },
      { name: 'pulses', unit: '1' },
      { name: 'symmetry point', unit: 'S' },
      { name: 'states', unit: '1' },
      { name: 'noise of a step', unit: 'share' },
      { name: 'spread between devices', unit: 'share' },
      { name: 'bins foretold by their neighbours', unit: 'share' },
    ],
    rows: [
      [
        fit.devices,
        fit.pulses,
        fit.symmetry === undefined ? 'none' : fit.symmetry * micro,
        fit.states === undefined ? 'none' : fit.states,
        fit.noise,
        fit.spread,
        fit.smoothness,
      ],
    ],
  };
  const points = (['up', 'down'] as const).flatMap((way) =>
    fit[way].centre.flatMap((g, bin) => {
      const at = { x: g * micro };
      const [mean, error] = [fit[way].mean[bin]! * micro, fit[way].standardError[bin]! * micro];
      return [
        { ...at, curve: way, y: mean },
        { ...at, curve: `${way} + standard error`, y: mean + error },
        { ...at, curve: `${way} - standard error`, y: mean - error },
      ];
    }),
  );
  return {
    schema: 'ohmic.laboratory/1',
    name,
    title: `cell fitted to ${fit.pulses} pulses on ${fit.devices} devices`,
    rows: [],
    tables: [summary, quality('up', fit.up), quality('down', fit.down)],
    series: [
      {
        name: 'fitted-steps',
        title: 'Mean step of one pulse',
        x: { name: 'conductance', unit: 'S' },
        y: { name: 'step', unit: 'S' },
        mark: 'line',
        points,
      },
    ],
    notes: [
      'Steps of each device are divided by its own factor before they are averaged; the factors give the spread.',
      'Retention cannot be seen in pulse trains: add a relaxation section to the device file if cells drift.',
      ...(fit.symmetry === undefined ? ['Up and down steps never cancel inside the measured range.'] : []),
    ],
  };
}
