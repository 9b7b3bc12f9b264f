import { instructions } from '../../isa/instructions.ts';
import type { IssuedOperation } from '../sequence/issued-operation.ts';
import type { Fabric, StartWord } from './fabric.ts';
import { occupy, startOf } from './resources.ts';
import { hasFlag } from './word.ts';
import type { WriteBack } from './write-back.ts';
import { readOperands } from './write-back.ts';

/** Bytes of all operands in DRAM, those read and written counted twice. */
export function dramTraffic({ reads, writes }: IssuedOperation): number {
  let bytes = 0;
  for (const intervals of [reads, writes]) for (const { space, from, to } of intervals) if (space === 'dram') bytes += to - from;
  return bytes;
}

/** Bytes a word moves over the DRAM interface; an adding store reads what it adds to. */
export function dramBytes(operation: IssuedOperation): number {
  const moved = Math.max(1, operation.fn) * operation.length;
  if (operation.mnemonic === 'DLD') return moved;
  if (operation.mnemonic === 'DST') return hasFlag(operation, instructions.DST.flags.A.bit) ? 2 * moved : moved;
  return operation.reads.reduce((total, { space, from, to }) => (space === 'dram' ? total + (to - from) : total), 0);
}

/**
 * A DRAM transfer requested at `at`: set-up, latency, then the bus that all channels (and chips that share it) share. Returns the edge at which the last byte
 * is there, or undefined when the DRAM moves nothing at all.
 */
export function dramTransfer(fabric: Fabric, bytes: number, at: number): number | undefined {
  const { clock, engine, parameters, resources, layout, dramPort } = fabric;
  const busPs = Math.ceil((bytes * 1e12) / parameters.dramBytesPerSecond);
  if (!Number.isFinite(busPs)) return undefined;
  const ready = clock.after(at, parameters.dmaSetupCycles) + parameters.dramLatencyPs;
  const own = startOf(resources, layout.dram, ready);
  const start = dramPort === undefined ? own : Number(dramPort.take(engine.absolute(own), busPs) - engine.absolute(0));
  occupy(resources, layout.dram, start, start + busPs);
  return clock.atOrAfter(start + busPs);
}

export const silentDram = 'the DRAM, which moves 0 bytes per second';

/** DMA channels: loads write the scratchpad when the row is there; stores read it first. */
export function createDmaUnit(fabric: Fabric, writeBack: WriteBack): StartWord {
  const { engine } = fabric;
  return (word) => {
    const loads = word.operation.mnemonic === 'DLD';
    const read = loads ? engine.now() : readOperands(fabric, word, engine.now());
    const done = dramTransfer(fabric, dramBytes(word.operation), read);
    if (done === undefined) word.stuck = silentDram;
    else if (loads) writeBack(word, done);
    else fabric.finish(word, done);
  };
}
