import type { WorkItem } from '../../src/explore/work-item.ts';

/** Does to itself what the item's experiment says. */
export default ({ id, job }: WorkItem): string => {
  const { does } = job.experiment as { does: string };
  if (does === 'exit') process.exit(9);
  if (does === 'throw') throw new Error('lost my way');
  const hoard: number[][] = [];
  while (does === 'hoard') hoard.push(new Array<number>(100_000).fill(hoard.length));
  while (does === 'hang') hoard.length = 0;
  return JSON.stringify({
    schema: 'ohmic.point/1',
    id,
    digest: 'x',
    metrics: { area: 1 },
    intervals: {},
    breakdown: {},
    warnings: [],
  });
};
