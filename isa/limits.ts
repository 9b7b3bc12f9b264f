/** Architectural limits of the ohmic ISA. Everything that encodes, checks or prints them reads them here. */
export const limits = {
  wordBytes: 16,
  /** r0 always reads 0. */
  registers: 16,
  loopLevels: 6,
  aguCount: 32,
  /** Affine strides an AGU may carry: two in its word, two more in its extension word. */
  aguStrides: 4,
  windowCount: 8,
  groupCount: 256,
  maxLength: (1 << 18) - 1,
  maxSpmBytes: 1 << 24,
  /** DRAM addresses are 24-bit counts of this many bytes, plus a byte offset and byte strides. */
  dramUnitBytes: 64,
  /** Value of the `unit` field that means "every group". */
  everyGroup: 0xfff,
} as const;

/** Register-kind operand ids: r0-r15, then loop counters, specials and WIN descriptors. */
export const registerIds = {
  firstRegister: 0,
  firstLoopCounter: 32,
  /** Sum of the losses since reset. */
  loss: 48,
  /** Count of samples whose arg-max equals their label. */
  hits: 49,
  /** Count of samples seen by LOSS. */
  count: 50,
  /** ADC conversions that met the converter's range limit. */
  saturations: 51,
  /** Repeated passes of bound management. */
  retries: 52,
  /** Update pulses applied to cells by OPU, PUL and XFR. */
  pulses: 53,
  /** Pulse counts other than 0 that THA emitted. */
  nonzeros: 54,
  firstWindow: 64,
} as const;

/** Element formats of scratchpad data, in code order of the format CSRs. */
export const formats = ['f32', 'bf16', 'i32', 'i16', 'i8', 'u8'] as const;
export type Format = (typeof formats)[number];
export const formatBytes: Readonly<Record<Format, number>> = { f32: 4, bf16: 2, i32: 4, i16: 2, i8: 1, u8: 1 };
