/**
 * The numeric kernels: AssemblyScript with 128-bit SIMD, one WebAssembly instance per `Kernels`. All pointers are byte
 * offsets into `memory`. Views (`f32`, `u8` …) must be fetched after every call that may allocate: growth detaches them.
 * Every kernel has a scalar TypeScript twin in `test/numeric/` that defines it.
 */
export interface Kernels {
  readonly memory: { readonly buffer: ArrayBuffer };
  /** 16-byte aligned bytes, zeroed; grows memory. Throws RangeError with the sizes when the 4 GiB limit would be passed. */
  allocate(bytes: number): number;
  /** Scratch discipline: everything allocated after `mark` is freed by `release(mark)`. */
  mark(): number;
  release(mark: number): void;
  f32(pointer: number, length: number): Float32Array;
  i32(pointer: number, length: number): Int32Array;
  u8(pointer: number, length: number): Uint8Array;

  /** Bytes that a packed k x n right-hand matrix needs. */
  packedBytes(k: number, n: number): number;
  /** Packs row-major B[k x n] (leading dimension ldb, in elements) into column panels. */
  pack(packed: number, b: number, k: number, n: number, ldb: number): void;
  /** Brings row p of a packed k x n matrix up to date. */
  packRow(packed: number, row: number, k: number, p: number, n: number): void;
  /** Packs the transpose of row-major B[n x k] (leading dimension ldb), so that gemm computes A * B^T. */
  packTransposed(packed: number, b: number, k: number, n: number, ldb: number): void;
  /** C[m x n] = A[m x k] * packed B (+ C when accumulate). Row-major, leading dimensions in elements. */
  gemm(
    c: number,
    a: number,
    packed: number,
    m: number,
    k: number,
    n: number,
    ldc: number,
    lda: number,
    accumulate: boolean,
  ): void;
  /** Row-major transpose: out[n x m] from in[m x n]. */
  transpose(out: number, input: number, m: number, n: number): void;

  /** Standard normals, counter-based: element i uses Philox4x32-10 with key (key0, key1) and counter (start + (i >> 2), c1, c2, c3). */
  normals(out: number, count: number, key0: number, key1: number, start: number, c1: number, c2: number, c3: number): void;
  /** Uniform in [0, 1), 24 bits: element i is word i & 3 of the counter that `normals` would use, its top bits. */
  uniforms(out: number, count: number, key0: number, key1: number, start: number, c1: number, c2: number, c3: number): void;
  /**
   * Normals on a grid, independent of how the grid is cut into tiles: element (r, c) depends only on
   * (key, row0 + r, column0 + c, stream, event). `stride` in elements between rows of `out`.
   */
  normalGrid(
    out: number,
    rows: number,
    columns: number,
    stride: number,
    row0: number,
    column0: number,
    key0: number,
    key1: number,
    stream: number,
    event: number,
  ): void;
  /** Uniforms in [0, 1) with the same keying as normalGrid. */
  uniformGrid(
    out: number,
    rows: number,
    columns: number,
    stride: number,
    row0: number,
    column0: number,
    key0: number,
    key1: number,
    stream: number,
    event: number,
  ): void;

