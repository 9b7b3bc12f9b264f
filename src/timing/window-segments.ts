import type { Window } from '../sequence/issued-operation.ts';

/** One kernel row's part of a patch slice: map rows below the patch's first one, and bytes [begin, end) from the patch's left edge. */
export interface PatchRow {
  readonly mapRow: number;
  readonly begin: number;
  readonly end: number;
}

/** The kernel rows that patch bytes [from, to) of every output pixel lie in. A dilated row is read as one span. */
export function patchRows(window: Window, elementBytes: number, from: number, to: number): readonly PatchRow[] {
  const { channels, kernelWidth, kernelHeight, dilation } = window;
  const pixelBytes = channels * elementBytes;
  const rowBytes = kernelWidth * pixelBytes;
  const spread = (bytes: number) => Math.floor(bytes / pixelBytes) * dilation * pixelBytes + (bytes % pixelBytes);
  const rows: PatchRow[] = [];
  const last = Math.min(kernelHeight - 1, Math.floor((to - 1) / rowBytes));
  for (let row = Math.floor(from / rowBytes); row <= last; row++) {
    rows.push({
      mapRow: row * dilation,
      begin: spread(Math.max(0, from - row * rowBytes)),
      end: spread(Math.min(rowBytes, to - row * rowBytes) - 1) + 1,
    });
  }
  return rows;
}

/** Most kernel rows of a patch, which is most segments: what a window descriptor can hold. */
export const longestPatch = 31;

/**
 * Scratchpad bytes one output pixel's patch needs, kernel row by kernel row: puts address and length of the part of the rows that lies
 * inside the map into `segments`, one after the other, and returns how many there are. Padding costs nothing.
 */
export function patchSegments(
  window: Window,
  elementBytes: number,
  rows: readonly PatchRow[],
  pixel: number,
  segments: Int32Array,
): number {
  const { address, width, height, outputWidth } = window;
  const pixelBytes = window.channels * elementBytes;
  const lineBytes = width * pixelBytes;
  const line = Math.floor(pixel / outputWidth);
  const left = ((pixel - line * outputWidth) * window.strideX - window.padLeft) * pixelBytes;
  const top = (line % window.outputHeight) * window.strideY - window.padTop;
  let found = 0;
  for (let at = 0; at < rows.length; at++) {
    const row = rows[at]!;
    const mapRow = top + row.mapRow;
    if (mapRow < 0 || mapRow >= height) continue;
    const first = Math.max(0, left + row.begin);
    const last = Math.min(lineBytes, left + row.end);
    if (last <= first) continue;
    segments[2 * found] = address + mapRow * lineBytes + first;
    segments[2 * found + 1] = last - first;
    found++;
  }
  return found;
}

/** The same for patch bytes [from, to) of one pixel: calls `visit(address, bytes)`. */
export function visitWindowSegments(
  window: Window,
  elementBytes: number,
  pixel: number,
  from: number,
  to: number,
  visit: (address: number, bytes: number) => void,
): void {
  const segments = new Int32Array(2 * longestPatch);
  const count = patchSegments(window, elementBytes, patchRows(window, elementBytes, from, to), pixel, segments);
  for (let at = 0; at < count; at++) visit(segments[2 * at]!, segments[2 * at + 1]!);
}

/** Port accesses of one patch slice: every kernel row's part apart, padding included. */
export function windowAccesses(window: Window, elementBytes: number, from: number, to: number, widthBytes: number): number {
  const rowBytes = window.kernelWidth * window.channels * elementBytes;
  let accesses = 0;
  for (let begin = from; begin < to; ) {
    const end = Math.min(to, (Math.floor(begin / rowBytes) + 1) * rowBytes);
    accesses += Math.ceil((end - begin) / widthBytes);
    begin = end;
  }
  return accesses;
}
