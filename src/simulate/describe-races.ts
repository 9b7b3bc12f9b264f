import { type Program, placeOf } from '../isa/program.ts';
import { decodeProgram } from '../sequence/decode-program.ts';
import type { Race, RaceSide } from './find-races.ts';

/** One side of a race as a reader finds it. */
export interface RacePlace {
  readonly controller: number;
  readonly mnemonic: string;
  /** `file:line:column`. */
  readonly place: string;
  readonly access: 'reads' | 'writes';
}

export interface RaceReport {
  readonly sides: readonly [RacePlace, RacePlace];
  /** DRAM bytes both touch, half open, and the area they lie in. */
  readonly from: number;
  readonly to: number;
  readonly area?: string;
  /** Pairs of runs of the two words. */
  readonly times: number;
  /** What would order them. */
  readonly remedy: string;
}

const areaAt = ({ symbols }: Program, from: number, to: number): string | undefined =>
  symbols.find(({ space, address, bytes }) => space === 'dram' && address <= from && to <= address + bytes)?.name;

/** Races with their places in the sources, and what would order them. */
export function describeRaces(races: readonly Race[], programs: readonly Program[]): readonly RaceReport[] {
  const decoded = programs.map(({ words }) => decodeProgram(words));
  const describe = ({ controller, word, writes }: RaceSide): RacePlace => ({
    ...{ controller, mnemonic: decoded[controller]![word]!.mnemonic, place: placeOf(programs[controller]!, word) },
    access: writes ? 'writes' : 'reads',
  });
  return races.map(({ sides, from, to, times, overtaken }) => {
    const [first, second] = [describe(sides[0]), describe(sides[1])];
    const area = sides.map(({ controller }) => areaAt(programs[controller]!, from, to)).find((name) => name !== undefined);
    const held = overtaken === first.controller ? first : second;
    const remedy =
      overtaken === undefined
        ? `a FENCE and a SEND after the one and its RECV before the other, or a BAR between them`
        : `a FENCE #4 in controller ${held.controller} between ${held.place} and the SEND after it, which does not wait for it`;
    return { sides: [first, second], from, to, ...(area === undefined ? {} : { area }), times, remedy };
  });
}
