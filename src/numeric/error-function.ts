/** Error function, series of Abramowitz and Stegun 7.1.5 near 0 and the continued fraction 7.1.14 of its complement beyond; error < 1e-13. */
export function errorFunction(x: number): number {
  const magnitude = Math.abs(x);
  if (magnitude > 6) return Math.sign(x);
  if (magnitude < 2) {
    let [term, sum] = [x, x];
    for (let n = 1; n < 40; n++) {
      term *= (-x * x) / n;
      sum += term / (2 * n + 1);
    }
    return (2 / Math.sqrt(Math.PI)) * sum;
  }
  let fraction = 0;
  for (let n = 60; n >= 1; n--) fraction = n / 2 / (magnitude + fraction);
  return Math.sign(x) * (1 - Math.exp(-x * x) / ((magnitude + fraction) * Math.sqrt(Math.PI)));
}
