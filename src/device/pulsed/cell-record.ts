/** What the update kernels keep of one cell: eight floats. Steps and bounds in full-scale weights, before the reference is taken off. */
export const cellRecord = {
  alphaUp: 0,
  slopeUp: 1,
  upper: 2,
  alphaDown: 3,
  slopeDown: 4,
  lower: 5,
  reference: 6,
  pulses: 7,
  floats: 8,
} as const;
