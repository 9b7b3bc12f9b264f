/**
 * A chip as plain, frozen data in SI units: what `chip/load.ts` makes of a YAML file and its defaults, what immer varies,
 * what sweeps hash. No functions, no typed arrays. Bits 0 = ideal converter.
 */
export interface ChipDescription {
  readonly name: string;
  readonly doc: string;
  readonly technology: {
    readonly nodeNm: number;
    readonly supplyV: number;
    readonly temperatureK: number;
    readonly leakage: 'lstp' | 'hp';
  };
  /** The digital clock of controller, vector units, scratchpad, NoC and tile logic. */
  readonly clock: {
    readonly frequencyHz: number;
    /** Clock tree as a fraction of digital dynamic energy. */
    readonly treeFraction: number;
  };
  readonly overhead: {
    /** Post-layout energy factor and what it multiplies: CMOS only (as shipped), or everything (bookkeeping as in whole-core measurements). */
    readonly postLayoutEnergy: number;
    readonly appliesTo: 'cmos' | 'everything';
    readonly wiringArea: number;
    /** Analog bias leakage as a fraction of block dynamic power. */
    readonly analogLeakage: number;
  };
  /** Cell technology by name (device/), or an inline device. */
  readonly device: string;
  readonly tile: TileDescription;
  readonly grid: { readonly rows: number; readonly columns: number };
  readonly mapping: {
    readonly scheme: MappingScheme;
    readonly slices: number;
    readonly sliceBits: number;
  };
  readonly scratchpad: {
    readonly kind: 'sram' | 'edram';
    readonly bytes: number;
    readonly banks: number;
    readonly widthBits: number;
    /** Bytes after which addresses move on to the next bank. */
    readonly interleaveBytes: number;
    readonly accessCycles: number;
  };
  readonly vector: {
    readonly units: number;
    readonly lanes: number;
    readonly format: 'f32' | 'bf16';
    readonly startCycles: number;
    /** Cycles per element and lane of a transcendental function (table lookup). */
    readonly tableCycles: number;
    readonly divideCycles: number;
  };
  /** Digital accumulation unit beside the scratchpad: adds partial sums of row blocks. */
  readonly accumulator: { readonly lanes: number; readonly bits: number };
  readonly noc: {
    readonly flitBits: number;
    readonly routerCycles: number;
    readonly linkCycles: number;
    readonly hopMm: number;
    readonly topology: 'mesh' | 'torus' | 'cmesh' | 'h-tree' | 'bus';
    /** Tiles that share one router of a concentrated mesh. */
    readonly concentration: number;
  };
  readonly dma: { readonly channels: number; readonly setupCycles: number };
  readonly dram: {
    readonly kind: 'lpddr' | 'lpddr4' | 'gddr5' | 'hbm2' | 'hbm3';
    readonly bytesPerSecond: number;
    readonly latencyS: number;
    readonly joulesPerBit: number;
    /** Interface area on the die, m^2. */
    readonly phyArea: number;
    /** Power of the interface and the memory while nothing moves, W; outside the chip total. */
    readonly idleW: number;
  };
  /** The machine the chip is plugged into: outside the chip total. */
  readonly host: { readonly idleW: number };
  /** Factors on the modelled energy of each block, by report row. */
  readonly calibration: {
    readonly crossbar: number;
    readonly 'input-driver': number;
    readonly 'sample-hold': number;
    readonly 'tile-digital': number;
    readonly 'tile-buffer': number;
    readonly accumulator: number;
    readonly scratchpad: number;
    readonly 'vector-unit': number;
    readonly noc: number;
    readonly dram: number;
    readonly controller: number;
  };
  readonly controller: {
    readonly queueDepth: number;
    readonly instructionBytes: number;
    readonly fetchJoules: number;
    readonly decodeJoules: number;
    readonly area: number;
  };
}

