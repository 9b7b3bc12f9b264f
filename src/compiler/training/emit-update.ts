import { counter, float, integer, register, spm } from '../../isa/operands.ts';
import { isTransfer, type MixedDescent, type TransferDescent, transferRules } from './algorithm.ts';
import { inPhase, overImages } from './emit-pass.ts';
import { emitSpill } from './emit-spill.ts';
import { inLayer, vectorsAt } from './emit-stage-forward.ts';
import type { TrainedMatrix } from './place-training.ts';
import { countFormat, floatBytes } from './training-layout.ts';
import { type TrainingEmission, trainingLoops, trainingRegisters } from './training-program.ts';

/** Everything that changes weights after the gradients of a batch are known. */
export function emitUpdate(emission: TrainingEmission): void {
  const { plan } = emission;
  const { algorithm } = plan;
  inPhase(emission, algorithm.kind === 'mixed' ? 'accumulate' : 'update', () => emitGradients(emission));
  if (algorithm.kind === 'mixed') emitWriteOut(emission, algorithm);
  if (isTransfer(algorithm)) emitTransfer(emission, algorithm);
}

function emitGradients(emission: TrainingEmission): void {
  const { matrices, stages, mapStages, layout } = emission;
  const isMap = ({ stage }: TrainedMatrix): boolean => stages.indexOf(stage) < mapStages;
  const maps = matrices.filter(isMap);
  if (maps.length > 0)
    overImages(emission, layout.batch, () => {
      for (const matrix of maps) {
        const at = stages.indexOf(matrix.stage);
        emitSpill(emission, at - 1, 'load', ['output']);
        emitSpill(emission, at, 'load', ['gradient']);
        emitGradient(emission, matrix);
      }
    });
  for (const matrix of matrices) if (!isMap(matrix)) emitGradient(emission, matrix);
}

/** One layer's rank-1 updates, one per vector, and the sum of its gradients onto the bias. */
function emitGradient(emission: TrainingEmission, matrix: TrainedMatrix): void {
  const { builder, stages, operands, layout, plan, biasBase, biasOffsets, ones } = emission;
  const at = stages.indexOf(matrix.stage);
  const { input, window, gradient: own } = operands[at]!;
  const areas = matrix.stage.recurrent === undefined ? undefined : emission.recurrent;
  // All steps of a recurrence lie one after the other.
  const length = vectorsAt(emission, at, layout.batch) * (areas === undefined ? 1 : matrix.stage.vectors);
  const x = areas === undefined ? (window?.operand() ?? input) : spm(areas.joined);
  const gradient = areas === undefined ? own : spm(areas.deltas);
  inLayer(emission, matrix.stage.name, () => {
    if (matrix.biasGroup !== undefined) {
      const bias = spm(biasBase + biasOffsets.get(matrix.group)!);
      builder.emit('OPD', { d: bias, a: ones, b: gradient, unit: matrix.biasGroup, length });
    }
    const { algorithm } = plan;
    if (algorithm.kind === 'mixed')
      builder.emit('OPD', { d: emission.state(matrix), a: x, b: gradient, unit: matrix.group, length });
    else {
      const fast = matrix.fast;
      const scale = register(fast === undefined ? trainingRegisters.rate : trainingRegisters.fastScale);
      const flags = algorithm.kind === 'cttv2' || algorithm.kind === 'agad' ? ['CHOP'] : [];
      const unit = fast?.group ?? matrix.group;
      builder.emit('OPU', { fn: plan.update.rule, flags, d: scale, a: x, b: gradient, unit, length });
    }
  });
}

/** Runs `body` in one of every `period` batches; the count is that of the batch loop. */
function everyBatches({ builder }: TrainingEmission, period: number, body: () => void): void {
  if (period <= 1) {
    body();
    return;
  }
  const lastRow = trainingRegisters.lastRow;
  builder.emit('SETR', { fn: 'add', flags: ['I'], d: register(lastRow), a: register(lastRow), b: integer(1) });
  const branch = builder.position;
  builder.emit('BR', { fn: 'lt', flags: ['I'], d: integer(1), a: register(lastRow), b: integer(period) });
  builder.emit('SETR', { fn: 'mov', flags: ['I'], d: register(lastRow), a: integer(0) });
  body();
  builder.patchBranch(branch, builder.position);
}

/** Mixed precision: pulse where the accumulated gradient amounts to steps of the cell. */
function emitWriteOut(emission: TrainingEmission, algorithm: MixedDescent): void {
  everyBatches(emission, algorithm.everyBatches, () =>
    inPhase(emission, 'update', () => {
      for (const [at, matrix] of emission.matrices.entries()) emitCounts(emission, matrix, at, algorithm);
    }),
  );
}

function emitCounts(emission: TrainingEmission, matrix: TrainedMatrix, at: number, algorithm: MixedDescent): void {
  const { builder, layout, plan, counts, stepSize } = emission;
  const { stage, group } = matrix;
  const rows = layout.countRows[at]!;
  const parts = stage.rows / rows;
  const elements = rows * stage.columns;
  const epsilon = float(algorithm.threshold * stepSize * plan.weightMax);
  const format = countFormat(stepSize);
  const flags = [...format.flags, ...(algorithm.programming === 'verify' ? ['VERIFY'] : [])];
  inLayer(emission, stage.name, () => {
    if (parts === 1) {
      builder.emit('THA', { fn: format.functor, d: counts, a: emission.state(matrix), b: epsilon, length: elements });
      builder.emit('PUL', { fn: 'matrix', flags, a: counts, unit: group, length: rows });
      return;
    }
    const state = emission.state(matrix, elements * floatBytes);
    builder.loop(trainingLoops.part, parts, () => {
      builder.emit('THA', { fn: format.functor, d: counts, a: state, b: epsilon, length: elements });
      const row = register(trainingRegisters.fastScale);
      builder.emit('SETR', { fn: 'mul', flags: ['I'], d: row, a: counter(trainingLoops.part), b: integer(rows) });
      builder.emit('PUL', { fn: 'row', flags, d: row, a: counts, unit: group, length: rows });
    });
  });
}

/** Rows each fast tile hands over per batch, or batches between two rows. */
export function transferRhythm(
  { rowsPerSample }: TransferDescent,
  batch: number,
): { readonly rows: number; readonly period: number } {
  const perBatch = rowsPerSample * batch;
  return perBatch >= 1 ? { rows: Math.round(perBatch), period: 1 } : { rows: 1, period: Math.round(1 / perBatch) };
}

function emitTransfer(emission: TrainingEmission, algorithm: TransferDescent): void {
  const { builder, matrices, layout } = emission;
  const { functor } = transferRules[algorithm.kind];
  const { rows, period } = transferRhythm(algorithm, layout.batch);
  everyBatches(emission, period, () =>
    inPhase(emission, 'transfer', () => {
      for (const [at, matrix] of matrices.entries())
        inLayer(emission, matrix.stage.name, () =>
          builder.emit('XFR', {
            ...{ fn: functor, d: register(trainingRegisters.firstRow + at), a: emission.state(matrix) },
            ...{ b: integer(matrix.group), unit: matrix.fast!.group, length: Math.min(rows, matrix.stage.rows) },
          }),
        );
    }),
  );
}
