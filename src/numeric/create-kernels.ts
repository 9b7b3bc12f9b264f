import { wasmBase64 } from './kernels/wasm.generated.ts';
import type { Kernels } from './kernels.ts';

/** The little of WebAssembly that is used here; its types are in no library this project loads. */
interface WebAssemblyLike {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object) => { readonly exports: unknown };
}

interface GrowingMemory {
  readonly buffer: ArrayBuffer;
  grow(pages: number): number;
}

type Provided = 'memory' | 'allocate' | 'mark' | 'release' | 'f32' | 'i32' | 'u8' | 'packedBytes' | 'gemm';

/** Exports of `kernels/assembly/index.ts`. Booleans cross the border as 0 and 1. */
interface Exports extends Omit<Kernels, Provided> {
  readonly memory: GrowingMemory;
  readonly gemm: (
    c: number,
    a: number,
    b: number,
    m: number,
    k: number,
    n: number,
    ldc: number,
    lda: number,
    accumulate: number,
  ) => void;
  heapBase(): number;
}

const pageBytes = 65_536;
const limitBytes = 4 * 1024 ** 3;

let compiled: object | undefined;

function instantiate(): Exports {
  const { WebAssembly } = globalThis as unknown as { readonly WebAssembly: WebAssemblyLike };
  compiled ??= new WebAssembly.Module(Uint8Array.from(atob(wasmBase64), (character) => character.charCodeAt(0)));
  return new WebAssembly.Instance(compiled).exports as Exports;
}

/** A stack of allocations in a memory that grows by at least half, up to 4 GiB. */
function createAllocator(memory: GrowingMemory, base: number): Pick<Kernels, 'allocate' | 'mark' | 'release'> {
  let top = base;
  // bytes from here on were never handed out, so they are still zero
  let untouched = base;

  function grow(end: number): void {
    const size = memory.buffer.byteLength;
    if (end <= size) return;
    const wanted = Math.min(Math.max(end, size * 1.5), limitBytes);
    memory.grow(Math.ceil((wanted - size) / pageBytes));
  }

  return {
    allocate(bytes) {
      if (!Number.isSafeInteger(bytes) || bytes < 0) throw new RangeError(`size is ${bytes} bytes; want a whole number >= 0`);
      const pointer = top;
      const end = pointer + Math.ceil(bytes / 16) * 16;
      if (end > limitBytes) throw new RangeError(`size is ${bytes} bytes; ${limitBytes - pointer} of ${limitBytes} are left`);
      grow(end);
      if (pointer < untouched) new Uint8Array(memory.buffer, pointer, Math.min(end, untouched) - pointer).fill(0);
      top = end;
      untouched = Math.max(untouched, end);
      return pointer;
    },
    mark: () => top,
    release(mark) {
      if (!(mark >= base && mark <= top)) throw new RangeError(`mark is ${mark}; want one from mark(), ${base} to ${top}`);
      top = mark;
    },
  };
}

/**
 * A set of kernels with a memory of its own; the binary is compiled once per process.
 * Throws where the engine has no WebAssembly SIMD.
 */
export function createKernels(): Kernels {
  const exports = instantiate();
  const { memory, heapBase, gemm, ...kernels } = exports;
  return {
    ...kernels,
    ...createAllocator(memory, Math.ceil(heapBase() / 16) * 16),
    memory,
    f32: (pointer, length) => new Float32Array(memory.buffer, pointer, length),
    i32: (pointer, length) => new Int32Array(memory.buffer, pointer, length),
    u8: (pointer, length) => new Uint8Array(memory.buffer, pointer, length),
    packedBytes: (k, n) => Math.ceil(n / 8) * 32 * k,
    gemm: (c, a, packed, m, k, n, ldc, lda, accumulate) => gemm(c, a, packed, m, k, n, ldc, lda, accumulate ? 1 : 0),
  };
}