export interface TileDescription {
  /** Physical cells: word lines x bit lines. */
  readonly rows: number;
  readonly columns: number;
  readonly array: {
    readonly readV: number;
    readonly accessOhm: number;
    readonly lineOhmPerCell: number;
    /** Settling before and after the input pulses, s. */
    readonly settleS: number;
    readonly rowCapacitanceF: number;
    /** On-resistance of a row driver. */
    readonly driverOhm: number;
    readonly columnCapacitanceF: number;
    /** Swing of a bit line while it is read: 0 at a virtual ground. */
    readonly columnSwingV: number;
    /** Swing of a word line, V. */
    readonly wordLineV: number;
    readonly cellArea: number;
    /** From one bit line to the next, m. */
    readonly columnPitchM: number;
    /** Cells written at once: parallel columns per programming step, and the largest current of one line, A. */
    readonly parallelWrites: number;
    readonly maxLineA: number;
    /** Depth of programming: the device's published statistics, its simulated outcomes, or every pulse. */
    readonly programming: 'published' | 'statistical' | 'pulses';
    /** The first programming begins with a forming ramp. */
    readonly forming: boolean;
    readonly stuckFraction: number;
    /** Read noise: white part per read and cell as a fraction of the window, 0 = the device's own. */
    readonly readNoiseFraction: number;
    /** Part of a full step per half-voltage pulse, 0 = the device's own. */
    readonly disturbRatio: number;
    /** Programming stops this close to the target, as a share of the window. */
    readonly acceptance: number;
    readonly irDrop: 'off' | 'conductance' | 'weight';
    /** Resistive cells that draw current, or SRAM words beside digital multipliers. */
    readonly kind: 'resistive' | 'sram';
    /** Share of a pulse in which the cells conduct: 1 for current sensing, less when lines are left to settle. */
    readonly heatDuty: number;
    /** Current of a cell while it is written, A. */
    readonly writeA: number;
    /** SRAM arrays: bits of a stored weight. */
    readonly weightBits: number;
  };
  readonly input: {
    readonly coding: 'pulse-width' | 'bit-serial' | 'amplitude';
    readonly bits: number;
    /** Pulse-width: one time step; bit-serial and amplitude: one read pulse. s */
    readonly stepS: number;
    readonly noiseManagement: 'none' | 'abs-max' | 'constant';
    readonly registerJoulesPerBit: number;
    readonly compareJoules: number;
    readonly driverArea: number;
    /** Pulse-width: one pulse of modulated length, or a train of unit pulses. */
    readonly train: 'single' | 'unary';
    /** Magnitude bits above which an input is sent as two trains. */
    readonly splitAbove: number;
    /** Separate reads of one vector, for the signs of inputs and weights. */
    readonly phases: number;
    /** Bit-serial: the sign bit has a pass of its own (two's complement). */
    readonly signPass: boolean;
  };
  readonly sampleHold: { readonly joules: number; readonly area: number };
  readonly adc: {
    readonly kind: 'sar' | 'flash' | 'cco' | 'ramp' | 'charge-decrement' | 'survey' | 'neurosim-sar' | 'fixed';
    readonly bits: number;
    /** Converters that work on one output: 2 when both columns of a pair are converted. */
    readonly perOutput: number;
    /** The array may be read again while converters still work. */
    readonly overlaps: boolean;
    /** Output full scale b_out in units of full-scale weight x full-scale input. */
    readonly range: number;
    readonly conversionS: number;
    /** Columns that share one converter. */
    readonly mux: number;
    /** Least width of a converter at the edge of the array, m. */
    readonly leastWidthM: number;
    /** Energy and area when kind is fixed; otherwise ignored. */
    readonly fixedJoules: number;
    readonly fixedArea: number;
    readonly calibration: number;
    /** CCO: bias power (W) and energy per count (J). */
    readonly biasW: number;
    readonly countJoules: number;
    readonly integrates: boolean;
    /** Integrating converters: from the end of the window until the code is there, s. */
    readonly readoutS: number;
    /** Per-column mismatch: offset in LSB (std), gain relative (std), INL bow in LSB, thermal noise in LSB rms. */
    readonly offsetLsb: number;
    readonly gainError: number;
    readonly inlLsb: number;
    readonly noiseLsb: number;
    readonly boundManagement: number;
  };
  readonly digital: {
    /** Per column and conversion: shift-and-add, affine scale, output register. */
    readonly shiftAddJoules: number;
    readonly affineJoules: number;
    readonly registerJoules: number;
    readonly areaPerColumn: number;
  };
  /** Update pulses: generators of random trains and pulse drivers. */
  readonly train: {
    readonly generator: 'shared' | 'per-line';
    readonly gapS: number;
    readonly setupS: number;
    readonly pulseV: number;
  };
  readonly buffer: {
    readonly kind: 'sram' | 'edram';
    readonly inputBytes: number;
    readonly outputBytes: number;
    readonly widthBits: number;
  };
}

/** How a signed weight becomes conductances. */
export const mappingSchemes = [
  'differential-pair',
  'balanced-pair',
  'reference-column',
  'digital-offset',
  'reference-cell',
  'literal-pair',
] as const;
export type MappingScheme = (typeof mappingSchemes)[number];

/** Cells on the bit lines of one weight and slice. */
export const cellsPerSlice = (scheme: MappingScheme): 1 | 2 =>
  scheme === 'reference-column' || scheme === 'digital-offset' ? 1 : 2;

/** Logical weight columns one tile holds under a mapping. */
export function logicalColumnsPerTile(tile: TileDescription, mapping: ChipDescription['mapping']): number {
  const devices = tile.columns - (mapping.scheme === 'reference-column' ? 1 : 0);
  return Math.floor(devices / (cellsPerSlice(mapping.scheme) * mapping.slices));
}
