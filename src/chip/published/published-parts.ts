/** One line of a published table: so many blocks, each of this power and area. */
export interface PublishedPart {
  readonly name: string;
  readonly count: number;
  /** Power of one, W. */
  readonly watts: number;
  /** Area of one, m^2. */
  readonly area: number;
}

export interface PublishedSum {
  readonly watts: number;
  readonly area: number;
}

/** Power and area of all parts together. */
export const sumOfParts = (parts: readonly PublishedPart[]): PublishedSum => ({
  watts: parts.reduce((sum, { count, watts }) => sum + count * watts, 0),
  area: parts.reduce((sum, { count, area }) => sum + count * area, 0),
});

/** A line of a table in the units papers print: milliwatts and square millimetres of one. */
export const part = (name: string, count: number, milliwatts: number, squareMillimetres: number): PublishedPart => ({
  name,
  count,
  watts: milliwatts * 1e-3,
  area: squareMillimetres * 1e-6,
});

/** A whole that is itself a sum of parts, as a line of the next table. */
export const whole = (name: string, count: number, parts: readonly PublishedPart[]): PublishedPart => ({
  name,
  count,
  ...sumOfParts(parts),
});
