import type { Step } from './steps.ts';

/** What copies of matrices are to shorten: the sum over layers, as for one image, or the slowest layer, as in a pipeline. */
export type CopyAim = 'sum' | 'slowest';

/** What the compiler is free to choose about a network on a chip. */
export interface MappingChoice {
  /** Share of the tiles that one copy of everything leaves free which may go to copies, 0..1. */
  readonly share: number;
  readonly copiesFor: CopyAim;
  /** Stages of a pipeline of consecutive images, at most; 1: an image leaves before the next one starts. */
  readonly stages: number;
  /** Rows of a stream's tallest map that a turn takes, where layers of one image overlap; 0: one layer after the other on whole maps. */
  readonly len: number;
  /** Which groups take the tiles nearest to the scratchpad: the first layers, or those that move the most bytes a tile. */
  readonly placement: 'in order' | 'by traffic';
  /** Time of a step, any unit, from which stages are cut and streams are paced; absent: every step takes alike. */
  readonly costOf?: (step: Step) => number;
}

export const defaultChoice: MappingChoice = { share: 0, copiesFor: 'sum', stages: 1, len: 0, placement: 'in order' };
