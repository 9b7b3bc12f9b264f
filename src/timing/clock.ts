/** One clock domain. All times are picoseconds, whole, and at or after the engine's base, which is an edge with number 0. */
export interface Clock {
  /** Shortest time after which the pattern of edges repeats; shifting by a multiple of it changes no duration. */
  readonly repeatPs: number;
  /** The edge `cycles` edges after the edge at `time`. */
  after(time: number, cycles: number): number;
  /** First edge at or after `time`. */
  atOrAfter(time: number): number;
  /** Cycles begun by an absolute time. */
  cyclesAt(picoseconds: bigint): bigint;
}

const picosecondsPerSecond = 1e12;

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}

/**
 * Edge n lies at round(n x 1e12 / frequency), computed from n and never accumulated, so that 1.28 GHz does not drift.
 * The frequency is rounded to whole hertz, so that edges repeat after at most a second.
 */
export function createClock(frequencyHz: number): Clock {
  const frequency = Math.round(frequencyHz);
  if (!(frequency >= 1 && frequency <= picosecondsPerSecond)) {
    throw new RangeError(`clock frequency is ${frequencyHz} Hz; want 1 to 1e12`);
  }
  const common = greatestCommonDivisor(picosecondsPerSecond, frequency);
  const repeatPs = picosecondsPerSecond / common;
  const repeatCycles = frequency / common;

  const cyclesAt = (picoseconds: bigint): bigint => {
    const repeats = picoseconds / BigInt(repeatPs);
    return repeats * BigInt(repeatCycles) + BigInt(cycleAtOrAfter(Number(picoseconds % BigInt(repeatPs))));
  };
  const edgeWithin = (cycle: number) => Math.round((cycle * repeatPs) / repeatCycles);
  function edge(cycle: number): number {
    const repeats = Math.floor(cycle / repeatCycles);
    return repeats * repeatPs + edgeWithin(cycle - repeats * repeatCycles);
  }
  function cycleAtOrAfter(time: number): number {
    const repeats = Math.floor(time / repeatPs);
    const rest = time - repeats * repeatPs;
    let cycle = Math.max(0, Math.floor((rest * repeatCycles) / repeatPs) - 1);
    while (edgeWithin(cycle) < rest) cycle++;
    return repeats * repeatCycles + cycle;
  }

  if (repeatCycles === 1) {
    return {
      repeatPs,
      after: (time, cycles) => time + cycles * repeatPs,
      atOrAfter: (time) => Math.ceil(time / repeatPs) * repeatPs,
      cyclesAt,
    };
  }
  return {
    repeatPs,
    after: (time, cycles) => edge(cycleAtOrAfter(time) + cycles),
    atOrAfter: (time) => edge(cycleAtOrAfter(time)),
    cyclesAt,
  };
}
