import { formatBytes } from '../../isa/limits.ts';
import type { TimingParameters } from '../chip/cost-table.ts';
import type { IssuedOperation } from '../sequence/issued-operation.ts';
import { dramBytes, dramTransfer, silentDram } from './dma-unit.ts';
import type { Fabric, StartWord } from './fabric.ts';
import { groupBlocks } from './group-blocks.ts';
import { flitsOf, tileSite } from './mesh.ts';
import type { Word } from './word.ts';
import { nameWord } from './word.ts';
import type { WriteBack } from './write-back.ts';
import { readOperands } from './write-back.ts';

/** The packets of target weights, one per tile that holds any: position in the group, place in the mesh, flits. */
function targetPackets(operation: IssuedOperation, parameters: TimingParameters) {
  const { group } = operation;
  if (group === undefined) throw new RangeError(`${nameWord(operation)} has no group; want one defined by GRP`);
  const { rowLengths, columnLengths, tiles } = groupBlocks(group, parameters);
  const { gridRows, flitBytes } = parameters;
  const perReplica = group.rowBlocks * group.columnBlocks;
  return tiles.flatMap((tile, at) => {
    const block = at % perReplica;
    const weights = (rowLengths[Math.floor(block / group.columnBlocks)] ?? 0) * (columnLengths[block % group.columnBlocks] ?? 0);
    if (weights === 0) return [];
    const flits = flitsOf(weights * formatBytes.f32, flitBytes);
    return [{ at, block, ...tileSite(tile, gridRows), flits }];
  });
}

/** Flits x links of the target weights. */
export function programHops(operation: IssuedOperation, parameters: TimingParameters): number {
  return targetPackets(operation, parameters).reduce((total, { column, flits }) => total + (column + 1) * flits, 0);
}

/**
 * PRG: fetches the target weights, sends each tile its block, and every tile then takes its own serial steps of one pulse and one
 * verify read (from the activity). Tiles work at the same time; the slowest ends the word.
 */
export function createProgramUnit(fabric: Fabric, writeBack: WriteBack): StartWord {
  const { engine, clock, parameters, mesh } = fabric;
  const stepPs = parameters.pulsePs + parameters.verifyPs;

  function programTiles({ operation, activity }: Word): number {
    const now = engine.now();
    const steps = activity.programSteps;
    let done = now;
    for (const { at, block, row, column, flits } of targetPackets(operation, parameters)) {
      const arrived = mesh.outward(row, column, flits, now);
      const slotsPs = (activity.pulseSlots?.[0] ?? 0) * (parameters.pulsePs + parameters.gapPs);
      const tileSteps = steps === undefined ? 0 : (steps[at] ?? steps[block] ?? 0);
      done = Math.max(done, clock.atOrAfter(arrived + Math.ceil(tileSteps) * stepPs + slotsPs));
    }
    return done;
  }

  const programEvent = engine.register((slot) => {
    const word = fabric.words[slot]!;
    writeBack(word, programTiles(word));
  });

  return (word) => {
    const bytes = dramBytes(word.operation);
    const read = readOperands(fabric, word, engine.now());
    const there = bytes === 0 ? read : dramTransfer(fabric, bytes, read);
    if (there === undefined) word.stuck = silentDram;
    else engine.schedule(there, word.operation.sequence, programEvent, word.slot, 0);
  };
}
