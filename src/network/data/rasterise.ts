/** Samples per span of a stroke; at 28 x 28 pixels a span is then drawn in steps of about a pixel. */
const samplesPerSpan = 5;

/**
 * Catmull-Rom spline through `points` (x0, y0, x1, y1 …; Catmull and Rom 1974) as a polyline in the same form. Only sums and products,
 * so that the digits are the same bytes everywhere.
 */
export function smooth(points: readonly number[]): number[] {
  const count = points.length / 2;
  const polyline: number[] = [];
  for (let span = 0; span + 1 < count; span++) {
    for (let sample = 0; sample < samplesPerSpan; sample++) {
      const t = sample / samplesPerSpan;
      polyline.push(between(points, span, count, 0, t), between(points, span, count, 1, t));
    }
  }
  polyline.push(points[2 * count - 2]!, points[2 * count - 1]!);
  return polyline;
}

function between(points: readonly number[], span: number, count: number, axis: number, t: number): number {
  const before = points[2 * Math.max(0, span - 1) + axis]!;
  const from = points[2 * span + axis]!;
  const to = points[2 * (span + 1) + axis]!;
  const after = points[2 * Math.min(count - 1, span + 2) + axis]!;
  const linear = to - before;
  const square = 2 * before - 5 * from + 4 * to - after;
  const cube = 3 * from - before - 3 * to + after;
  return from + 0.5 * t * (linear + t * (square + t * cube));
}

/**
 * Draws a polyline with a round pen of `radius` pixels into `ink` (side x side, 0..1): coverage falls linearly over the one pixel at the
 * edge, and where strokes meet the darker one stays.
 */
export function drawPolyline(ink: Float32Array, side: number, polyline: readonly number[], radius: number): void {
  for (let point = 0; point + 3 < polyline.length; point += 2) {
    drawSegment(ink, side, polyline[point]!, polyline[point + 1]!, polyline[point + 2]!, polyline[point + 3]!, radius);
  }
}

function drawSegment(ink: Float32Array, side: number, x0: number, y0: number, x1: number, y1: number, radius: number): void {
  const reach = radius + 0.5;
  const [dx, dy] = [x1 - x0, y1 - y0];
  const lengthSquared = dx * dx + dy * dy || 1;
  const right = Math.min(side - 1, Math.floor(Math.max(x0, x1) + reach));
  const bottom = Math.min(side - 1, Math.floor(Math.max(y0, y1) + reach));
  for (let y = Math.max(0, Math.ceil(Math.min(y0, y1) - reach)); y <= bottom; y++) {
    for (let x = Math.max(0, Math.ceil(Math.min(x0, x1) - reach)); x <= right; x++) {
      const along = Math.min(1, Math.max(0, ((x - x0) * dx + (y - y0) * dy) / lengthSquared));
      const [offX, offY] = [x - x0 - along * dx, y - y0 - along * dy];
      const coverage = Math.min(1, reach - Math.sqrt(offX * offX + offY * offY));
      if (coverage > ink[y * side + x]!) ink[y * side + x] = coverage;
    }
  }
}
