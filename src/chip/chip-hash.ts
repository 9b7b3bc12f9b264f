import { hashOf } from '../config/hash.ts';
import type { ChipDescription } from './description.ts';

/** SHA-256 of what the chip is: its values without name and description. Equal values, equal hash, however written. */
export function chipHash(chip: ChipDescription): string {
  const { name: _name, doc: _doc, ...values } = chip;
  return hashOf(values);
}
