import type { CostModel } from '../../../src/chip/components/component.ts';
import type { ChipDescription } from '../../../src/chip/description.ts';
import { loadChip } from '../../../src/chip/load.ts';
import { varyChip } from '../../../src/chip/vary.ts';

/** A chip of standard values only, with these settings. */
export const standardChip = (...settings: string[]): ChipDescription =>
  varyChip(loadChip('name: standard\n', 'standard.yaml'), settings).chip.description;

/** Energy of one action in pJ, before the post-layout factor. */
export const picojoules = ({ actions }: CostModel, action: string, chip: ChipDescription): number =>
  actions[action]!.value(chip) * 1e12;
