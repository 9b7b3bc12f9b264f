import { converterStep } from '../numeric/quantise.ts';
import type { GroupCsrs } from '../sequence/issued-operation.ts';
import type { MachineContext } from './context.ts';
import type { DrivenInputs } from './input-scaling.ts';

/** One read pulse pattern: what the lines are driven with, and what its converted result is worth. */
export interface Slot {
  readonly x: number;
  /** Sum of x^2 per vector: f32[n]. */
  readonly squareSum: number;
  readonly worth: number;
  /** Joules per (full-scale input x siemens), and whether the input enters squared. */
  readonly joulesPerSiemens: number;
  readonly squared: boolean;
}

/** Levels of an ideal input when its on-time must be known: those of 8 bits. */
const idealLevels = 127;

/**
 * How driven inputs reach the array.
 * pulse-width: one slot, on for |x| (2^(b-1) - 1) steps.
 * bit-serial: b - 1 slots, one per magnitude bit, on for one step where the bit is set; converted apart, y = sum 2^k ADC(W x_k).
 * amplitude: one slot of one step at voltage |x| V; the cell's I-V shape bends the input where the device declares one.
 */
export function inputSlots(
  context: MachineContext,
  csrs: GroupCsrs,
  driven: DrivenInputs,
  n: number,
  length: number,
): readonly Slot[] {
  const { readV } = context.chip.tile.array;
  const { stepS } = context.chip.tile.input;
  const pulse = readV * readV * stepS;
  if (csrs.dacMode === 'bit-serial' && csrs.inBits > 1) return bitSlots(context, csrs.inBits, driven.x, n, length, pulse);
  if (csrs.dacMode === 'amplitude') {
    const bent = context.device.current === undefined ? driven : bend(context, driven, n, length, readV);
    return [{ ...bent, worth: 1, joulesPerSiemens: pulse, squared: true }];
  }
  const levels = csrs.inBits === 0 ? idealLevels : Math.round(1 / converterStep(csrs.inBits, 1));
  return [{ ...driven, worth: 1, joulesPerSiemens: pulse * levels, squared: false }];
}

function bitSlots(context: MachineContext, bits: number, x: number, n: number, length: number, pulse: number): Slot[] {
  const { kernels } = context;
  const step = converterStep(bits, 1);
  const pointers = Array.from({ length: bits - 1 }, () => ({
    x: kernels.allocate(4 * n * length),
    squareSum: kernels.allocate(4 * n),
  }));
  const inputs = kernels.f32(x, n * length);
  return pointers.map((slot, k) => {
    const [out, squares] = [kernels.f32(slot.x, n * length), kernels.f32(slot.squareSum, n)];
    for (let i = 0; i < n; i++) {
      let set = 0;
      for (let j = i * length; j < (i + 1) * length; j++) {
        const code = Math.round(inputs[j]! / step);
        const bit = (Math.abs(code) >> k) & 1;
        out[j] = code < 0 ? -bit : bit;
        set += bit;
      }
      squares[i] = set;
    }
    return { ...slot, worth: step * 2 ** k, joulesPerSiemens: pulse, squared: false };
  });
}

/** Replaces x by I(x V) / I(V) at mid-window conductance: the I-V shape is taken as independent of the level. */
function bend(
  context: MachineContext,
  driven: DrivenInputs,
  n: number,
  length: number,
  volts: number,
): { readonly x: number; readonly squareSum: number } {
  const { kernels, device } = context;
  const middleS = (device.minS + device.maxS) / 2;
  const full = device.current!(middleS, volts);
  const bent = { x: kernels.allocate(4 * n * length), squareSum: kernels.allocate(4 * n) };
  const [from, into, squares] = [
    kernels.f32(driven.x, n * length),
    kernels.f32(bent.x, n * length),
    kernels.f32(bent.squareSum, n),
  ];
  for (let i = 0; i < n; i++) {
    let sum = 0;
    for (let j = i * length; j < (i + 1) * length; j++) {
      const value = Math.sign(from[j]!) * (device.current!(middleS, Math.abs(from[j]!) * volts) / full);
      into[j] = value;
      sum += value * value;
    }
    squares[i] = sum;
  }
  return bent;
}
