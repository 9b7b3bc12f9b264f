import type { TimingParameters } from '../chip/cost-table.ts';

/** First id of each kind of shared unit in the resource table; ids of one kind are consecutive. */
export interface ResourceLayout {
  /** One read and one write port per scratchpad bank. */
  readonly readPort: number;
  readonly writePort: number;
  /** Link from mesh column c - 1 (hub for c = 0) to c, and back, for each mesh row: row x columns + c. */
  readonly eastLink: number;
  readonly westLink: number;
  readonly accumulator: number;
  readonly dram: number;
  readonly tile: number;
  readonly vectorUnit: number;
  readonly dma: number;
  readonly names: readonly string[];
}

export function layOutResources(parameters: TimingParameters): ResourceLayout {
  const names: string[] = [];
  const add = (count: number, name: (index: number) => string): number => {
    const first = names.length;
    for (let index = 0; index < count; index++) names.push(name(index));
    return first;
  };
  const { gridColumns } = parameters;
  const tiles = parameters.gridRows * gridColumns;
  const place = (index: number) => `${Math.floor(index / gridColumns)}.${index % gridColumns}`;
  return {
    readPort: add(parameters.spmBanks, (bank) => `scratchpad bank ${bank} read`),
    writePort: add(parameters.spmBanks, (bank) => `scratchpad bank ${bank} write`),
    eastLink: add(tiles, (index) => `link ${place(index)} east`),
    westLink: add(tiles, (index) => `link ${place(index)} west`),
    accumulator: add(1, () => 'accumulator'),
    dram: add(1, () => 'DRAM'),
    tile: add(tiles, (index) => `tile ${index}`),
    vectorUnit: add(parameters.vectorUnits, (index) => `vector unit ${index}`),
    dma: add(parameters.dmaChannels, (index) => `DMA channel ${index}`),
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
