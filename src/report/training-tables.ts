import type { Report } from '../simulate/report.ts';
import { type Cell, type DataTable, measure, optionalMeasure } from './data-table.ts';

type Training = NonNullable<Report['training']>;

/** What every epoch learned and cost, beside the float network after the same epoch. */
export function epochTable({ epochs, algorithm, samplesPerEpoch }: Training): DataTable {
  return {
    name: 'training-epochs',
    title: `Training on the chip with ${algorithm}, ${samplesPerEpoch} samples an epoch`,
    columns: [
      'epoch',
      'loss',
      'float loss',
      'test accuracy',
      'float',
      'chip time',
      'energy',
      'update pulses',
      'worn, mean',
      'most',
    ],
    rows: epochs.map(({ epoch, loss, accuracy, reference, seconds, energy, pulses, wear }) => [
      `${epoch}`,
      optionalMeasure(loss, 'number'),
      optionalMeasure(reference?.loss, 'number'),
      optionalMeasure(accuracy, '%'),
      optionalMeasure(reference?.accuracy, '%'),
      optionalMeasure(seconds, 's'),
      optionalMeasure(energy, 'J'),
      measure(pulses, 'count'),
      optionalMeasure(wear?.meanPulses, 'number'),
      optionalMeasure(wear?.maxPulses, 'count'),
    ]),
  };
}

/** The mean epoch by phase; the test of each epoch is its evaluate phase. */
export function epochPhaseTable({ epochs, samplesPerEpoch }: Training): DataTable {
  const costed = epochs.flatMap(({ byPhase }) => (byPhase === undefined ? [] : [byPhase]));
  const names = [...new Set(costed.flatMap((byPhase) => Object.keys(byPhase)))];
  const mean = (name: string, key: 'seconds' | 'energy'): number =>
    costed.reduce((sum, byPhase) => sum + (byPhase[name]?.[key] ?? 0), 0) / costed.length;
  return {
    name: 'training-phases',
    title: 'Mean epoch by phase',
    columns: ['phase', 'time', 'energy', 'energy per sample'],
    rows: names
      .map((name) => ({ name, seconds: mean(name, 'seconds'), energy: mean(name, 'energy') }))
      .filter(({ seconds, energy }) => seconds > 0 || energy > 0)
      .map(({ name, seconds, energy }) => [
        name,
        measure(seconds, 's'),
        measure(energy, 'J'),
        name === 'evaluate' ? undefined : measure(energy / samplesPerEpoch, 'J'),
      ]),
  };
}

export const enduranceTable = ({ endurance }: Training): DataTable => ({
  name: 'endurance',
  title: 'Pulses taken by the cells',
  columns: ['layer', 'tile', 'cells', 'mean', 'most', 'share of endurance, mean', 'most'],
  rows: endurance.map(({ layer, tile, cells, meanPulses, maxPulses, consumed, consumedMean }) => [
    layer,
    tile,
    measure(cells, 'count'),
    measure(meanPulses, 'number'),
    measure(maxPulses, 'count'),
    consumedMean > 0 ? measure(consumedMean, 'number') : undefined,
    consumed > 0 ? measure(consumed, 'number') : undefined,
  ]),
});

/** Trained weights on other instances, how far declared statistics are from this run, and where they come from. */
export function comparisonTable({ deployment, timingDeviation, calibrationSamples }: Training): DataTable {
  const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
  const rows: Cell[][] = [];
  if (deployment !== undefined) {
    const on = `on ${deployment.instances} instances of ${deployment.device}, ${deployment.samples} samples`;
    rows.push([`chip-trained weights ${on}`, measure(mean(deployment.chipTrained), '%'), undefined]);
    rows.push([`software weights ${on}`, measure(mean(deployment.softwareTrained), '%'), undefined]);
    rows.push([
      'paired loss of the chip-trained',
      measure(deployment.meanLoss, 'points'),
      measure(deployment.interval95, 'points'),
    ]);
  }
  if (timingDeviation !== undefined) {
    rows.push([`time at fidelity timing, ${timingDeviation.samples} samples`, measure(timingDeviation.time, '%'), undefined]);
    rows.push([`energy at fidelity timing, ${timingDeviation.samples} samples`, measure(timingDeviation.energy, '%'), undefined]);
  }
  if (calibrationSamples !== undefined)
    rows.push(['samples of the calibration run behind fidelity timing', measure(calibrationSamples, 'count'), undefined]);
  return { name: 'training-comparisons', title: 'Comparisons', columns: ['', 'value', '± 95 %'], rows };
}

/** Tables of a training run in the order of the page; none for other runs. */
export const trainingTables = ({ training }: Report): readonly DataTable[] =>
  training === undefined
    ? []
    : [epochTable(training), epochPhaseTable(training), enduranceTable(training), comparisonTable(training)];
