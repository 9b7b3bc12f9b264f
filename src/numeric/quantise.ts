/** Nearest whole number; ties go to the even one, as in IEEE 754 and in the kernels. */
export function roundHalfEven(value: number): number {
  const rounded = Math.round(value);
  // Math.round sends ties up, so a tie shows as a rise of exactly one half
  return rounded - value === 0.5 && rounded % 2 !== 0 ? rounded - 1 : rounded;
}

/** `value` limited to low … high; NaN stays NaN. */
export const clamp = (value: number, low: number, high: number): number => Math.min(Math.max(value, low), high);

/**
 * Step of a signed converter whose codes are symmetric about a code 0: full scale / (2^(bits - 1) - 1), which equals aihwkit's
 * resolution 2 / (2^bits - 2) at full scale 1. Bits count the sign; 0 = ideal = step 0. One bit has the codes -1, 0, 1, as two.
 */
export function converterStep(bits: number, fullScale: number): number {
  if (!Number.isInteger(bits) || bits < 0) throw new RangeError(`bits is ${bits}; want a whole number >= 0`);
  return bits === 0 ? 0 : fullScale / Math.max(1, 2 ** (bits - 1) - 1);
}

/** Nearest multiple of `step` within +-limit; step 0 only limits. */
export const quantise = (value: number, step: number, limit: number): number =>
  clamp(step === 0 ? value : roundHalfEven(value / step) * step, -limit, limit);
