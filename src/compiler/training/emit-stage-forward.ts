import { float, spm } from '../../isa/operands.ts';
import type { MatrixStage, PoolStage, Stage } from '../lower.ts';
import { emitRecurrentForward } from './emit-recurrent.ts';
import type { StageOperands, TrainingEmission } from './training-program.ts';

/** Vector-unit name of each activation that an MVM does not apply itself. */
export const activationNames = {
  none: undefined,
  relu: undefined,
  'leaky-relu': 'leaky',
  sigmoid: 'sigmoid',
  tanh: 'tanh',
} as const;

/** Slope of leaky ReLU below zero: the value of the field's frameworks. */
const leakySlope = 0.01;

/** Wraps the words of one layer. */
export const inLayer = ({ builder, regions }: TrainingEmission, name: string, body: () => void): void =>
  builder.scope(regions.layer(name), body);

/** Writes CSR ROWS where its value may differ from what is wanted. */
export type SetRows = (rows: number) => void;

/** One layer's outputs for `vectors` vectors; max pooling keeps its indices when `learning`. */
export function emitStageForward(
  emission: TrainingEmission,
  at: number,
  vectors: number,
  learning: boolean,
  setRows: SetRows,
): void {
  const stage = emission.stages[at]!;
  const operands = emission.operands[at]!;
  inLayer(emission, stage.name, () => {
    if (stage.kind === 'pool') emitPool(emission, stage, operands, learning);
    else if (stage.recurrent !== undefined) emitRecurrentForward(emission, operands.output, vectors);
    else emitMatrix(emission, stage, operands, vectors, setRows);
  });
}

/** The bias is broadcast into the output first, so that the MVM accumulates onto it. */
function emitMatrix(
  emission: TrainingEmission,
  stage: MatrixStage,
  operands: StageOperands,
  vectors: number,
  setRows: SetRows,
): void {
  const { builder, matrices, biasBase, biasOffsets } = emission;
  const { group } = matrices.find((matrix) => matrix.stage === stage)!;
  const bias = biasOffsets.get(group);
  if (bias !== undefined) {
    setRows(vectors);
    builder.emit('MOV', { fn: 'broadcast', d: operands.output, a: spm(biasBase + bias), length: stage.columns });
  }
  const flags = [...(bias === undefined ? [] : ['ACC']), ...(stage.activation === 'relu' ? ['RELU'] : [])];
  builder.emit('MVM', {
    flags,
    d: operands.output,
    a: operands.window?.operand() ?? operands.input,
    unit: group,
    length: vectors,
  });
  const fn = activationNames[stage.activation];
  if (fn === undefined) return;
  const slope = fn === 'leaky' ? { b: float(leakySlope) } : {};
  builder.emit('ACT', { fn, d: operands.output, a: operands.output, ...slope, length: vectors * stage.columns });
}

function emitPool(
  { builder }: TrainingEmission,
  stage: PoolStage,
  { output, window, index }: StageOperands,
  learning: boolean,
): void {
  const kept = learning && index !== undefined ? { b: index } : {};
  builder.emit('POOL', { fn: stage.function, d: output, a: window!.operand(), ...kept, length: stage.vectors });
}

/** Vectors a stage sees at once: output pixels of one image in the image loop, the batch behind it. */
export const vectorsAt = (emission: TrainingEmission, at: number, batch: number): number =>
  at < emission.mapStages ? (emission.stages[at] as Stage).vectors : batch;
