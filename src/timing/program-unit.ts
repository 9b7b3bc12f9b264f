import { formatBytes } from '../../isa/limits.ts';
import type { TimingParameters } from '../chip/cost-table.ts';
import type { IssuedOperation } from '../sequence/issued-operation.ts';
import { dramBytes, dramTransfer, silentDram } from './dma-unit.ts';
import type { Fabric, StartWord } from './fabric.ts';
import { groupBlocks } from './group-blocks.ts';
import { routeOutward, type Traffic, trafficOf } from './routes.ts';
import type { Word } from './word.ts';
import { nameWord } from './word.ts';
import type { WriteBack } from './write-back.ts';
import { readOperands } from './write-back.ts';

/** The packets of target weights, one per tile that holds any: position in the group and way. */
function targetPackets(operation: IssuedOperation, parameters: TimingParameters) {
  const { group } = operation;
  if (group === undefined) throw new RangeError(`${nameWord(operation)} has no group; want one defined by GRP`);
  const { rowLengths, columnLengths, tiles } = groupBlocks(group, parameters);
  const perReplica = group.rowBlocks * group.columnBlocks;
  return tiles.flatMap((tile, at) => {
    const block = at % perReplica;
    const weights = (rowLengths[Math.floor(block / group.columnBlocks)] ?? 0) * (columnLengths[block % group.columnBlocks] ?? 0);
    if (weights === 0) return [];
    return [{ at, block, route: routeOutward([tile], weights * formatBytes.f32, parameters) }];
  });
}

/** Traffic of the target weights. */
export const programTraffic = (operation: IssuedOperation, parameters: TimingParameters): Traffic =>
  trafficOf(targetPackets(operation, parameters).map(({ route }) => route));

/**
 * PRG: fetches the target weights, sends each tile its block, and every tile then takes its own serial steps of one pulse and one
 * verify read, and the reads before first pulses (from the activity). Tiles work at the same time; the slowest ends the word.
 */
export function createProgramUnit(fabric: Fabric, writeBack: WriteBack): StartWord {
  const { engine, clock, parameters, network } = fabric;
  const { pulsePs, verifyPs, gapPs } = parameters;

  function programTiles({ operation, activity }: Word): number {
    const now = engine.now();
    const { programSteps, programReads } = activity;
    let done = now;
    for (const { at, block, route } of targetPackets(operation, parameters)) {
      const arrived = network.send(route, now);
      const slotsPs = (activity.pulseSlots?.[0] ?? 0) * (pulsePs + gapPs);
      const steps = Math.ceil(programSteps?.[at] ?? programSteps?.[block] ?? 0);
      const reads = Math.ceil(programReads?.[at] ?? programReads?.[block] ?? 0);
      done = Math.max(done, clock.atOrAfter(arrived + steps * (pulsePs + verifyPs) + reads * verifyPs + slotsPs));
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
