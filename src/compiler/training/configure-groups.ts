import { register } from '../../isa/operands.ts';
import { loadLiteral } from '../emit-loop.ts';
import { isTransfer, type TrainingPlan, type TransferDescent } from './algorithm.ts';
import { inLayer } from './emit-stage-forward.ts';
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
  configureBiasRows(emission);
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

/** Every group that holds a bias, fast tiles included. */
function configureBiasRows({ builder, matrices }: TrainingEmission): void {
  const analog = matrices.filter(({ stage }) => stage.constantRow === true);
  if (analog.length === matrices.length) builder.csr('all', 'CONSTANT_ROW', 1);
  else
    for (const { group, fast } of analog)
      for (const id of fast === undefined ? [group] : [group, fast.group]) builder.csr(id, 'CONSTANT_ROW', 1);
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

function configureTransfer(emission: TrainingEmission, algorithm: TransferDescent): void {
  const { builder, plan, matrices, layout, stepSize } = emission;
  if (algorithm.autoScale) for (const matrix of matrices) configureScale(emission, matrix);
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

/** Running means of a batch: AUTO_MOMENTUM is what a batch leaves of them (aihwkit auto_momentum). */
function configureScale(emission: TrainingEmission, { stage, fast }: TrainedMatrix): void {
  const vectors = emission.layout.batch * stage.vectors;
  const set = (): void => emission.builder.csr(fast!.group, 'AUTO_SCALE', vectors);
  if (vectors === 1) set();
  else inLayer(emission, stage.name, set);
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
