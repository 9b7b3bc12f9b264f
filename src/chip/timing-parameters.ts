import type { TimingParameters } from './cost-table.ts';
import type { ChipDescription } from './description.ts';
import { conversionTailSeconds, passesPerVector, passSeconds } from './timing-rules.ts';

export interface CellDurations {
  /** One programming pulse and one verify read of the cell, s. */
  readonly pulseSeconds: number;
  readonly verifySeconds: number;
}

const picoseconds = (seconds: number): number => Math.round(seconds * 1e12);

/** Bytes of a partial sum: an ADC code times an 8-bit column scale, rounded up; f32 when the converter is ideal. */
export const partialSumBytes = ({ tile: { adc } }: ChipDescription): number =>
  adc.bits === 0 ? 4 : Math.ceil((adc.bits + 8) / 8);

/** What the timing machine needs of a chip and its cells. Durations of analog phases are rounded to whole picoseconds. */
export function timingParameters(chip: ChipDescription, cell: CellDurations): TimingParameters {
  return { ...tileTiming(chip, cell), ...memoryTiming(chip), ...unitTiming(chip) };
}

/** Read and conversion of one pass. Converters that hold the array until they are done make the read as long as both. */
function passTiming({ tile }: ChipDescription): { readonly readPs: number; readonly conversionPs: number } {
  const { adc } = tile;
  if (!adc.overlaps) return { readPs: picoseconds(passSeconds(tile) + conversionTailSeconds(tile)), conversionPs: 0 };
  return { readPs: picoseconds(passSeconds(tile)), conversionPs: picoseconds(adc.integrates ? adc.readoutS : adc.conversionS) };
}

function tileTiming(chip: ChipDescription, { pulseSeconds, verifySeconds }: CellDurations) {
  const { tile, grid, clock } = chip;
  return {
    clockHz: clock.frequencyHz,
    gridRows: grid.rows,
    gridColumns: grid.columns,
    tileRows: tile.rows,
    tileColumns: tile.columns,
    ...passTiming(chip),
    passes: passesPerVector(tile.input),
    adcMux: tile.adc.mux,
    adcIntegrates: tile.adc.integrates,
    pulsePs: picoseconds(pulseSeconds),
    verifyPs: picoseconds(verifySeconds),
    gapPs: picoseconds(tile.train.gapS),
    updateSetupPs: picoseconds(tile.train.setupS),
    bufferWidthBytes: tile.buffer.widthBits / 8,
    partialBytes: partialSumBytes(chip),
  } as const;
}

function memoryTiming({ scratchpad, dma, dram }: ChipDescription) {
  return {
    spmBanks: scratchpad.banks,
    spmWidthBytes: scratchpad.widthBits / 8,
    spmInterleaveBytes: scratchpad.interleaveBytes,
    spmAccessCycles: scratchpad.accessCycles,
    dmaChannels: dma.channels,
    dmaSetupCycles: dma.setupCycles,
    dramBytesPerSecond: dram.bytesPerSecond,
    dramLatencyPs: picoseconds(dram.latencyS),
  } as const;
}

function unitTiming({ vector, accumulator, noc, controller }: ChipDescription) {
  return {
    vectorUnits: vector.units,
    lanes: vector.lanes,
    vectorStartCycles: vector.startCycles,
    tableCycles: vector.tableCycles,
    divideCycles: vector.divideCycles,
    accumulatorLanes: accumulator.lanes,
    flitBytes: noc.flitBits / 8,
    routerCycles: noc.routerCycles,
    linkCycles: noc.linkCycles,
    topology: noc.topology,
    concentration: noc.concentration,
    queueDepth: controller.queueDepth,
  } as const;
}
