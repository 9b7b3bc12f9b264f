import { tileCount } from '../chip/components/component.ts';
import type { CostTable } from '../chip/cost-table.ts';
import type { ChipDescription } from '../chip/description.ts';
import { energyBand } from '../chip/model-spreads.ts';
import { peakFigures } from '../chip/peak.ts';
import { deviceNamed } from '../device/devices.ts';
import type { Program } from '../isa/program.ts';
import type { TimingOutcome } from '../timing/outcome.ts';
import { accuracyReport } from './accuracy-report.ts';
import { type EnergyBreakdown, energyReport, phaseEnergy, timeByPhase, toSeconds } from './energy-report.ts';
import type { Assumption, Manifest } from './manifest.ts';
import { peakPower, peakPowerDefinition } from './peak-power.ts';
import type { Report } from './report.ts';
import type { Fidelity, InstanceRun } from './run-instance.ts';

export interface ReportInput {
  readonly name: string;
  readonly fidelity: Fidelity;
  readonly program: Program;
  readonly programHash: string;
  readonly manifest: Manifest | undefined;
  readonly chip: ChipDescription;
  readonly chipHash: string;
  readonly device: string;
  readonly assumptions: readonly Assumption[];
  readonly costs: CostTable;
  readonly runs: readonly InstanceRun[];
  readonly seed: number;
  readonly chipSeeds: readonly number[];
  readonly version: string;
  readonly wallSeconds: number;
  readonly warnings: readonly string[];
}

const operationDefinition = '1 multiply-accumulate of a logical matrix = 2 operations; zero padding of tiles is not counted';
const efficiencyDefinition =
  'operations of the evaluate phase over its energy: cells, converters, digital logic, scratchpad, NoC, DRAM transfers, clock tree and leakage; programming apart';

/** Number of samples evaluated over all evaluations of the program. */
function evaluatedSamples({ manifest, runs }: ReportInput): number {
  if (manifest?.training !== undefined) return manifest.samples * (manifest.training.epochs + manifest.ages.length - 1);
  const counted = (runs[0]?.snapshots ?? []).reduce((sum, { count }) => sum + count, 0);
  return counted > 0 || manifest === undefined ? counted : manifest.samples * manifest.ages.length;
}

function timeReport(timing: TimingOutcome, input: ReportInput, samples: number): NonNullable<Report['time']> {
  const byPhase = timeByPhase(timing, input.program.regions);
  const { evaluate, forward } = byPhase;
  const perSample = samples > 0 && evaluate !== undefined ? evaluate / samples : undefined;
  return {
    seconds: toSeconds(timing.picoseconds),
    cycles: Number(timing.cycles),
    byPhase,
    ...(perSample === undefined ? {} : { secondsPerSample: perSample, samplesPerSecond: 1 / perSample }),
    // A training program's forward phase is no lone sample.
    ...(forward === undefined || input.manifest?.training !== undefined ? {} : { latencySeconds: forward }),
    busyByUnit: Object.fromEntries(timing.units.map(({ unit, busyPs }) => [unit, busyPs * 1e-12])),
  };
}

const divided = (breakdown: Readonly<Record<string, number>>, by: number): Record<string, number> =>
  Object.fromEntries(Object.entries(breakdown).map(([name, joules]) => [name, joules / by]));

function energyAndPower(
  timing: TimingOutcome,
  input: ReportInput,
  samples: number,
): Pick<Report, 'energy' | 'power' | 'energyDelay'> {
  const { regions } = input.program;
  const energy = energyReport(timing, regions);
  const evaluate = phaseEnergy(timing, regions, 'evaluate');
  const seconds = toSeconds(timing.picoseconds);
  const perSample =
    samples > 0 && evaluate.total > 0
      ? {
          perSample: {
            total: evaluate.total / samples,
            band: energyBand(divided(evaluate.byComponent, samples), input.chip),
            byComponent: divided(evaluate.byComponent, samples),
            byLayer: divided(evaluate.byLayer, samples),
          },
        }
      : {};
  return {
    energy: { ...energy, ...perSample, programming: phaseEnergy(timing, regions, 'program').total },
    ...(seconds > 0
      ? {
          power: {
            average: energy.total / seconds,
            leakage: energy.leakage / seconds,
            ...powerParts(energy, seconds, timeByPhase(timing, regions), input),
            ...chipPower(input),
          },
        }
      : {}),
    ...energyDelay(evaluate.total, timeByPhase(timing, regions).evaluate ?? 0, samples),
  };
}

