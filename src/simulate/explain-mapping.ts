import { instructions } from '../../isa/instructions.ts';
import { chipDevice } from '../chip/chip-device.ts';
import { costTableOf } from '../chip/cost-table-of.ts';
import { timingParameters } from '../chip/timing-parameters.ts';
import { matrixOf as matrixOfStep } from '../compiler/graph/steps.ts';
import type { Program } from '../isa/program.ts';
import type { TimingOutcome } from '../timing/outcome.ts';
import type { WordRecord } from '../timing/trace.ts';
import { coveredPs, type Span } from './busy-spans.ts';
import type { CompiledModel } from './compile-model.ts';
import { manifestOf } from './manifest.ts';
import { type Shortage, shortageOf } from './mapping-notes.ts';
import { runInstance } from './run-instance.ts';
import { declaredOf } from './try-mapping.ts';

/** What one layer became and what one image alone takes of it. */
export interface ExplainedLayer {
  readonly layer: string;
  /** What the machine does: kinds of its steps. */
  readonly steps: string;
  /** Absent for layers without a matrix. */
  readonly matrix?: {
    readonly groups: number;
    readonly rows: number;
    readonly columns: number;
    readonly vectors: number;
    readonly blocks: string;
    readonly tiles: number;
    readonly replicas: number;
    /** Cells of one copy's tiles that hold weights, 0..1. */
    readonly utilisation: number;
  };
  /** Time in which at least one of its instructions runs, and its dynamic energy. */
  readonly seconds: number;
  readonly joules: number;
  /** Units its instructions keep busy the longest. */
  readonly limit: string;
}

export interface ExplainedMapping {
  readonly layers: readonly ExplainedLayer[];
  readonly latencySeconds: number;
  readonly tilesUsed: number;
  readonly tiles: number;
  readonly scratchpadUsed: number;
  readonly scratchpad: number;
  readonly batch: number;
  /** Streams of rows inside one image: the steps of each, and the turns they take together. */
  readonly streams: readonly { readonly steps: number; readonly turns: number }[];
  /** Consecutive images that are worked on at the same time. */
  readonly stages: number;
  readonly words: number;
  readonly shortage: Shortage;
  readonly bottleneck: string;
}

const regionIndex = ({ regions }: Program, kind: string, name: string): number =>
  regions.findIndex((region) => region.kind === kind && region.name === name);

function matrixOf({ mapping }: Pick<CompiledModel, 'mapping'>, layer: string): ExplainedLayer['matrix'] | undefined {
  const stages = mapping.lowered.steps.flatMap(({ layer: own, operation }) =>
    own === layer ? (matrixOfStep(operation) ?? []) : [],
  );
  const matrices = mapping.matrices.filter(({ stage }) => stages.includes(stage));
  const [first] = matrices;
  if (first === undefined) return undefined;
  const { stage, rowBlocks, columnBlocks, utilisation, replicas = 1 } = first;
  return {
    ...{ groups: matrices.length, rows: stage.rows, columns: stage.columns, vectors: stage.vectors, utilisation, replicas },
    blocks: `${rowBlocks} x ${columnBlocks}`,
    tiles: matrices.reduce((sum, { tiles, replicas: copies = 1 }) => sum + tiles * copies, 0),
  };
}

const spanOf = ({ startedPs, endedPs }: WordRecord): Span => ({ fromPs: Number(startedPs), toPs: Number(endedPs) });

const unitKinds = {
  tile: 'tiles',
  vector: 'vector units',
  dma: 'DRAM',
  control: 'controller',
  noc: 'NoC',
  simulation: 'controller',
} as const;

/** The kind of unit whose words of a layer cover most time. */
function limitOf(records: readonly WordRecord[]): string {
  const kinds = [...new Set(records.map(({ mnemonic }) => unitKinds[instructions[mnemonic].class]))];
  const time = (kind: string): number =>
    coveredPs(records.filter(({ mnemonic }) => unitKinds[instructions[mnemonic].class] === kind).map(spanOf));
  return kinds.reduce((most, kind) => (time(kind) > time(most) ? kind : most), kinds[0] ?? 'controller');
}

/** A mapping whose program ran on the timing machine. */
export interface MappingRun extends Pick<CompiledModel, 'program' | 'chip' | 'mapping'> {
  /** Words of the lone image. */
  readonly records: readonly WordRecord[];
  readonly timing: TimingOutcome;
}

/** The phase of the lone image. */
export const lonePhase = (program: Program): number => regionIndex(program, 'phase', 'forward');

/** Runs the program on the timing machine and says what each layer became and what it takes of one image alone. */
export function explainMapping({ program, mapping, chip }: CompiledModel): ExplainedMapping {
  const device = chipDevice(chip);
  const lone = lonePhase(program);
  const records: WordRecord[] = [];
  const { timing } = runInstance({
    ...{ program, chip, device, fidelity: 'timing', seed: 1, chipSeed: 1 },
    ...{ costs: costTableOf(chip), declared: declaredOf(mapping), parameters: timingParameters(chip, device) },
    trace: (record) => void (record.phase === lone && records.push(record)),
  });
  return describeMapping({ program, mapping, chip, records, timing: timing! });
}

/** What each layer became and what it takes of one image alone. */
export function describeMapping(run: MappingRun): ExplainedMapping {
  const { program, mapping, chip, records, timing } = run;
  const lone = lonePhase(program);
  const names = [...new Set(mapping.lowered.steps.map(({ layer }) => layer))];
  const layers = names.map((layer): ExplainedLayer => {
    const region = regionIndex(program, 'layer', layer);
    const own = records.filter((record) => record.layer === region);
    const steps = mapping.lowered.steps.filter((step) => step.layer === layer).map(({ operation }) => operation.kind);
    const matrix = matrixOf(run, layer);
    return {
      ...{ layer, steps: [...new Set(steps)].join(', '), ...(matrix === undefined ? {} : { matrix }) },
      seconds: coveredPs(own.map(spanOf)) * 1e-12,
      joules: timing.dynamic.reduce(
        (sum, entry) => (entry.layer === region && entry.phase === lone ? sum + entry.joules : sum),
        0,
      ),
      limit: limitOf(own),
    };
  });
  const slowest = layers.reduce((most, next) => (next.seconds > most.seconds ? next : most));
  const latencySeconds = Number(timing.phasePs.get(lone) ?? 0n) * 1e-12;
  return {
    ...{ layers, latencySeconds, tiles: chip.grid.rows * chip.grid.columns, scratchpad: chip.scratchpad.bytes },
    tilesUsed: Math.max(0, ...mapping.matrices.map(({ firstTile, tiles, replicas = 1 }) => firstTile + tiles * replicas)),
    shortage: shortageOf(mapping, chip, manifestOf(program.manifest)?.ages?.length ?? 1),
    ...{
      scratchpadUsed: mapping.schedule.spmBytes,
      batch: mapping.schedule.batch,
      stages: mapping.schedule.pipeline.stages,
      streams: mapping.schedule.imageParts.flatMap((part) =>
        part.kind === 'stream' ? [{ steps: part.steps.length, turns: part.turns }] : [],
      ),
      words: program.words.length / 4,
    },
    bottleneck: `${slowest.layer}: ${((100 * slowest.seconds) / latencySeconds).toFixed(0)} % of an image's time, most of it in the ${slowest.limit}`,
  };
}
