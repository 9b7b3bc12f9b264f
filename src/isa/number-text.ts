/** A decimal number or `0x` integer; undefined for anything else. */
export function readNumber(text: string): number | undefined {
  if (/^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?$/.test(text) || /^0x[0-9a-fA-F]+$/.test(text)) return Number(text);
  return undefined;
}

export function readWhole(text: string): number | undefined {
  const value = readNumber(text);
  return value !== undefined && Number.isSafeInteger(value) ? value : undefined;
}

/** The shortest decimal that `same` accepts as the value it came from. */
export function shortestText(value: number, same: (candidate: number) => boolean): string {
  if (Object.is(value, -0)) return '-0';
  for (let digits = 1; digits <= 17; digits++) {
    const candidate = Number(value.toPrecision(digits));
    if (same(candidate)) return String(candidate);
  }
  return String(value);
}