const energyDelay = (joules: number, seconds: number, samples: number): Pick<Report, 'energyDelay'> =>
  samples > 0 && joules > 0 && seconds > 0 ? { energyDelay: (joules / samples) * (seconds / samples) } : {};

/** Average and bound by component, and average by phase. */
function powerParts(
  { byComponent, byPhase }: EnergyBreakdown,
  seconds: number,
  phaseSeconds: Readonly<Record<string, number>>,
  { chip, costs }: ReportInput,
): Pick<NonNullable<Report['power']>, 'byComponent' | 'peakDefinition' | 'byPhase'> {
  const parts = Object.entries(peakPower(chip, costs)).map(([name, peak]) => [
    name,
    { average: (byComponent[name] ?? 0) / seconds, peak },
  ]);
  const phases = Object.entries(phaseSeconds).filter(([, time]) => time > 0);
  return {
    byComponent: Object.fromEntries(parts),
    peakDefinition: peakPowerDefinition,
    byPhase: Object.fromEntries(phases.map(([name, time]) => [name, (byPhase[name] ?? 0) / time])),
  };
}

/** Power that follows from the chip alone. */
function chipPower({ chip }: ReportInput): Pick<NonNullable<Report['power']>, 'allTilesBusy' | 'outsideChip'> {
  const { minS, maxS } = deviceNamed(chip.device);
  const { tileWatts } = peakFigures(chip, { inputActivity: 0.25, conductanceS: (minS + maxS) / 2 });
  return { allTilesBusy: tileWatts * tileCount(chip), outsideChip: { host: chip.host.idleW, memory: chip.dram.idleW } };
}

function efficiencyReport(timing: TimingOutcome, input: ReportInput, samples: number): Pick<Report, 'operations' | 'efficiency'> {
  const total = 2 * (input.runs[0]?.totals.macs ?? 0);
  const perSample = input.manifest?.operationsPerSample;
  const evaluate = phaseEnergy(timing, input.program.regions, 'evaluate').total;
  const seconds = timeByPhase(timing, input.program.regions).evaluate ?? 0;
  const definition = operationDefinition;
  if (perSample === undefined || evaluate <= 0 || seconds <= 0) return { operations: { total, definition } };
  const operations = perSample * samples;
  return {
    operations: { total, perSample, definition },
    efficiency: {
      topsPerWatt: operations / evaluate / 1e12,
      tops: operations / seconds / 1e12,
      definition: efficiencyDefinition,
    },
  };
}

const replayedFraction = (timing: TimingOutcome | undefined): number =>
  timing === undefined || timing.operations === 0 ? 0 : timing.replayedOperations / timing.operations;

const endings = { halted: 'halted', trapped: 'trapped', deadlocked: 'deadlocked', limit: 'limit' } as const;

/** The report of a run. Time and energy are those of the first chip instance; accuracy is over all of them. */
export function buildReport(input: ReportInput): Report {
  const { runs, costs, program } = input;
  const first = runs[0];
  if (first === undefined) throw new RangeError('runs is empty; want at least one chip instance');
  const { timing, totals } = first;
  const samples = evaluatedSamples(input);
  const accuracy = accuracyReport(runs, input.manifest);
  return {
    schema: 'ohmic.report/1',
    name: input.name,
    fidelity: input.fidelity,
    ending: endings[first.ending.ended],
    ...(accuracy === undefined ? {} : { accuracy }),
    ...(timing === undefined ? {} : { time: timeReport(timing, input, samples), ...energyAndPower(timing, input, samples) }),
    area: {
      total: costs.totalArea,
      byComponent: Object.fromEntries(costs.components.map(({ component, area }) => [component, area])),
    },
    ...(timing === undefined ? {} : efficiencyReport(timing, input, samples)),
    activity: {
      adcSaturations: totals.saturations,
      adcConversions: timing?.actions['adc.convert'] ?? 0,
      retries: totals.retries,
      pulses: totals.pulses,
      verifyReads: totals.verifyReads,
      failedCells: totals.failedCells,
      instructions: totals.instructions,
    },
    assumptions: { count: input.assumptions.length, items: input.assumptions },
    warnings: input.warnings,
    provenance: {
      version: input.version,
      chip: input.chip.name,
      chipHash: input.chipHash,
      device: input.device,
      programHash: input.programHash,
      programWords: program.words.length / 4,
      ...(input.manifest === undefined ? {} : { dataDigest: input.manifest.dataDigest }),
      seed: input.seed,
      chipSeeds: input.chipSeeds,
    },
    run: { wallSeconds: input.wallSeconds, replayedFraction: replayedFraction(timing), workers: 1 },
  };
}
