import { chipDevice, chipDeviceName } from '../chip/chip-device.ts';
import type { ChipDescription } from '../chip/description.ts';
import type { CellModel } from '../device/cell-model.ts';
import { type ProgrammedOnce, withSharedProgramming } from '../device/shared-programming.ts';
import type { DataSplit } from '../network/data/data-set.ts';
import type { DataSet, Network } from '../network/layer-graph.ts';
import type { Reference } from './train-reference.ts';

/** What decides a trained float network; plain JSON data. */
export interface TrainingKey {
  readonly network: Network;
  /** Digest of the training set. */
  readonly train: string;
  readonly training: unknown;
  readonly seed: number;
}

/**
 * Work that several experiments of one sweep have in common. An implementation may give back what an earlier call made under the
 * same key; the bytes are those that `make` would give.
 */
export interface SharedWork {
  /** The data set of a folder; `''` names the embedded digits. */
  data(folder: string, make: () => DataSplit): DataSplit;
  /** The float network trained as `key` says and scored on `test`. */
  reference(key: TrainingKey, test: DataSet, make: () => Reference): Reference;
  /** Something that follows from `owner` and `key` alone. */
  once<T>(owner: object, key: string, make: () => T): T;
  /** Something that follows from `owner`, `key` and the members of `given` that `make` reads; `make` must not keep `given`. */
  fromReads<G extends object, T>(owner: object, key: string, given: G, make: (given: G) => T): T;
  /** Cells programmed before, by everything their programming depends on; absent: every run programs its own. */
  readonly programmed?: ProgrammedOnce;
  /** What the text of a file says. */
  text<T>(file: string, text: string, make: () => T): T;
}

/** The cell of a chip, of which equal blocks are programmed once where work is shared. */
export function sharedDevice(chip: ChipDescription, { programmed }: SharedWork): CellModel {
  const cell = chipDevice(chip);
  return programmed === undefined ? cell : withSharedProgramming(cell, chipDeviceName(chip), programmed);
}

/** Shares nothing. */
export const ownWork: SharedWork = {
  data: (_, make) => make(),
  reference: (_key, _test, make) => make(),
  once: (_owner, _key, make) => make(),
  fromReads: (_owner, _key, given, make) => make(given),
  text: (_file, _text, make) => make(),
};
