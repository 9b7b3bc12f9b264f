/** Values known at some technology nodes, ascending: [node in nm, value]. */
export type NodeTable = readonly (readonly [nodeNm: number, value: number])[];

/**
 * The table's value at a node: exact where listed, else between neighbours on a straight line, or on a straight line of the
 * logarithms ('log', values > 0). Throws RangeError outside the table: models are not extrapolated silently.
 */
export function interpolate(table: NodeTable, nodeNm: number, scale: 'linear' | 'log'): number {
  const upper = table.findIndex(([node]) => node >= nodeNm);
  if (upper === -1 || nodeNm < table[0]![0]) {
    throw new RangeError(`node is ${nodeNm} nm; want ${table[0]![0]} to ${table[table.length - 1]![0]} nm`);
  }
  const [highNode, high] = table[upper]!;
  if (highNode === nodeNm) return high;
  const [lowNode, low] = table[upper - 1]!;
  if (scale === 'linear') return low + ((high - low) * (nodeNm - lowNode)) / (highNode - lowNode);
  const fraction = Math.log(nodeNm / lowNode) / Math.log(highNode / lowNode);
  return low * (high / low) ** fraction;
}
