import type { GroupShape } from '../sequence/issued-operation.ts';

interface Span {
  readonly from: number;
  readonly to: number;
}

const meet = (a: Span, b: Span): boolean => a.from < b.to && b.from < a.to;

const tilesOf = ({ firstTile, rowBlocks, columnBlocks, replicas }: GroupShape): Span => ({
  from: firstTile,
  to: firstTile + rowBlocks * columnBlocks * replicas,
});

/** Lines of one tile that a group of one tile takes; a larger one is taken to fill its tiles. */
const rowsOf = ({ rowOffset, rows, rowBlocks }: GroupShape): Span =>
  rowBlocks === 1 ? { from: rowOffset, to: rowOffset + rows } : { from: 0, to: Number.POSITIVE_INFINITY };
const columnsOf = ({ columnOffset, columns, columnBlocks }: GroupShape): Span =>
  columnBlocks === 1 ? { from: columnOffset, to: columnOffset + columns } : { from: 0, to: Number.POSITIVE_INFINITY };

/** Do two groups lie on some of the same cells? Writing one of them then destroys what the other held. */
export const shareCells = (a: GroupShape, b: GroupShape): boolean =>
  meet(tilesOf(a), tilesOf(b)) && meet(rowsOf(a), rowsOf(b)) && meet(columnsOf(a), columnsOf(b));
