import type { TimingParameters } from '../chip/cost-table.ts';
import type { Clock } from './clock.ts';

/** When the array and the converters of a lane's tiles are free again; `begun` is when the last vector left the input buffer. */
export interface TileStages {
  begun: number;
  arrayFree: number;
  converterFree: number;
}

/**
 * One vector through array and converters, which hold one vector each: `attempts` times (bound management sees a saturation only
 * after the conversion, so attempts do not overlap) `passes` read passes. A pass ends when the sample-and-hold row takes its
 * columns, which waits for the converters to finish the pass before. Drivers start on clock edges; the rest is self-timed.
 * Returns when the last conversion ends, picoseconds, not rounded.
 */
export function passStages(
  stages: TileStages,
  ready: number,
  attempts: number,
  passes: number,
  readPs: number,
  conversionPs: number,
  clock: Clock,
): number {
  let start = clock.atOrAfter(Math.max(ready, stages.arrayFree));
  let converted = stages.converterFree;
  stages.begun = start;
  for (let attempt = 0; attempt < attempts; attempt++) {
    if (attempt > 0) start = clock.atOrAfter(converted);
    for (let pass = 0; pass < passes; pass++) {
      const sampled = Math.max(start + readPs, converted);
      converted = sampled + conversionPs;
      start = clock.atOrAfter(sampled);
    }
  }
  stages.arrayFree = start;
  stages.converterFree = converted;
  return converted;
}

/** Read and conversion of one vector of one pass in an idle tile, before the digital edge: 664 ns for 264 ns + 8 x 50 ns. */
export function tileLatencyPs(parameters: TimingParameters): number {
  const steps = parameters.adcIntegrates ? 1 : parameters.adcMux;
  return parameters.readPs + steps * parameters.conversionPs;
}
