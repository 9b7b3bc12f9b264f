import type { TimingParameters } from '../chip/cost-table.ts';
import type { Clock } from './clock.ts';
import type { ResourceLayout, Resources } from './resources.ts';
import { occupy, startOf } from './resources.ts';

/** Scratchpad banks, each with one read and one write port; addresses move to the next bank every `spmInterleaveBytes`. */
export interface ScratchpadPorts {
  /** Reserves the banks' read ports for a transfer that begins at the edge `at`; returns when the last word is out. */
  read(address: number, bytes: number, at: number): number;
  /** As `read`, on the write ports. */
  write(address: number, bytes: number, at: number): number;
}

/** Port accesses charged for a transfer: words of the port's width. */
export function accessesOf(bytes: number, widthBytes: number): number {
  return Math.ceil(bytes / widthBytes);
}

export function createScratchpadPorts(
  parameters: TimingParameters,
  layout: ResourceLayout,
  resources: Resources,
  clock: Clock,
): ScratchpadPorts {
  const { spmBanks: banks, spmWidthBytes: width, spmInterleaveBytes: interleave } = parameters;
  const lastWordCycles = Math.max(1, parameters.spmAccessCycles) - 1;
  const wordsPerChunk = Math.ceil(interleave / width);

  /** All chunks of one bank are one reservation: words in the chunks, less what lies before the start and after the end. */
  function transfer(firstPort: number, address: number, bytes: number, at: number): number {
    if (bytes <= 0) return at;
    const end = address + bytes;
    const first = Math.floor(address / interleave);
    const last = Math.floor((end - 1) / interleave);
    const wordsBefore = Math.floor((address - first * interleave) / width);
    const wordsAfter = Math.floor(((last + 1) * interleave - end) / width);
    // Not `first % banks`: a remainder of two numbers that may be fractions is a call.
    let bank = first - Math.floor(first / banks) * banks;
    if (first === last) {
      const port = firstPort + bank;
      const start = startOf(resources, port, at);
      const free = clock.after(start, wordsPerChunk - wordsBefore - wordsAfter);
      occupy(resources, port, start, free);
      return lastWordCycles === 0 ? free : clock.after(free, lastWordCycles);
    }
    const chunks = last - first + 1;
    const lastIndex = (chunks - 1) % banks;
    const rounds = (chunks - 1 - lastIndex) / banks;
    let freed = at;
    for (let index = 0; index < banks && index < chunks; index++) {
      let words = wordsPerChunk * (index <= lastIndex ? rounds + 1 : rounds);
      if (index === 0) words -= wordsBefore;
      if (index === lastIndex) words -= wordsAfter;
      const port = firstPort + bank;
      const start = startOf(resources, port, at);
      const free = clock.after(start, words);
      occupy(resources, port, start, free);
      if (free > freed) freed = free;
      if (++bank === banks) bank = 0;
    }
    return lastWordCycles === 0 ? freed : clock.after(freed, lastWordCycles);
  }

  return {
    read: (address, bytes, at) => transfer(layout.readPort, address, bytes, at),
    write: (address, bytes, at) => transfer(layout.writePort, address, bytes, at),
  };
}
