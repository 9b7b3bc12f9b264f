/** What a chip offers a program. */
export interface ProgramLimits {
  readonly tiles: number;
  readonly tileRows: number;
  /** Matrix columns one tile holds under the chip's mapping; unchecked when absent, as registers may change the mapping. */
  readonly logicalColumnsPerTile?: number;
  readonly spmBytes: number;
  readonly dramBytes?: number;
  readonly vectorUnits: number;
  readonly dmaChannels: number;
  /** Controllers that run together, and which of them the program is for; one alone when absent. */
  readonly controllers?: { readonly count: number; readonly own: number };
}