  /** scale[i] = max |x[i, :]| of each of m rows of k (leading dimension ldx). */
  rowAbsMax(scale: number, x: number, m: number, k: number, ldx: number): void;
  /**
   * DAC: out[i, j] = clip(rint(x[i, j] * inverse[i] / step) * step, +-1); step 0 = no rounding, still clipped.
   * Also absSum[i] = sum_j |out[i, j]| and squareSum[i] = sum_j out^2. inverse[i] may be 0 (row of zeros).
   * Rows of `x` lie ldx apart, rows of `out` k apart; out may be x when ldx is k.
   */
  dac(
    out: number,
    x: number,
    inverse: number,
    absSum: number,
    squareSum: number,
    m: number,
    k: number,
    ldx: number,
    step: number,
  ): void;
  /** y[i, j] += sigma[i] * noise[i, j] for m x n, with noise drawn as `normals` (counter start + position >> 2). */
  addRowNoise(
    y: number,
    sigma: number,
    m: number,
    n: number,
    ldy: number,
    key0: number,
    key1: number,
    start: number,
    c1: number,
    c2: number,
    c3: number,
  ): void;
  /**
   * ADC per column: v = (y * gain[j] + offset[j]) (+ inl * bow of v, see twin); code = rint(v / step) * step clipped to +-range;
   * returns the number of clipped conversions and writes per-row clip counts (i32). step 0 = ideal (no rounding, no clipping).
   * The bow adds inl * (1 - (v / range)^2) inside +-range and nothing outside; in output units, it is largest at v = 0.
   */
  adc(
    y: number,
    gain: number,
    offset: number,
    clipped: number,
    m: number,
    n: number,
    ldy: number,
    step: number,
    range: number,
    inl: number,
  ): number;
  /** Sum over rows of dot(|x[i, :]|, g) : data-dependent read energy in (full-scale input x siemens). */
  absDot(x: number, g: number, m: number, k: number, ldx: number): number;

  /** f32 -> bf16 (round to nearest even) and back, contiguous. */
  toBf16(out: number, input: number, count: number): void;
  fromBf16(out: number, input: number, count: number): void;
  /** out = code * unit. */
  fromU8(out: number, input: number, count: number, unit: number): void;
  /** Element-wise over `count` f32. */
  relu(out: number, input: number, count: number): void;
  /** tanh (0) or the logistic sigmoid (1) of `count` f32, computed in f64; out may be input. */
  squash(out: number, input: number, count: number, code: 0 | 1): void;
  /**
   * out = slope x error, in f64: the slope of tanh (0) or of the logistic sigmoid (1) where its value is y, 1 - y^2 or y (1 - y);
   * `count` f32, out may be either operand.
   */
  squashBack(out: number, value: number, error: number, count: number, code: 0 | 1): void;
  addRows(out: number, input: number, row: number, m: number, n: number): void;
  axpy(out: number, input: number, scale: number, count: number): void;
  /** out[i, j] = input[i, j] * scale[i], contiguous m x n; out may be input. */
  scaleRows(out: number, input: number, scale: number, m: number, n: number): void;
  /** out[i, j] = input[i, j] * scale[j], contiguous m x n; out may be input. */
  scaleColumns(out: number, input: number, scale: number, m: number, n: number): void;
  /** Channels-last im2col: rows = output pixels, columns = kernelHeight * kernelWidth * channels; zero padding. */
  im2col(
    out: number,
    map: number,
    height: number,
    width: number,
    channels: number,
    kernelHeight: number,
    kernelWidth: number,
    strideY: number,
    strideX: number,
    padTop: number,
    padLeft: number,
    dilation: number,
    outputHeight: number,
    outputWidth: number,
  ): void;
  /** Adjoint of im2col: adds into `map`. */
  col2im(
    map: number,
    columns: number,
    height: number,
    width: number,
    channels: number,
    kernelHeight: number,
    kernelWidth: number,
    strideY: number,
    strideX: number,
    padTop: number,
    padLeft: number,
    dilation: number,
    outputHeight: number,
    outputWidth: number,
  ): void;

