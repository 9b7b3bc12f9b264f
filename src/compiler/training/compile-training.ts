import type { ChipDescription } from '../../chip/description.ts';
import { inputError } from '../../config/issue.ts';
import type { Program } from '../../isa/program.ts';
import type { DataSet, Network, NetworkParameters } from '../../network/layer-graph.ts';
import { checkStages } from '../check-stages.ts';
import { lower, type Stage } from '../lower.ts';
import { isTransfer, type TrainingPlan } from './algorithm.ts';
import { inputRows, withBiasRows } from './bias-row.ts';
import { emitTraining } from './emit-training.ts';
import { transferRhythm } from './emit-update.ts';
import { placeTraining, type TrainedMatrix } from './place-training.ts';
import { spillNote } from './spill-maps.ts';
import { layOutTraining, type TrainingLayout } from './training-layout.ts';
import { mostAges, type TrainingInput, trainingRegisters } from './training-program.ts';
import { transferReach } from './transfer-reach.ts';

export interface CompileTraining {
  readonly name: string;
  readonly network: Network;
  /** Where training starts. */
  readonly parameters: NetworkParameters;
  readonly chip: ChipDescription;
  readonly plan: TrainingPlan;
  /** In the order of the first epoch; a whole number of batches. */
  readonly train: DataSet;
  readonly test: DataSet;
  readonly ages: readonly number[];
  /** One pulse of a cell in units of full-scale weight. */
  readonly stepSize: number;
}

/** What is known before a word is emitted. */
export interface TrainingMapping {
  readonly stages: readonly Stage[];
  readonly matrices: readonly TrainedMatrix[];
  readonly layout: TrainingLayout;
  /** 2 x multiply-accumulates of one forward pass of one sample. */
  readonly operationsPerSample: number;
  readonly warnings: readonly string[];
}

function check({ chip, plan, train, ages }: CompileTraining, matrices: readonly TrainedMatrix[]): void {
  if (chip.vector.format !== 'f32')
    throw inputError(`chip ${chip.name}`, `vector units of ${chip.vector.format}`, 'f32 to train: --set vector.format=f32');
  if (plan.batch > train.count)
    throw inputError('algorithm.batch', `${plan.batch}`, `at most ${train.count}, the training samples there are`);
  if (ages.length > mostAges) throw inputError('ages', `${ages.length} retention times`, `at most ${mostAges} after training`);
  if (plan.references !== 'middle' && chip.mapping.scheme !== 'reference-cell')
    throw inputError('algorithm.references', `${plan.references} with mapping.scheme=${chip.mapping.scheme}`, 'reference-cell');
  const { algorithm } = plan;
  const most = trainingRegisters.lastRow - trainingRegisters.firstRow + 1;
  const waits = isTransfer(algorithm) && transferRhythm(algorithm, plan.batch).period > 1;
  if (isTransfer(algorithm) && matrices.length > most - (waits ? 1 : 0))
    throw inputError(
      'network',
      `${matrices.length} layers that learn`,
      `at most ${most - (waits ? 1 : 0)} with ${algorithm.kind}`,
    );
}

/** Lower, place and lay out. Throws InputError for what the chip or the words cannot hold. */
export function mapTraining(input: CompileTraining): TrainingMapping {
  const { network, parameters, chip, plan, train, test } = input;
  const lowered = lower(network, parameters);
  const stages = plan.bias === 'analog' ? withBiasRows(lowered) : lowered;
  checkStages(stages, network.name);
  const matrices = placeTraining(stages, chip, plan.algorithm);
  check(input, matrices);
  const imageBytes = train.images.length / train.count;
  const layout = layOutTraining(stages, matrices, imageBytes, plan.batch, test.count, plan.algorithm, input.stepSize, chip);
  const warnings = [...transferReach(matrices, plan, train.count), ...spillNote(stages, layout.spilled, plan.batch, chip)];
  const operationsPerSample = matrices.reduce((sum, { stage }) => sum + 2 * inputRows(stage) * stage.columns * stage.vectors, 0);
  return { stages, matrices, layout, operationsPerSample, warnings };
}

/** A network and a training plan to the program that trains it in place. */
export function compileTraining(input: CompileTraining, mapping: TrainingMapping, manifest: unknown): Program {
  const { name, network, chip, plan, train, test, ages, stepSize } = input;
  const { stages, matrices, layout } = mapping;
  const emitted: TrainingInput = { name, stages, matrices, layout, plan, chip, loss: network.loss, train, test, ages, stepSize };
  return emitTraining(emitted, manifest);
}
