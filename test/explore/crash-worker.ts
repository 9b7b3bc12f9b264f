import type { ItemResult } from '../../src/explore/item-result.ts';
import type { WorkItem } from '../../src/explore/work-item.ts';

/** Does to itself what the item's experiment says. */
export default ({ id, job }: WorkItem): ItemResult => {
  const { does } = job.experiment as { does: string };
  if (does === 'exit') process.exit(9);
  if (does === 'throw') throw new Error('lost my way');
  const hoard: number[][] = [];
  while (does === 'hoard') hoard.push(new Array<number>(100_000).fill(hoard.length));
  while (does === 'hang') hoard.length = 0;
  return { schema: 'ohmic.point/1', id, metrics: { area: 1 }, intervals: {}, breakdown: {}, warnings: [] };
};
