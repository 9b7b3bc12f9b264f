import type { ProgramBuilder } from '../../isa/builder.ts';
import { register } from '../../isa/operands.ts';
import { loadLiteral } from '../emit-loop.ts';
import { isTransfer, type TrainingPlan, type TransferDescent } from './algorithm.ts';
import { transferRhythm } from './emit-update.ts';
import type { TrainedMatrix } from './place-training.ts';
import { type TrainingEmission, trainingRegisters } from './training-program.ts';

/** Defines every group and writes the configuration registers that differ from what the chip starts with. */
export function configureGroups(emission: TrainingEmission): void {
  const { builder, matrices, plan, train } = emission;
  for (const { stage, group, fast, biasGroup, rowBlocks, columnBlocks, firstTile } of matrices) {
    const shape = { rowBlocks, columnBlocks, rows: stage.rows, columns: stage.columns };
    builder.group({ id: group, firstTile, ...shape });
    if (fast !== undefined) builder.group({ id: fast.group, firstTile: fast.firstTile, ...shape });
    if (biasGroup !== undefined) builder.group({ id: biasGroup, firstTile, ...shape, rowBlocks: 1, rows: 1 });
  }
  builder.csr('all', 'WEIGHT_MAX', plan.weightMax);
  configureUpdates(emission);
  // A recurrence turns codes into numbers before it joins them with its state.
  if (emission.recurrent !== undefined) return;
  loadLiteral(builder, trainingRegisters.fastScale, train.unit);
  const [input] = matrices;
  for (const id of [input!.group, ...(input!.fast === undefined ? [] : [input!.fast.group])]) {
    builder.csr(id, 'IN_FORMAT', 'u8');
    builder.csr(id, 'IN_UNIT', register(trainingRegisters.fastScale));
  }
}

function configureUpdates(emission: TrainingEmission): void {
  const { builder, plan } = emission;
  const { update, algorithm } = plan;
  builder.csr('all', 'UPDATE_LENGTH', update.length);
  if (!update.updateManagement) builder.csr('all', 'UPDATE_MANAGEMENT', 0);
  if (!update.lengthManagement) builder.csr('all', 'LENGTH_MANAGEMENT', 0);
  if (update.scheme === 'half-v') builder.csr('all', 'UPDATE_SCHEME', update.scheme);
  if (update.lineLimit > 0) builder.csr('all', 'LINE_LIMIT', update.lineLimit);
  if (update.writeDrop) builder.csr('all', 'WRITE_DROP', 1);
  if (isTransfer(algorithm)) configureTransfer(emission, algorithm);
}

function configureTransfer({ builder, plan, matrices, layout, stepSize }: TrainingEmission, algorithm: TransferDescent): void {
  if (algorithm.autoScale) for (const matrix of matrices) configureScale(builder, matrix, layout.batch);
  if (algorithm.transferLength !== 1) builder.csr('all', 'TRANSFER_LENGTH', algorithm.transferLength);
  if (algorithm.transferReads !== 1) builder.csr('all', 'TRANSFER_READS', algorithm.transferReads);
  if (algorithm.momentum !== 0) builder.csr('all', 'TRANSFER_MOMENTUM', algorithm.momentum);
  if (algorithm.forget) builder.csr('all', 'TRANSFER_FORGET', 1);
  const chops = algorithm.kind === 'cttv2' || algorithm.kind === 'agad';
  if (chops) builder.csr('all', 'CHOP_PROBABILITY', algorithm.chopProbability);
  if (chops && algorithm.chopOutProbability > 0) builder.csr('all', 'CHOP_OUT_PROBABILITY', algorithm.chopOutProbability);
  if (algorithm.kind === 'agad' && algorithm.tailWeight !== 5) builder.csr('all', 'TAIL_WEIGHT', algorithm.tailWeight);
  if (algorithm.kind === 'tiki-taka') return;
  const thresholds = matrices.map((matrix) => bufferStep(matrix, plan, algorithm, layout.batch, stepSize));
  if (thresholds.every((threshold) => threshold === thresholds[0])) builder.csr('all', 'TRANSFER_THRESHOLD', thresholds[0]!);
  else for (const [at, { fast }] of matrices.entries()) builder.csr(fast!.group, 'TRANSFER_THRESHOLD', thresholds[at]!);
}

/** What a batch leaves of the running means of AUTO_SCALE (aihwkit auto_momentum); every vector takes its share. */
const batchMomentum = 0.99;

function configureScale(builder: ProgramBuilder, { stage, fast }: TrainedMatrix, batch: number): void {
  const { group } = fast!;
  builder.csr(group, 'AUTO_SCALE', 1);
  const vectors = batch * stage.vectors;
  if (vectors === 1) return;
  loadLiteral(builder, trainingRegisters.fastScale, 1 - (1 - batchMomentum) / vectors);
  builder.csr(group, 'AUTO_MOMENTUM', register(trainingRegisters.fastScale));
}

/** Buffer worth one pulse: a step of the fast cells, scaled by the samples of a sweep where asked for (aihwkit auto_granularity). */
function bufferStep(
  { stage }: TrainedMatrix,
  plan: TrainingPlan,
  algorithm: TransferDescent,
  batch: number,
  stepSize: number,
): number {
  const step = algorithm.granularity * stepSize * plan.weightMax;
  if (algorithm.autoGranularity === 0) return step;
  const { rows, period } = transferRhythm(algorithm, batch);
  const samplesPerRow = (batch * period) / rows;
  return (step * algorithm.autoGranularity) / (stage.rows * samplesPerRow);
}
