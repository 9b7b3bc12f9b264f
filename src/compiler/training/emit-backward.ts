import type { Stage } from '../lower.ts';
import { inPhase, overImages } from './emit-pass.ts';
import { emitRecurrentBackward } from './emit-recurrent.ts';
import { emitSpill } from './emit-spill.ts';
import { inLayer, vectorsAt } from './emit-stage-forward.ts';
import { needsOutputBack } from './spill-maps.ts';
import { firstMatrix } from './training-layout.ts';
import type { TrainingEmission } from './training-program.ts';

const derivativeNames = { relu: 'relu', 'leaky-relu': 'leaky', sigmoid: 'sigmoid', tanh: 'tanh' } as const;

/** From the gradient of the loss to that of every layer before its activation: what the updates multiply with the inputs. */
export function emitBackward(emission: TrainingEmission): void {
  const { stages, mapStages, layout } = emission;
  const first = firstMatrix(stages);
  inPhase(emission, 'backward', () => {
    for (let at = stages.length - 1; at >= Math.max(mapStages, first); at--) emitStage(emission, at);
    overImages(emission, layout.batch, () => {
      for (let at = mapStages - 1; at >= first; at--) {
        emitSpill(emission, at, 'load', needsOutputBack(stages[at]!) ? ['output', 'index'] : ['index']);
        emitStage(emission, at);
        emitSpill(emission, at, 'store', ['gradient']);
      }
    });
  });
}

function emitStage(emission: TrainingEmission, at: number): void {
  const stage = emission.stages[at]!;
  const isMatrix = stage.kind === 'matrix';
  if (isMatrix && stage.recurrent !== undefined) {
    const { gradient } = emission.operands[at]!;
    inLayer(emission, stage.name, () => emitRecurrentBackward(emission, gradient, emission.layout.batch));
    return;
  }
  if (emission.operands[at]!.inputGradient === undefined && (!isMatrix || stage.activation === 'none')) return;
  inLayer(emission, stage.name, () => {
    if (isMatrix) emitMatrix(emission, at, stage);
    else emitPool(emission, at, stage);
  });
}

function emitMatrix(emission: TrainingEmission, at: number, stage: Extract<Stage, { kind: 'matrix' }>): void {
  const { builder, operands, matrices, layout, windowScratch } = emission;
  const { output, gradient, inputGradient, backWindow } = operands[at]!;
  const vectors = vectorsAt(emission, at, layout.batch);
  if (stage.activation !== 'none')
    builder.emit('ACT', {
      ...{ fn: derivativeNames[stage.activation], flags: ['DER', 'OUT'] },
      ...{ d: gradient, a: output, b: gradient, length: vectors * stage.columns },
    });
  if (inputGradient === undefined) return;
  const { group } = matrices.find((matrix) => matrix.stage === stage)!;
  const target = backWindow === undefined ? inputGradient : windowScratch;
  builder.emit('MVT', { d: target, a: gradient, unit: group, length: vectors });
  if (backWindow === undefined) return;
  builder.emit('MOV', { fn: 'zero', d: inputGradient, length: stage.inputElements });
  builder.emit('MOV', { fn: 'col2im', d: inputGradient, a: backWindow.operand(), length: vectors });
}

function emitPool({ builder, operands }: TrainingEmission, at: number, stage: Extract<Stage, { kind: 'pool' }>): void {
  const { inputGradient, backWindow, index } = operands[at]!;
  builder.emit('POOL', {
    ...{ fn: stage.function, flags: ['BWD'], d: inputGradient!, a: backWindow!.operand() },
    ...(index === undefined ? {} : { b: index }),
    length: stage.vectors,
  });
}
