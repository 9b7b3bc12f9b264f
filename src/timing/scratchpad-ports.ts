import type { TimingParameters } from '../chip/cost-table.ts';
import type { Clock } from './clock.ts';
import type { ResourceLayout, Resources } from './resources.ts';
import { occupy, startOf } from './resources.ts';

/** Scratchpad banks, each with one read and one write port; addresses move to the next bank every `spmInterleaveBytes`. */
export interface ScratchpadPorts {
  /** Reserves the banks' read ports for a transfer that begins at the edge `at`; returns when the last word is out. */
  read(address: number, bytes: number, at: number): number;
  /** As `read` of several pieces, requested at once: `count` pairs of address and bytes; returns when the last word of all is out. */
  readAll(segments: Int32Array, count: number, at: number): number;
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
  const lastWord = (freed: number): number => (lastWordCycles === 0 ? freed : clock.after(freed, lastWordCycles));
  // A chip's rules make the interleave a power of two.
  const chunkBits = 31 - Math.clz32(interleave);

  function take(port: number, at: number, words: number): number {
    const start = startOf(resources, port, at);
    const end = clock.after(start, words);
    occupy(resources, port, start, end);
    return end;
  }

  /** Words of one chunk that bytes [address, end) inside it touch. */
  function wordsWithin(address: number, end: number): number {
    if (wordsPerChunk === 1) return 1;
    const begin = (address >> chunkBits) << chunkBits;
    return wordsPerChunk - Math.floor((address - begin) / width) - Math.floor((begin + interleave - end) / width);
  }

  /** Returns when the ports are free again. All chunks of one bank are one reservation: words in the chunks, less what lies before the start and after the end. */
  function reserve(firstPort: number, address: number, bytes: number, at: number): number {
    const end = address + bytes;
    const first = address >> chunkBits;
    const last = (end - 1) >> chunkBits;
    if (first === last) return take(firstPort + (first % banks), at, wordsWithin(address, end));
    return reserveChunks(firstPort, address, end, at);
  }

  function reserveChunks(firstPort: number, address: number, end: number, at: number): number {
    const first = address >> chunkBits;
    const last = (end - 1) >> chunkBits;
    const wordsBefore = Math.floor((address - first * interleave) / width);
    const wordsAfter = Math.floor(((last + 1) * interleave - end) / width);
    let bank = first % banks;
    const chunks = last - first + 1;
    const lastIndex = (chunks - 1) % banks;
    const rounds = (chunks - 1 - lastIndex) / banks;
    let freed = at;
    for (let index = 0; index < banks && index < chunks; index++) {
      let words = wordsPerChunk * (index <= lastIndex ? rounds + 1 : rounds);
      if (index === 0) words -= wordsBefore;
      if (index === lastIndex) words -= wordsAfter;
      const free = take(firstPort + bank, at, words);
      if (free > freed) freed = free;
      if (++bank === banks) bank = 0;
    }
    return freed;
  }

  function transfer(firstPort: number, address: number, bytes: number, at: number): number {
    return bytes <= 0 ? at : lastWord(reserve(firstPort, address, bytes, at));
  }

  return {
    read: (address, bytes, at) => transfer(layout.readPort, address, bytes, at),
    readAll(segments, count, at) {
      let freed = at;
      for (let place = 0; place < 2 * count; place += 2) {
        const free = reserve(layout.readPort, segments[place]!, segments[place + 1]!, at);
        if (free > freed) freed = free;
      }
      return count === 0 ? at : lastWord(freed);
    },
    write: (address, bytes, at) => transfer(layout.writePort, address, bytes, at),
  };
}
