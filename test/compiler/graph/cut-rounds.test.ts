import { describe, expect, test } from 'vitest';
import { cutRounds } from '../../../src/compiler/graph/cut-rounds.ts';
import type { Step } from '../../../src/compiler/graph/steps.ts';
import type { MatrixStage } from '../../../src/compiler/lower.ts';
import { stageOf } from '../support.ts';

const stages = ['a', 'b', 'c', 'd'].map((name): MatrixStage => ({ ...stageOf(4, 4), name }));
const stepOf = (matrix: MatrixStage): Step => ({
  ...{ layer: matrix.name, reads: [], writes: matrix.name, partial: false, growth: 'none' },
  operation: { kind: 'matrix', matrix, vectors: 1, window: undefined, bias: undefined, relu: false },
});
const slicedOf = (...tiles: readonly number[]) =>
  tiles.map((count, at) => ({ stage: stages[at]!, rowBlocks: count, columnBlocks: 1, tiles: count, utilisation: 1 }));
const namesOf = (matrices: Iterable<MatrixStage>) => [...matrices].map(({ name }) => name).sort();

describe('cutRounds', () => {
  test('gives every matrix tiles of its own where there are enough', () => {
    const { resident, rounds } = cutRounds(stages.map(stepOf), slicedOf(1, 2, 3, 4), 10)!;
    expect(namesOf(resident)).toEqual(['a', 'b', 'c', 'd']);
    expect(rounds.length).toBe(1);
  });

  test('takes as few rounds as the tiles allow, and keeps what does not make them more', () => {
    const { resident, rounds } = cutRounds(stages.map(stepOf), slicedOf(1, 4, 4, 1), 6)!;
    expect(rounds.map(({ matrices }) => namesOf(matrices))).toEqual([['b'], ['c']]);
    expect(namesOf(resident)).toEqual(['a', 'd']);
    expect(rounds.flatMap(({ steps }) => steps.map(({ layer }) => layer))).toEqual(['a', 'b', 'c', 'd']);
  });

  test('a matrix used again and again keeps its tiles', () => {
    const [a, b, c] = stages as [MatrixStage, MatrixStage, MatrixStage];
    const steps = [a, b, a, c, a].map(stepOf);
    const { resident, rounds } = cutRounds(steps, slicedOf(3, 2, 2), 5)!;
    expect(namesOf(resident)).toEqual(['a']);
    expect(rounds.length).toBe(2);
  });

  test('there are none for a matrix larger than the chip', () => {
    expect(cutRounds(stages.map(stepOf), slicedOf(1, 7, 1, 1), 6)).toBeUndefined();
  });
});
