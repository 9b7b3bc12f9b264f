import { formatBytes, limits } from '../../../isa/limits.ts';
import { costTableOf } from '../../chip/cost-table-of.ts';
import type { ChipDescription } from '../../chip/description.ts';
import type { ProgramBuilder } from '../../isa/builder.ts';
import type { Operand } from '../../isa/instruction.ts';
import { formatQuantity } from '../../units/format-quantity.ts';
import type { Stage } from '../lower.ts';

/** What a training step keeps of a stage for its way back. */
export type KeptMap = 'output' | 'gradient' | 'index';

/** A map of one image in the scratchpad, and the place of those of a batch in DRAM. */
export interface SpilledMap {
  readonly near: Operand;
  readonly home: number;
}

/** Maps of a stage that go through DRAM; a kind it does not keep is absent. */
export type SpilledStage = Readonly<Partial<Record<KeptMap, SpilledMap>>>;

/** Bytes of a map of one image. */
export const bytesOf = (stage: Stage): number => stage.outputElements * formatBytes.f32;

/** Rows of a transfer field. */
const mostRows = 63;

/** Rows that a map is moved in: as few as make rows short enough; undefined where none divide it. */
export function rowsOfTransfer(bytes: number): number | undefined {
  for (let rows = Math.ceil(bytes / limits.maxLength); rows <= mostRows; rows++) if (bytes % rows === 0) return rows;
  return undefined;
}

/** Kinds of maps a stage keeps: its outputs, for a matrix the gradient that its update takes, for max pooling where maxima were. */
export function keptMaps(stage: Stage): readonly KeptMap[] {
  if (stage.kind === 'matrix') return ['output', 'gradient'];
  return stage.function === 'max' ? ['output', 'index'] : ['output'];
}

/** Homes in DRAM of a spilled stage. */
export function placeSpilled(
  builder: ProgramBuilder,
  stage: Stage,
  at: number,
  batch: number,
  near: Readonly<Record<KeptMap, Operand | undefined>>,
): SpilledStage {
  const bytes = bytesOf(stage);
  return Object.fromEntries(
    keptMaps(stage).map((kind) => [kind, { near: near[kind]!, home: builder.dram(`home_${at}_${kind}s`, bytes * batch) }]),
  );
}

/** Has the next stage's update this stage's output as its input? */
const feedsMatrix = (stages: readonly Stage[], at: number): boolean => stages[at + 1]?.kind === 'matrix';

/** Does the way back look at the outputs of a stage? */
export const needsOutputBack = (stage: Stage): boolean => stage.kind === 'matrix' && stage.activation !== 'none';

/** Bytes of one sample that cross the DRAM interface, out and in. */
export function spillTraffic(stages: readonly Stage[], spilled: ReadonlySet<number>): number {
  let bytes = 0;
  for (const at of spilled) {
    const stage = stages[at]!;
    const moves = keptMaps(stage).map((kind) => {
      if (kind === 'output') return 1 + Number(needsOutputBack(stage)) + Number(feedsMatrix(stages, at));
      return 2;
    });
    bytes += moves.reduce((sum, count) => sum + count, 0) * bytesOf(stage);
  }
  return bytes;
}

/** What a user is told of maps that go through DRAM, and what it costs him. */
export function spillNote(
  stages: readonly Stage[],
  spilled: ReadonlySet<number>,
  batch: number,
  chip: ChipDescription,
): readonly string[] {
  if (spilled.size === 0) return [];
  const names = [...spilled].sort((a, b) => a - b).map((at) => stages[at]!.name);
  const bytes = spillTraffic(stages, spilled);
  const perByte = costTableOf(chip).components.find(({ component }) => component === 'dram')?.actions.byte ?? 0;
  return [
    `activations and gradients of ${names.join(', ')} do not stay in a scratchpad of ${chip.scratchpad.bytes} bytes for a batch of ${batch}: ` +
      `they go through DRAM, ${bytes} bytes and ${formatQuantity(bytes * perByte, 'J')} of DRAM energy a sample`,
  ];
}
