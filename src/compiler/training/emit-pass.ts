import { formatBytes } from '../../../isa/limits.ts';
import { emitSpill } from './emit-spill.ts';
import { emitStageForward, type SetRows, vectorsAt } from './emit-stage-forward.ts';
import { type TrainingEmission, trainingLoops } from './training-program.ts';

type PhaseName = Parameters<TrainingEmission['regions']['phase']>[0];

/** Wraps words in a phase. */
export const inPhase = ({ builder, regions }: TrainingEmission, name: PhaseName, body: () => void): void =>
  builder.scope(regions.phase(name), body);

/** ROWS changes inside a batch only where maps run image by image; else one word before the loop sets it. */
export function rowSetter({ builder, mapStages }: TrainingEmission): SetRows {
  let known = 0;
  return (rows) => {
    if (mapStages > 0 && rows !== known) builder.csr('global', 'ROWS', rows);
    known = rows;
  };
}

/** Sets ROWS once for loops in which `rowSetter` does nothing. */
export function fixRows({ builder, mapStages }: TrainingEmission, rows: number): void {
  if (mapStages === 0) builder.csr('global', 'ROWS', rows);
}

/** Words over the map stages inside the image loop, none where there are none. */
export function overImages({ builder, mapStages }: TrainingEmission, batch: number, body: () => void): void {
  if (mapStages > 0) builder.loop(trainingLoops.image, batch, body);
}

/** Images and labels of the next batch. */
export function emitLoad(emission: TrainingEmission, batch: number, of: 'train' | 'test'): void {
  const { builder, sources, inputBatch, labels, train } = emission;
  const [images, from] = of === 'train' ? [sources.trainImages, sources.trainLabels] : [sources.testImages, sources.testLabels];
  const imageBytes = (train.images.length / train.count) * formatBytes.u8;
  builder.emit('DLD', { d: inputBatch, a: images, length: imageBytes * batch });
  builder.emit('DLD', { d: labels, a: from, length: batch });
}

/** The network on one batch, and its score; with `learning` the gradient of the loss and what the way back needs. */
export function emitNetwork(emission: TrainingEmission, batch: number, learning: boolean): void {
  const { builder, stages, mapStages, logits, labels, lossGradient, loss } = emission;
  const forward = (at: number, rows: SetRows): void =>
    emitStageForward(emission, at, vectorsAt(emission, at, batch), learning, rows);
  overImages(emission, batch, () => {
    // A loop's first word may follow its last, so nothing is known at its start.
    const rows = rowSetter(emission);
    for (let at = 0; at < mapStages; at++) {
      forward(at, rows);
      if (learning) emitSpill(emission, at, 'store', ['output', 'index']);
    }
  });
  const setRows = rowSetter(emission);
  for (let at = mapStages; at < stages.length; at++) forward(at, setRows);
  setRows(batch);
  const classes = stages[stages.length - 1]!.outputElements;
  builder.emit('LOSS', { fn: loss, ...(learning ? { d: lossGradient } : {}), a: logits, b: labels, length: classes });
}
