import type { Window } from '../sequence/issued-operation.ts';

/**
 * Scratchpad bytes one output pixel's patch needs, kernel row by kernel row: calls `visit(address, bytes)` for the part of the patch
 * bytes [from, to) that lies inside the map. Padding costs nothing; a dilated row is read as one span.
 */
export function visitWindowSegments(
  window: Window,
  elementBytes: number,
  pixel: number,
  from: number,
  to: number,
  visit: (address: number, bytes: number) => void,
): void {
  const pixelBytes = window.channels * elementBytes;
  const rowBytes = window.kernelWidth * pixelBytes;
  const x = (pixel % window.outputWidth) * window.strideX - window.padLeft;
  const y = (Math.floor(pixel / window.outputWidth) % window.outputHeight) * window.strideY - window.padTop;
  const firstKernelRow = Math.floor(from / rowBytes);
  const lastKernelRow = Math.min(window.kernelHeight - 1, Math.floor((to - 1) / rowBytes));
  for (let kernelRow = firstKernelRow; kernelRow <= lastKernelRow; kernelRow++) {
    const mapRow = y + kernelRow * window.dilation;
    if (mapRow < 0 || mapRow >= window.height) continue;
    const spread = (bytes: number) => Math.floor(bytes / pixelBytes) * window.dilation * pixelBytes + (bytes % pixelBytes);
    const begin = x * pixelBytes + spread(Math.max(0, from - kernelRow * rowBytes));
    const end = x * pixelBytes + spread(Math.min(rowBytes, to - kernelRow * rowBytes) - 1) + 1;
    const first = Math.max(0, begin);
    const last = Math.min(window.width * pixelBytes, end);
    if (last > first) visit(window.address + mapRow * window.width * pixelBytes + first, last - first);
  }
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
