import { parquetWriteBuffer } from 'hyparquet-writer';
import type { FlatCell, FlatTable } from './sweep-export.ts';

type Kind = 'DOUBLE' | 'BOOLEAN' | 'STRING';

/** The narrowest type that holds every cell of a column; numbers among texts become texts. */
function kindOf(cells: readonly FlatCell[]): Kind {
  const known = cells.filter((cell) => cell !== undefined);
  if (known.length > 0 && known.every((cell) => typeof cell === 'number')) return 'DOUBLE';
  return known.length > 0 && known.every((cell) => typeof cell === 'boolean') ? 'BOOLEAN' : 'STRING';
}

/** A flat table as a Parquet file; empty cells are nulls. Equal tables give equal bytes. */
export function asParquet({ columns, rows }: FlatTable): Uint8Array {
  const columnData = columns.map((name, index) => {
    const cells = rows.map((row) => row[index]);
    const type = kindOf(cells);
    const data = cells.map((cell) => (cell === undefined ? null : type === 'STRING' ? String(cell) : cell));
    return { name, data, type, nullable: true };
  });
  return new Uint8Array(parquetWriteBuffer({ columnData }));
}
