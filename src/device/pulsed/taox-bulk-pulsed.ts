import { createPulsed } from './create-pulsed.ts';

/**
 * Bulk-switching TaOx of Wu et al. 2023 under pulses. Only the network results are published; all numbers are assumed: 64 states of
 * equal steps, 30 % of a step from pulse to pulse, 10 % from device to device.
 */
export const taoxBulkPulsed = createPulsed({
  law: 'linear',
  granularity: 2 / 64,
  granularitySpread: 0.1,
  slopeUp: 0,
  slopeDown: 0,
  cycleNoise: 0.3,
});
