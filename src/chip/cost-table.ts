import type { NocTopology } from './noc-geometry.ts';

/**
 * What a chip's parts cost, evaluated once from its description. The timing machine counts actions; the ledger multiplies.
 * Component and action names are the rows of every report.
 */
export const actionNames = {
  crossbar: ['row-drive', 'column-charge'],
  'input-driver': ['row-read'],
  'sample-hold': ['sample'],
  adc: ['convert'],
  'tile-digital': ['column'],
  'tile-buffer': ['access'],
  'train-generator': ['bit', 'pulse'],
  accumulator: ['add'],
  scratchpad: ['read', 'write'],
  'vector-unit': ['add', 'multiply', 'mac', 'table', 'move'],
  noc: ['flit-hop', 'flit-wire'],
  dram: ['byte'],
  controller: ['fetch', 'decode'],
} as const;

export type ComponentName = keyof typeof actionNames | 'clock-tree';
export const componentNames = [...Object.keys(actionNames), 'clock-tree'] as readonly ComponentName[];

export interface ComponentCost {
  readonly component: ComponentName;
  /** J per action, by action name, post-layout overhead included. */
  readonly actions: Readonly<Record<string, number>>;
  /** How many of it the chip has (report only; area and leakage below are totals). */
  readonly count: number;
  /** Total area, m^2, wiring included. */
  readonly area: number;
  /** Total leakage power, W. */
  readonly leakage: number;
  /** Counts towards the clock-tree fraction. */
  readonly digital: boolean;
}

export interface CostTable {
  readonly components: readonly ComponentCost[];
  /** Multiplies the cells' own Joule heat: 1, or the post-layout factor when overhead applies to everything. */
  readonly cellEnergyFactor: number;
  readonly clockTreeFraction: number;
  /** Analog bias: extra static power of the array periphery, W. */
  readonly totalArea: number;
  readonly totalLeakage: number;
}

/** Durations and widths the timing machine needs, integers where cycles, seconds else. Made by `timingParameters(chip)`. */
export interface TimingParameters {
  readonly clockHz: number;
  readonly gridRows: number;
  readonly gridColumns: number;
  readonly tileRows: number;
  /** Physical columns of a tile. */
  readonly tileColumns: number;
  /** Read phase of one pass (settling + input pulses), picoseconds. */
  readonly readPs: number;
  /** Passes per vector (bit-serial slots); 1 for pulse-width. */
  readonly passes: number;
  /** One conversion, picoseconds. */
  readonly conversionPs: number;
  readonly adcMux: number;
  /** Conversions overlap the read phase (integrating converters): then only conversionPs follows the read. */
  readonly adcIntegrates: boolean;
  readonly spmBanks: number;
  readonly spmWidthBytes: number;
  readonly spmInterleaveBytes: number;
  readonly spmAccessCycles: number;
  readonly vectorUnits: number;
  readonly lanes: number;
  readonly vectorStartCycles: number;
  readonly tableCycles: number;
  readonly divideCycles: number;
  readonly accumulatorLanes: number;
  readonly flitBytes: number;
  readonly routerCycles: number;
  readonly linkCycles: number;
  readonly topology: NocTopology;
  /** Tiles that share one router of a concentrated mesh. */
  readonly concentration: number;
  readonly dmaChannels: number;
  readonly dmaSetupCycles: number;
  readonly dramBytesPerSecond: number;
  readonly dramLatencyPs: number;
  readonly queueDepth: number;
  /** One program pulse and one verify read, picoseconds. */
  readonly pulsePs: number;
  readonly verifyPs: number;
  /** Pause between two update pulses, and from operands in the tile to the first, picoseconds. */
  readonly gapPs: number;
  readonly updateSetupPs: number;
  /** Bytes of the tile buffer port. */
  readonly bufferWidthBytes: number;
  /** Bytes of one partial sum on the NoC. */
  readonly partialBytes: number;
}
