import type { ChipDescription } from '../../chip/description.ts';
import { createProgramBuilder, type ProgramBuilder } from '../../isa/builder.ts';
import type { Operand } from '../../isa/instruction.ts';
import { agu, counter, float, integer, register, special } from '../../isa/operands.ts';
import type { Program } from '../../isa/program.ts';
import { standardPairs } from '../../machine/symmetry.ts';
import { loadLiteral, loopFrom } from '../emit-loop.ts';
import { isTransfer } from './algorithm.ts';
import { configureGroups } from './configure-groups.ts';
import { emitBackward } from './emit-backward.ts';
import { emitLoad, emitNetwork, fixRows, inPhase } from './emit-pass.ts';
import { emitUpdate } from './emit-update.ts';
import { placeData } from './place-data.ts';
import { type TrainingEmission, type TrainingInput, trainingLoops, trainingRegisters } from './training-program.ts';

/**
 * Emits the whole program: configuration, initial weights, then one loop whose passes train an epoch and score the test set, and
 * at the end only age and score.
 */
export function emitTraining(input: TrainingInput, manifest: unknown): Program {
  const builder = createProgramBuilder(`${input.name}.oasm`);
  const emission = placeData(builder, input);
  configureGroups(emission);
  loadBiases(emission);
  programGroups(emission);
  setRegisters(emission);
  builder.loop(trainingLoops.epoch, input.plan.epochs + input.ages.length, () => emitPass(emission));
  builder.emit('HALT');
  return builder.build(manifest);
}

function loadBiases(emission: TrainingEmission): void {
  const { builder, biasSource, biasBase, biasBytes } = emission;
  if (biasSource === undefined) return;
  inPhase(emission, 'load', () => builder.emit('DLD', { d: { kind: 'spm', value: biasBase }, a: biasSource, length: biasBytes }));
}

/** Weights by program-and-verify; fast tiles to their symmetry point, which their references then learn, or to zero. */
function programGroups(emission: TrainingEmission): void {
  const { builder, matrices, plan, chip, passingGenerator } = emission;
  const source = (name: string, bytes: Uint8Array) => {
    builder.agu(passingGenerator, { space: 'dram', base: builder.dram(name, bytes.length, bytes), strides: [] });
    return agu(passingGenerator);
  };
  inPhase(emission, 'program', () => {
    for (const { stage, group, fast } of matrices) {
      const { weights } = stage;
      const bytes = new Uint8Array(weights.buffer, weights.byteOffset, weights.byteLength);
      const length = stage.rows;
      const program = (unit: number, a: Operand): void => {
        builder.emit('PRG', { fn: 'verify', unit, a, length });
        if (plan.references === 'middle') return;
        if (plan.references === 'symmetry') builder.emit('PRG', { fn: 'zero-shift', unit, a, length });
        else measureReferences(emission, unit);
        builder.emit('PRG', { fn: 'verify', unit, a, length });
      };
      program(group, source(`weights_${group}`, bytes));
      if (fast === undefined) continue;
      const zeros = source(`zeros_${group}`, new Uint8Array(bytes.length));
      program(fast.group, zeros);
      if (plan.symmetryPulses === 0 || plan.references === 'measured') continue;
      builder.emit('PRG', { fn: 'reset-to-symmetry', unit: fast.group, a: zeros, b: float(plan.symmetryPulses), length });
      if (hasReferenceCells(chip)) builder.emit('PRG', { fn: 'zero-shift', unit: fast.group, a: zeros, length });
    }
    calibrateConverters(emission);
    builder.emit('FENCE');
  });
}

/** Alternating pulses as many as a reset takes where the experiment names no number; converters are trimmed first, or references learn their offsets. */
function measureReferences({ builder, plan, chip }: TrainingEmission, unit: number): void {
  if (hasOffsets(chip)) builder.emit('CAL', { fn: 'adc-offset', flags: ['W'], unit, length: calibrationReads });
  builder.emit('CAL', { fn: 'symmetry-point', flags: ['W'], unit, length: plan.symmetryPulses || standardPairs });
}

const hasOffsets = ({ tile }: ChipDescription): boolean => tile.adc.bits > 0 && tile.adc.offsetLsb > 0;

/** Reads that average the thermal noise of converters to an eighth. */
const calibrationReads = 64;

/** Column offsets would be integrated by everything that accumulates reads: they are trimmed away once, for the reads that training does. */
function calibrateConverters({ builder, matrices, operands, stages, chip }: TrainingEmission): void {
  if (!hasOffsets(chip)) return;
  const calibrate = (unit: number, flags: readonly string[]): void =>
    builder.emit('CAL', { fn: 'adc-offset', flags: ['W', ...flags], unit, length: calibrationReads });
  for (const { stage, group, fast } of matrices) {
    calibrate(group, []);
    const back = operands[stages.indexOf(stage)]!.inputGradient !== undefined || stage.recurrent !== undefined;
    if (back) calibrate(group, ['T']);
    if (fast !== undefined) calibrate(fast.group, []);
  }
}

const hasReferenceCells = ({ mapping }: ChipDescription): boolean => mapping.scheme === 'reference-cell';

const stepsOf = ({ train, layout }: TrainingEmission): number => Math.floor(train.count / layout.batch);

