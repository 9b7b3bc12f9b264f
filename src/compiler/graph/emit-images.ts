import { counter, integer } from '../../isa/operands.ts';
import { loopLevels } from '../emission.ts';
import { loopFrom } from '../emit-loop.ts';
import { roundOrder } from './cut-stages.ts';
import { emitSteps } from './emit-step.ts';
import { emitStream } from './emit-stream.ts';
import type { GraphEmission } from './graph-emission.ts';
import type { ImagePart } from './plan-streams.ts';
import type { Step } from './steps.ts';

/** Emits one step for the image that is in its stage, skipped where the loop counter says that there is none. */
function emitGuarded(emission: GraphEmission, step: Step, stage: number, guard: { fn: 'lt' | 'ge'; bound: number }): void {
  const { builder } = emission;
  const branch = builder.position;
  builder.emit('BR', { fn: guard.fn, flags: ['I'], d: integer(1), a: counter(loopLevels.image), b: integer(guard.bound) });
  emission.rows = undefined;
  emitSteps(emission, [step], { inLoop: true, samples: 1, behind: stage });
  emission.rows = undefined;
  builder.patchBranch(branch, builder.position);
}

/** Rounds that fill the pipeline, rounds in which every stage works, rounds that empty it. */
function emitPipelined(emission: GraphEmission, images: number): void {
  const { builder, schedule } = emission;
  const { stageOf, stages } = schedule.pipeline;
  const round = roundOrder(schedule.pipeline);
  const ahead = stages - 1;
  const each = (body: (step: Step, stage: number) => void) => () => {
    emission.rows = undefined;
    for (const step of round) body(step, stageOf.get(step)!);
  };
  const filling = each((step, stage) => emitGuarded(emission, step, stage, { fn: 'lt', bound: stage }));
  const full = each((step, stage) => emitSteps(emission, [step], { inLoop: true, samples: 1, behind: stage }));
  const emptying = each((step, stage) => {
    if (stage > 0) emitGuarded(emission, step, stage, { fn: 'ge', bound: images + stage });
  });
  loopFrom(builder, loopLevels.image, 0, ahead, filling);
  loopFrom(builder, loopLevels.image, ahead, images - ahead, full);
  loopFrom(builder, loopLevels.image, images, ahead, emptying);
}

/** Consecutive steps that work on whole maps, and streams of rows between them. */
function emitParts(emission: GraphEmission, parts: readonly ImagePart[]): void {
  let steps: Step[] = [];
  const flush = (): void => {
    emitSteps(emission, steps, { inLoop: true, samples: 1 });
    steps = [];
  };
  for (const part of parts) {
    if (part.kind === 'step') steps.push(part.step);
    else {
      flush();
      emitStream(emission, part);
    }
  }
  flush();
}

/** Image steps of a round of a batch: pipelined where there are more images than stages, else one image after the other. */
export function emitImages(emission: GraphEmission, images: number, round: number): void {
  const { builder, schedule } = emission;
  const { pipeline } = schedule;
  const parts = schedule.imageParts.filter((part) => roundOf(part) === round);
  if (parts.length === 0) return;
  if (pipeline.stages > 1 && images > pipeline.stages) emitPipelined(emission, images);
  else builder.loop(loopLevels.image, images, () => emitParts(emission, parts));
  emission.rows = undefined;
}

/** All steps of a stream are of one round. */
const roundOf = (part: ImagePart): number => (part.kind === 'step' ? part.step : part.steps[0]!.step).round ?? 0;
