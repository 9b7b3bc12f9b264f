/**
 * What a random stream is drawn for. Streams of different purposes are independent, so adding draws to one never changes
 * another. Numbers are part of the results: append, never renumber.
 */
export const purposes = {
  construction: 1,
  programming: 2,
  relaxation: 3,
  frozenRead: 4,
  read: 5,
  inputNoise: 6,
  outputNoise: 7,
  converter: 8,
  pulse: 9,
  bitLines: 10,
  choppers: 11,
  transfer: 12,
  data: 13,
  initialisation: 14,
  training: 15,
  augmentation: 16,
  weightNoise: 17,
  sampling: 18,
  rounding: 19,
} as const;

export type Purpose = (typeof purposes)[keyof typeof purposes];