function setRegisters(emission: TrainingEmission): void {
  const { builder, plan, ages, layout } = emission;
  loadLiteral(builder, trainingRegisters.rate, -plan.learningRate / layout.batch);
  builder.emit('SETR', { fn: 'mov', flags: ['I'], d: register(trainingRegisters.trips), a: integer(stepsOf(emission)) });
  ages.forEach((age, at) => {
    loadLiteral(builder, trainingRegisters.ages[at]!, age - (ages[at - 1] ?? 0));
  });
}

/** One pass: train on the whole set (nothing once training is over), let time pass, score the test set. */
function emitPass(emission: TrainingEmission): void {
  const { builder, regions, layout, test } = emission;
  const mark = (fn: 'begin' | 'end', region: number): void => builder.emit('MARK', { fn, a: integer(region) });
  mark('begin', regions.epoch);
  setRates(emission);
  resetScore(builder);
  mark('begin', regions.training);
  fixRows(emission, layout.batch);
  builder.openLoop(trainingLoops.batch, register(trainingRegisters.trips));
  emitBatch(emission);
  builder.closeLoop();
  builder.emit('FENCE');
  mark('end', regions.training);
  resetScore(builder);
  builder.emit('DLY', { flags: ['AGE'], a: register(trainingRegisters.age) });
  inPhase(emission, 'evaluate', () => {
    mark('begin', regions.testSet);
    const { evaluationBatch } = layout;
    const whole = Math.floor(test.count / evaluationBatch);
    emitEvaluation(emission, evaluationBatch, 0, whole);
    if (test.count % evaluationBatch > 0) emitTail(emission, whole);
    builder.emit('FENCE');
    mark('end', regions.testSet);
  });
  mark('end', regions.epoch);
  fallRate(emission);
  endTraining(emission);
}

/** Learning rates into the CSRs that carry them. */
function setRates({ builder, plan, layout, biasOffsets }: TrainingEmission): void {
  const { algorithm } = plan;
  const { rate, fastScale } = trainingRegisters;
  if (biasOffsets.size > 0 || algorithm.kind === 'mixed') builder.csr('all', 'ACCUMULATE_RATE', register(rate));
  if (!isTransfer(algorithm)) return;
  builder.emit('SETR', {
    fn: 'mul',
    d: register(fastScale),
    a: register(rate),
    b: float(-layout.batch * algorithm.transferRate),
  });
  builder.csr('all', 'TRANSFER_RATE', register(fastScale));
  // gradients are sums over the batch; a scaled update is free of their size
  const fastRate = algorithm.autoScale ? algorithm.fastRate : algorithm.fastRate / layout.batch;
  builder.emit('SETR', { fn: 'mov', d: register(fastScale), a: float(-fastRate) });
}

function resetScore(builder: ProgramBuilder): void {
  for (const name of ['loss', 'hits', 'count'] as const) builder.emit('SETR', { fn: 'mov', d: special(name), a: float(0) });
}

function emitBatch(emission: TrainingEmission): void {
  const { batch } = emission.layout;
  inPhase(emission, 'load', () => emitLoad(emission, batch, 'train'));
  inPhase(emission, 'forward', () => emitNetwork(emission, batch, true));
  emitBackward(emission);
  emitUpdate(emission);
}

function emitEvaluation(emission: TrainingEmission, size: number, first: number, count: number): void {
  fixRows(emission, size);
  loopFrom(emission.builder, trainingLoops.batch, first, count, () => {
    emitLoad(emission, size, 'test');
    emitNetwork(emission, size, false);
  });
}

const emitTail = (emission: TrainingEmission, first: number): void =>
  emitEvaluation(emission, emission.test.count % emission.layout.evaluationBatch, first, 1);

/** The learning rate falls every so many epochs. */
function fallRate({ builder, plan }: TrainingEmission): void {
  if (plan.schedule === undefined) return;
  const { every, factor } = plan.schedule;
  const { rate, sinceFall } = trainingRegisters;
  builder.emit('SETR', { fn: 'add', flags: ['I'], d: register(sinceFall), a: register(sinceFall), b: integer(1) });
  builder.emit('BR', { fn: 'lt', flags: ['I'], d: integer(3), a: register(sinceFall), b: integer(every) });
  builder.emit('SETR', { fn: 'mul', d: register(rate), a: register(rate), b: float(factor) });
  builder.emit('SETR', { fn: 'mov', flags: ['I'], d: register(sinceFall), a: integer(0) });
}

/** After the last epoch passes train no more, and each takes the next retention. */
function endTraining({ builder, plan, ages }: TrainingEmission): void {
  if (ages.length === 0) return;
  const { trips, age, ages: pending } = trainingRegisters;
  const moves = 1 + ages.length;
  builder.emit('BR', {
    fn: 'lt',
    flags: ['I'],
    d: integer(moves + 1),
    a: counter(trainingLoops.epoch),
    b: integer(plan.epochs - 1),
  });
  builder.emit('SETR', { fn: 'mov', flags: ['I'], d: register(trips), a: integer(0) });
  const targets = [age, ...pending];
  for (let at = 0; at < ages.length; at++)
    builder.emit('SETR', { fn: 'mov', d: register(targets[at]!), a: register(targets[at + 1]!) });
}