  /**
   * Largest of each window of a channels-last map and its offset in the map (i32), pixel by pixel, channel by channel. Padding takes no
   * part, the first of equals wins; a window of padding alone gives NaN and -1. Elements are f32 or, with `integers` 1, i32.
   */
  maxPool(
    out: number,
    taken: number,
    map: number,
    height: number,
    width: number,
    channels: number,
    kernelHeight: number,
    kernelWidth: number,
    strideY: number,
    strideX: number,
    padTop: number,
    padLeft: number,
    dilation: number,
    outputWidth: number,
    pixels: number,
    integers: 0 | 1,
  ): void;
  /**
   * chi[r, c] += rate sum over n vectors of x[v, r] d[v, c], the sum in order from 0; x is n x rows, d n x columns, all contiguous.
   * Rows whose inputs are all 0 are left alone where d and rate are finite.
   */
  accumulateOuter(chi: number, x: number, d: number, n: number, rows: number, columns: number, rate: number): void;
  /**
   * Whole steps of epsilon in each of `count` f32 accumulators, saturated at +-most, written as signed integers of `bytes` bytes
   * (1, 2 or 4) and taken off the accumulator; NaN holds none. Returns how many counts are not 0.
   */
  emitCounts(counts: number, chi: number, count: number, epsilon: number, most: number, bytes: number): number;
  /** i32 from signed integers of `bytes` bytes. */
  widenCounts(out: number, counts: number, count: number, bytes: number): void;
  /**
   * Serial slots of a rectangle of signed counts (i32, `stride` to a row): row after row, each in runs of `parallel` neighbours, the
   * largest up count and then the largest down count of every run. touched[r] (u8) becomes 1 where row r has a count other than 0.
   */
  serialSlots(counts: number, stride: number, rows: number, columns: number, parallel: number, touched: number): number;

  /**
   * Pulse trains: bit s of bits[i] (u32) is set with probability chances[i], independently for every line and slot s < length;
   * length 1 … 32. Both arrays are padded to a multiple of eight lines. Element draws: counters (line, part << 8 | call, c2, c3).
   */
  trainBits(
    bits: number,
    chances: number,
    lines: number,
    length: number,
    key0: number,
    key1: number,
    part: number,
    c2: number,
    c3: number,
  ): void;
  /**
   * Coincidences of pulse trains: cell (rowOf[i], columnOf[j]) gets as many pulses as its lines have common slots, up where the
   * signs (0 or 1) agree. Trains are `words` words per line; word k of line i lies at k x (lines rounded up to four) + i.
   * `settings` is the block that src/machine/pulse-settings.ts writes.
   */
  pulseTrains(
    settings: number,
    rowOf: number,
    rowBits: number,
    rowSign: number,
    rows: number,
    columnOf: number,
    columnBits: number,
    columnSign: number,
    columns: number,
    words: number,
  ): void;
  /** out[2 i] = min(0, smallest of x[i, :]), out[2 i + 1] = max(0, largest), for m contiguous rows of k; NaN is left out. */
  rowExtremes(out: number, x: number, m: number, k: number): void;
  /**
   * Plans and draws the trains of one vector pair: `plan` and `result` are the blocks of src/machine/vector-trains.ts, the extremes
   * those of rowExtremes. Each base takes, for its side, arrays of lines rounded up to eight: chances, lines that fire, their signs,
   * and the words of their trains as pulseTrains takes them. `vector` is the last word of the address of the draws.
   */
  fireVector(
    plan: number,
    result: number,
    scale: number,
    x: number,
    xExtremes: number,
    rows: number,
    rowBase: number,
    d: number,
    dExtremes: number,
    columns: number,
    columnBase: number,
    vector: number,
  ): void;
  /** fireVector and pulseTrains of n vector pairs with scales f64[n]; a result each, the vector's number put into `settings`. */
  pulseVectors(
    settings: number,
    plan: number,
    results: number,
    scales: number,
    x: number,
    xExtremes: number,
    rows: number,
    rowBase: number,
    d: number,
    dExtremes: number,
    columns: number,
    columnBase: number,
    n: number,
  ): void;
  /** Signed pulse counts (i32[rows x columns]) on the cells from (row0, column0) on. */
  pulseCounts(settings: number, counts: number, row0: number, column0: number, rows: number, columns: number): void;
  /** Pulses until within `tolerance` of count x unit more than before, `limit` at most; counts become pulses used. Returns failures. */
  pulseVerified(
    settings: number,
    counts: number,
    row0: number,
    column0: number,
    rows: number,
    columns: number,
    unit: number,
    tolerance: number,
    limit: number,
  ): number;
  /** Sums of g / (1 + g access) by row and by column, g = max(0, middle + (weight + reference) scale). */
  lineSums(
    rowSums: number,
    columnSums: number,
    weights: number,
    references: number,
    rows: number,
    columns: number,
    middle: number,
    scale: number,
    access: number,
  ): void;
}
