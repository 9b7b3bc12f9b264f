import type { SlicedMatrix } from '../slice.ts';
import type { CopyAim } from './mapping-choice.ts';

/** Field of GRP. */
const mostReplicas = 255;

export interface ReplicatedMatrix extends SlicedMatrix {
  readonly replicas: number;
}

/**
 * Gives spare tiles to copies of matrices that share its vectors: each time to the matrix whose next copy saves the most vectors in a row
 * for the tiles it takes (layers of one image follow one another, so what is saved anywhere is saved for the image), or to the matrix
 * with the most vectors in a row (in a pipeline the slowest sets the pace).
 */
export function replicate(
  matrices: readonly SlicedMatrix[],
  spareTiles: number,
  aim: CopyAim = 'sum',
): readonly ReplicatedMatrix[] {
  if (!(spareTiles >= 0)) throw new RangeError(`spareTiles is ${spareTiles}; want a number >= 0`);
  const replicas = matrices.map(() => 1);
  const gain = (index: number): number => {
    const [copies, { stage, tiles }] = [replicas[index]!, matrices[index]!];
    const most = Math.min(mostReplicas, stage.vectors);
    if (copies >= most) return 0;
    return aim === 'slowest' ? stage.vectors / copies : (stage.vectors / copies - stage.vectors / (copies + 1)) / tiles;
  };
  for (let spare = spareTiles; spare > 0; ) {
    let best = -1;
    matrices.forEach(({ tiles }, index) => {
      if ((aim === 'slowest' || tiles <= spare) && gain(index) > 0 && (best < 0 || gain(index) > gain(best))) best = index;
    });
    // Copies of faster matrices would not make the slowest faster.
    if (best < 0 || matrices[best]!.tiles > spare) break;
    replicas[best]! += 1;
    spare -= matrices[best]!.tiles;
  }
  return matrices.map((matrix, index) => ({ ...matrix, replicas: replicas[index]! }));
}
