import type { TimingParameters } from '../chip/cost-table.ts';
import { topologyOf } from './topologies.ts';

/** First id of each kind of shared unit in the resource table; ids of one kind are consecutive. */
export interface ResourceLayout {
  /** One read and one write port per scratchpad bank. */
  readonly readPort: number;
  readonly writePort: number;
  /** Links of the network, in the order of its topology. */
  readonly link: number;
  readonly accumulator: number;
  readonly dram: number;
  readonly tile: number;
  readonly vectorUnit: number;
  readonly dma: number;
  /** Ports for messages out and in; absent on a chip that runs alone. */
  readonly ports?: { readonly send: number; readonly receive: number };
  readonly names: readonly string[];
}

/** `peers`: with ports for messages. */
export function layOutResources(parameters: TimingParameters, peers = false): ResourceLayout {
  const names: string[] = [];
  const add = (count: number, name: (index: number) => string): number => {
    const first = names.length;
    for (let index = 0; index < count; index++) names.push(name(index));
    return first;
  };
  const tiles = parameters.gridRows * parameters.gridColumns;
  const links = topologyOf(parameters).links(parameters);
  return {
    readPort: add(parameters.spmBanks, (bank) => `scratchpad bank ${bank} read`),
    writePort: add(parameters.spmBanks, (bank) => `scratchpad bank ${bank} write`),
    link: add(links.length, (index) => links[index]!),
    accumulator: add(1, () => 'accumulator'),
    dram: add(1, () => 'DRAM'),
    tile: add(tiles, (index) => `tile ${index}`),
    vectorUnit: add(parameters.vectorUnits, (index) => `vector unit ${index}`),
    dma: add(parameters.dmaChannels, (index) => `DMA channel ${index}`),
    ...(peers ? { ports: { send: add(1, () => 'send port'), receive: add(1, () => 'receive port') } } : {}),
    names,
  };
}

/** When each shared unit is free again (offset, ps), and how long and how often it was used. */
export interface Resources {
  readonly free: Float64Array;
  readonly busyPs: Float64Array;
  readonly operations: Float64Array;
}

export function createResources(count: number): Resources {
  return { free: new Float64Array(count), busyPs: new Float64Array(count), operations: new Float64Array(count) };
}

/** When a request made for `at` may begin: first come, first served. */
export function startOf(resources: Resources, id: number, at: number): number {
  return Math.max(at, resources.free[id]!);
}

/** Takes a unit from `start` (see `startOf`) to `end`. */
export function occupy(resources: Resources, id: number, start: number, end: number): void {
  resources.free[id] = end;
  resources.busyPs[id]! += end - start;
  resources.operations[id]!++;
}
