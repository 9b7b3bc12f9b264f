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
/** Edges of a pattern that are worked out beforehand, at most. */
const longestTable = 4096;
/** Edges a clock keeps in mind; a power of two. */
const rememberedEdges = 256;

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

  const formula = (cycle: number) => Math.round((cycle * repeatPs) / repeatCycles);
  const table =
    repeatCycles <= longestTable ? Float64Array.from({ length: repeatCycles + 1 }, (_, cycle) => formula(cycle)) : undefined;
  /** Edge `cycle` of a repeat, 0 to repeatCycles. */
  const edgeWithin = table === undefined ? formula : (cycle: number) => table[cycle]!;
  /** First edge at or after a time within a repeat. */
  function cycleWithin(rest: number): number {
    const product = rest * repeatCycles;
    // The quotient of whole numbers that doubles hold is never rounded up to the next one.
    let cycle = Math.max(0, Math.floor(product / repeatPs) - (product <= Number.MAX_SAFE_INTEGER ? 0 : 1));
    while (edgeWithin(cycle) < rest) cycle++;
    return cycle;
  }
  const cyclesAt = (picoseconds: bigint): bigint => {
    const repeats = picoseconds / BigInt(repeatPs);
    return repeats * BigInt(repeatCycles) + BigInt(cycleWithin(Number(picoseconds % BigInt(repeatPs))));
  };
  if (repeatCycles === 1) {
    return {
      repeatPs,
      after: (time, cycles) => time + cycles * repeatPs,
      atOrAfter: (time) => Math.ceil(time / repeatPs) * repeatPs,
      cyclesAt,
    };
  }
  return { repeatPs, ...createEdges({ repeatPs, repeatCycles, edgeWithin, cycleWithin }), cyclesAt };
}

interface Pattern {
  readonly repeatPs: number;
  readonly repeatCycles: number;
  readonly edgeWithin: (cycle: number) => number;
  readonly cycleWithin: (rest: number) => number;
}

/**
 * Steps from edge to edge. Most questions start at an edge that an answer gave, so edges found lately are kept with their place in the
 * pattern: a step from there needs no division.
 */
function createEdges({ repeatPs, repeatCycles, edgeWithin, cycleWithin }: Pattern): Pick<Clock, 'after' | 'atOrAfter'> {
  const times = new Float64Array(rememberedEdges).fill(-1);
  const places = new Float64Array(rememberedEdges);
  let place = 0;

  function keep(time: number): number {
    const at = time & (rememberedEdges - 1);
    times[at] = time;
    places[at] = place;
    return time;
  }

  /** The first edge at or after `time`; leaves its place in `place`. */
  function atOrAfter(time: number): number {
    const at = time & (rememberedEdges - 1);
    if (times[at] === time) {
      place = places[at]!;
      return time;
    }
    const begin = Math.floor(time / repeatPs) * repeatPs;
    const cycle = cycleWithin(time - begin);
    const edge = begin + edgeWithin(cycle);
    place = cycle === repeatCycles ? 0 : cycle;
    return keep(edge);
  }

  /** The last step: time, cycles, edge. Words of several banks step alike. */
  const step = new Float64Array(3).fill(-1);

  function after(time: number, cycles: number): number {
    if (step[0] === time && step[1] === cycles) return step[2]!;
    const edge = stepFrom(time, cycles);
    step[0] = time;
    step[1] = cycles;
    step[2] = edge;
    return edge;
  }

  function stepFrom(time: number, cycles: number): number {
    const edge = atOrAfter(time);
    if (cycles === 0) return edge;
    const begin = edge - edgeWithin(place);
    const cycle = place + cycles;
    if (cycle < repeatCycles) {
      place = cycle;
      return keep(begin + edgeWithin(cycle));
    }
    const repeats = Math.floor(cycle / repeatCycles);
    place = cycle - repeats * repeatCycles;
    return keep(begin + repeats * repeatPs + edgeWithin(place));
  }
  return { after, atOrAfter };
}
