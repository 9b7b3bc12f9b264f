import { cmoHfox } from '../device/cmo-hfox.ts';
import { loopNumbers, pulseFamilies } from '../device/cmo-hfox-loop.ts';
import { applyPulse, conductanceOf, states } from '../device/compact-model.ts';
import { voltageRatio } from '../device/disturb.ts';
import { closedLoop } from '../device/programming/closed-loop.ts';
import { simulateProgramming } from '../device/programming/simulated-programming.ts';
import { softBoundsSteps } from '../device/programming/soft-bounds-step.ts';
import { moments } from '../numeric/moments.ts';
import { disturbRows } from './disturb-rows.ts';
import type { LaboratoryExperiment } from './laboratory-experiment.ts';
import type { LaboratoryTable, Series } from './laboratory-report.ts';
import { mapArray } from './parallel-mapping.ts';
import { programmingStudy, publishedLevels } from './programming-study.ts';
import { judge, type ValidationRow } from './row.ts';

/** Pulses of the papers with the transistor resistance under each, ohm: steps of about 3 uS at the symmetry point. */
const pulses = [
  { name: '+1.35 V, 1 us', volts: 1.35, seconds: 1e-6, ohm: 370 },
  { name: '-1.3 V, 1 us', volts: -1.3, seconds: 1e-6, ohm: 31 },
  { name: '+1.6 V, 60 ns', volts: 1.6, seconds: 60e-9, ohm: 480 },
  { name: '-2.3 V, 60 ns', volts: -2.3, seconds: 60e-9, ohm: 4600 },
] as const;

interface HalfSelect {
  readonly pulse: string;
  readonly state: string;
  /** Half-voltage step over full step at the same state and polarity. */
  readonly ratio: number;
  /** Drift after 1e5 and 1e6 half-voltage pulses, S. */
  readonly drifts: readonly number[];
}

const counts = [1e5, 1e6];

/** The compact model under half the voltage: one pulse as long as all of them together, since the cell rests between pulses anyway. */
function halfSelects(): readonly HalfSelect[] {
  return pulses.flatMap(({ name, volts, seconds, ohm }) =>
    Object.entries(states).map(([state, vacancies]): HalfSelect => {
      const start = conductanceOf(vacancies);
      const full = conductanceOf(applyPulse(vacancies, volts, seconds, ohm).vacancies) - start;
      const drifts = counts.map(
        (count) => conductanceOf(applyPulse(vacancies, volts / 2, seconds * count, ohm).vacancies) - start,
      );
      return { pulse: name, state, ratio: drifts[0]! / counts[0]! / full, drifts };
    }),
  );
}

const halfTable = (found: readonly HalfSelect[]): LaboratoryTable => ({
  name: 'half-select',
  title: 'Cells at half the pulse voltage, compact model',
  columns: [
    { name: 'pulse', unit: '' },
    { name: 'state', unit: '' },
    { name: 'half step over full step', unit: '1' },
    { name: 'drift after 1e5', unit: 'S' },
    { name: 'drift after 1e6', unit: 'S' },
  ],
  rows: found.map(({ pulse, state, ratio, drifts }) => [pulse, state, ratio, ...drifts]),
});

/** Closed loop at 2 % when part of the pulse voltage is lost on the wires. */
function irDropStudy(): { readonly table: LaboratoryTable; readonly series: Series } {
  const drops = [0, 0.01, 0.025, 0.05, 0.1];
  const { loopLowS, loopHighS, stepUp, stepDown, cycleNoise, gainSpread, verifyNoise } = loopNumbers;
  const family = pulseFamilies['1us'];
  const found = drops.map((drop) => {
    const ratio = voltageRatio(1 - drop);
    const window = { lowS: loopLowS, highS: loopHighS, cycleNoise };
    const loop = closedLoop({
      ...{ doc: 'closed loop behind wires', peakV: family.setV, pulseA: family.peakA, gainSpread, verifyNoise },
      ...softBoundsSteps({ ...window, up: stepUp * ratio, down: stepDown * ratio }),
      foundS: [cmoHfox.minS, cmoHfox.maxS],
      pulseJoules: cmoHfox.pulseJoules,
    });
    const simulated = simulateProgramming(loop, cmoHfox.minS, cmoHfox.maxS);
    const options = { levelsS: publishedLevels, cells: 100, tolerance: 0.02, limit: 500, seed: 3 };
    return { drop, ratio, result: programmingStudy(cmoHfox, simulated, options) };
  });
  return {
    table: {
      name: 'ir-drop',
      title: 'Programming to 2 % when part of the pulse voltage is lost on the wires',
      columns: [
        { name: 'lost', unit: 'share' },
        { name: 'step left', unit: 'share' },
        { name: 'mean pulses', unit: '1' },
        { name: 'failed', unit: 'share' },
      ],
      rows: found.map(({ drop, ratio, result }) => [drop, ratio, moments(result.pulses).mean, result.failed / result.cells]),
    },
    series: {
      name: 'ir-drop',
      title: 'Pulses of the closed loop against IR drop',
      x: { name: 'share of the voltage lost', unit: '1' },
      y: { name: 'mean pulses', unit: '1' },
      mark: 'line',
      points: found.map(({ drop, result }) => ({ curve: '2 % acceptance', x: drop, y: moments(result.pulses).mean })),
    },
  };
}

/** Half-select stress, an array mapped in parallel under both schemes, IR drop on writes. */
export const choiDisturb: LaboratoryExperiment = {
  name: 'choi-disturb',
  run({ seed, progress }) {
    const stage = progress.stage('half-select disturb', 3);
    const half = halfSelects();
    stage.update(1, 'compact model');
    const mapping = mapArray({ size: 64, tolerance: 0.02, seed, ratios: [1e-7, 1e-5, 1e-4, 0.005] });
    stage.update(2, 'parallel mapping');
    const drop = irDropStudy();
    stage.done();
    const worst = Math.max(...half.map(({ ratio }) => Math.abs(ratio)));
    const drift = Math.max(...half.map(({ drifts }) => Math.abs(drifts[0]!)));
    const source = 'Choi 2026: |mean k| below 0.005 over 1e5 pulses, limited by read noise';
    const rows: readonly ValidationRow[] = [
      ...disturbRows(),
      judge({
        ...{ id: 'disturb-ratio', published: 0.005, value: worst, unit: '1', tolerance: 0, toleranceKind: 'at most' as const },
        name: 'largest half-select step over full step, compact model, all pulses and states',
        class: 'out-of-sample',
        source,
      }),
      judge({
        ...{ id: 'disturb-drift', published: 0, value: drift, unit: 'S', tolerance: 0.1e-6, toleranceKind: 'at most' as const },
        name: 'largest drift after 1e5 half-select pulses (stable to 1e5 in the paper; read noise is about 0.1 uS)',
        class: 'out-of-sample',
        source,
      }),
      mapping.row,
    ];
    return {
      schema: 'ohmic.laboratory/1',
      name: 'choi-disturb',
      title: 'half-select disturb of fully parallel updates',
      rows,
      tables: [halfTable(half), mapping.table, drop.table],
      series: [drop.series],
      notes: [
        'The compact model sees many half-select pulses as one long one: the cell heats in 28 ps and rests between pulses.',
        'Under gate coincidence unselected cells see no voltage.',
      ],
    };
  },
};
