import type { ProgramBuilder } from '../isa/builder.ts';
import { agu, float, integer, spm, window } from '../isa/operands.ts';
import { type Emission, loopLevels } from './emission.ts';
import type { Batches } from './emit-frame.ts';
import { loopFrom } from './emit-loop.ts';
import type { MatrixStage, PoolStage, Stage } from './lower.ts';

/** Slope of leaky ReLU below zero: the value of the field's frameworks. */
const leakySlope = 0.01;

/** Emits the loop that loads batches, runs the network on them and scores them. */
export function emitForward(builder: ProgramBuilder, emission: Emission, { size, first, count }: Batches): void {
  const { schedule, labels, labelsDram, imagesDram, inputBatch } = emission;
  const rows = createRowSetter(builder, schedule.mapStages.length > 0);
  rows.fix(size);
  loopFrom(builder, loopLevels.batch, first, count, () => {
    builder.emit('DLD', { d: agu(inputBatch), a: agu(imagesDram), length: schedule.input.sampleBytes * size });
    builder.emit('DLD', { d: agu(labels), a: agu(labelsDram), length: size });
    if (schedule.mapStages.length > 0)
      builder.loop(loopLevels.image, size, () => {
        schedule.mapStages.forEach((stage, index) => {
          const input = index === 0 ? emission.inputImage! : emission.outputs[index - 1]!.image!;
          emitStage(builder, emission, stage, { input, output: emission.outputs[index]!.image!, vectors: stage.vectors, rows });
        });
      });
    schedule.vectorStages.forEach((stage, position) => {
      const index = schedule.mapStages.length + position;
      const input = index === 0 ? inputBatch : emission.outputs[index - 1]!.batch!;
      emitStage(builder, emission, stage, { input, output: emission.outputs[index]!.batch!, vectors: size, rows });
    });
    rows.set(size);
    const logits = emission.outputs[emission.outputs.length - 1]!.batch!;
    builder.emit('LOSS', { fn: emission.loss, a: agu(logits), b: agu(labels), length: emission.classes });
  });
}

interface StagePlace {
  readonly input: number;
  readonly output: number;
  readonly vectors: number;
  readonly rows: RowSetter;
}

function emitStage(builder: ProgramBuilder, emission: Emission, stage: Stage, place: StagePlace): void {
  const region = integer(emission.regions.layers.get(stage.name)!);
  builder.emit('MARK', { fn: 'begin', a: region });
  if (stage.kind === 'pool') emitPool(builder, emission, stage, place);
  else emitMatrix(builder, emission, stage, place);
  builder.emit('MARK', { fn: 'end', a: region });
}

/** The bias is broadcast into the output first, so that the MVM accumulates onto it. */
function emitMatrix(
  builder: ProgramBuilder,
  emission: Emission,
  stage: MatrixStage,
  { input, output, vectors, rows }: StagePlace,
): void {
  const group = emission.matrices.find((matrix) => matrix.stage === stage)!.group;
  const bias = emission.bias?.offsets.get(stage.name);
  if (bias !== undefined) {
    rows.set(vectors);
    builder.emit('MOV', { fn: 'broadcast', d: agu(output), a: spm(emission.bias!.base + bias), length: stage.columns });
  }
  const flags = [...(bias === undefined ? [] : ['ACC']), ...(stage.activation === 'relu' ? ['RELU'] : [])];
  const a = stage.window === undefined ? agu(input) : defineWindow(builder, emission, stage, input);
  builder.emit('MVM', { flags, d: agu(output), a, unit: group, length: vectors });
  const activation = { none: undefined, relu: undefined, 'leaky-relu': 'leaky', sigmoid: 'sigmoid', tanh: 'tanh' }[
    stage.activation
  ];
  if (activation !== undefined)
    builder.emit('ACT', {
      fn: activation,
      d: agu(output),
      a: agu(output),
      b: float(leakySlope),
      length: vectors * stage.columns,
    });
}

function emitPool(builder: ProgramBuilder, emission: Emission, stage: PoolStage, { input, output, vectors }: StagePlace): void {
  const a = defineWindow(builder, emission, stage, input);
  builder.emit('POOL', { fn: stage.function, d: agu(output), a, length: vectors });
}

/** Window descriptors are few; each stage redefines window 0..7 in turn where it is used. */
function defineWindow(builder: ProgramBuilder, emission: Emission, stage: Stage, input: number) {
  const index = emission.schedule.mapStages.indexOf(stage) % 8;
  builder.window(index, { agu: input, ...stage.window! });
  return window(index);
}

/** Writes CSR ROWS only where its value can have changed. */
interface RowSetter {
  fix(rows: number): void;
  set(rows: number): void;
}

function createRowSetter(builder: ProgramBuilder, changesInside: boolean): RowSetter {
  return {
    fix: (rows) => {
      if (!changesInside) builder.csr('global', 'ROWS', rows);
    },
    set: (rows) => {
      if (changesInside) builder.csr('global', 'ROWS', rows);
    },
  };
}
