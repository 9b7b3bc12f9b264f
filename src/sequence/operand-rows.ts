import type { GroupShape } from './issued-operation.ts';

/** Elements of a vector on the side of the word lines as operands hold it: a row that the tile drives by itself has none. */
export const operandRows = ({ rows, csrs }: GroupShape): number => rows - Number(csrs.constantRow);
