import { costTableOf } from '../chip/cost-table-of.ts';
import { timingParameters } from '../chip/timing-parameters.ts';
import type { LinkUse } from '../timing/links.ts';
import type { TimingOutcome } from '../timing/outcome.ts';
import { runChips } from '../timing/run-chips.ts';
import type { Trace } from '../timing/trace.ts';
import { type ChipValues, type ControllerInput, runChipValues, type ValuesSettings } from './chip-values.ts';

/** What connects chips. */
export interface LinkSettings {
  readonly bytesPerSecond: number;
  readonly latencySeconds: number;
  readonly joulesPerByte: number;
}

/**
 * HyperTransport as ISAAC charges it: four links of 6.4 GB/s at 10.4 W together (Shafiee et al., ISCA 2016, table I), all of it taken as
 * energy of bytes; the latency is assumed.
 */
export const defaultLinks: LinkSettings = {
  bytesPerSecond: 6.4e9,
  latencySeconds: 100e-9,
  joulesPerByte: 10.4 / (4 * 6.4e9),
};

/** What several controllers computed, and when. */
export interface ChipsTiming extends ChipValues {
  readonly timings: readonly TimingOutcome[];
  readonly links: readonly LinkUse[];
}

export interface ChipsTimingInput {
  readonly controllers: readonly ControllerInput[];
  readonly links: LinkSettings;
  readonly settings: ValuesSettings;
  /** Sees the life of every word of a controller. */
  readonly trace?: (controller: number) => Trace;
}

/** Runs programs that exchange messages, each on a chip of its own: their values first, which never depend on time. */
export function timeChips({ controllers, links, settings, trace }: ChipsTimingInput): ChipsTiming {
  const values = runChipValues(controllers, settings);
  const { chips, links: uses } = runChips(
    controllers.map(({ program, chip, device }, own) => {
      const words = values.controllers[own]!.words.values();
      return {
        ...{ parameters: timingParameters(chip, device), costs: costTableOf(chip), regions: program.regions },
        source: { next: () => words.next().value },
        ...(trace === undefined ? {} : { trace: trace(own) }),
      };
    }),
    {
      ...{ bytesPerSecond: links.bytesPerSecond, latencyPs: Math.round(links.latencySeconds * 1e12) },
      sharedDram: settings.sharedDram,
    },
  );
  return { ...values, timings: chips, links: uses };
}
