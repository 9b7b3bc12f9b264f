export { accumulateOuter, emitCounts, serialSlots, widenCounts } from './accumulate';
export { pack, packRow, packTransposed, transpose } from './pack';
export { gemm } from './gemm';
export { addRowNoise, normalGrid, normals, uniformGrid, uniforms } from './random';
export { absDot, adc, dac, rowAbsMax } from './converters';
export { addRows, axpy, fromBf16, fromU8, relu, toBf16 } from './elementwise';
export { scaleColumns, scaleRows } from './machine-ops';
export { squash, squashBack } from './functions';
export { maxPool } from './pool';
export { trainBits } from './trains';
export { lineSums, pulseCounts, pulseTrains, pulseVerified } from './update';
export { fireVector, pulseVectors, rowExtremes } from './vectors';
export { col2im, im2col } from './windows';

/** First byte that no static data uses. */
export function heapBase(): usize {
  return __heap_base;
}
