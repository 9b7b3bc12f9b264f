import { agu } from '../../isa/operands.ts';
import { inLayer } from './emit-stage-forward.ts';
import { bytesOf, type KeptMap, rowsOfTransfer } from './spill-maps.ts';
import { type TrainingEmission, trainingLoops } from './training-program.ts';

/** Stores maps of the image at hand in DRAM, or loads them; nothing for a stage that stays in the scratchpad. */
export function emitSpill(emission: TrainingEmission, at: number, direction: 'store' | 'load', kinds: readonly KeptMap[]): void {
  const { builder, stages, spilled, passingGenerator } = emission;
  const stage = stages[at];
  const maps = kinds.flatMap((kind) => spilled.get(at)?.[kind] ?? []);
  if (stage === undefined || maps.length === 0) return;
  const bytes = bytesOf(stage);
  const rows = rowsOfTransfer(bytes)!;
  const size = { sub: rows, length: bytes / rows };
  inLayer(emission, stage.name, () => {
    for (const { near, home } of maps) {
      builder.agu(passingGenerator, { space: 'dram', base: home, strides: [{ level: trainingLoops.image, bytes }] });
      if (direction === 'store') builder.emit('DST', { d: agu(passingGenerator), a: near, ...size });
      else builder.emit('DLD', { d: near, a: agu(passingGenerator), ...size });
    }
  });
}
