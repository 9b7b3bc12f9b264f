import { disturbed } from '../device/disturb.ts';
import { judge, type ValidationRow } from './row.ts';

/** A centred cell of 27 states: its step mid-window, of bounds +-1. */
const step = 2 / 27;
const pulses = 1e5;

/** V14: drift of a half-selected cell after 1e5 same-sign pulses, from the middle. */
export const disturbRows = (): readonly ValidationRow[] =>
  [
    { ratio: 1e-5, published: 0.96 },
    { ratio: 1e-7, published: 0.01 },
  ].map(({ ratio, published }) =>
    judge({
      id: `V14@${ratio.toExponential(0)}`,
      name: `drift in steps after 1e5 half-select pulses, each ${ratio.toExponential(0)} of a step, 27 states, from the middle`,
      published,
      value: disturbed(0, 1, step, ratio, pulses) / step,
      unit: 'steps',
      tolerance: 0.05,
      class: 'bookkeeping',
      source: 'soft-bounds drift integrated apart by us; Choi 2026 sees none up to 1e5 pulses',
    }),
  );
