import { expect, test } from 'vitest';
import { readPath } from '../../src/chip/chip-path.ts';
import { chipPaths, parameterAt } from '../../src/chip/components/components.ts';
import { describeValueOf, readValue } from '../../src/chip/parameter-value.ts';
import { resolveChip } from '../../src/chip/resolve.ts';

test.each([130, 90, 65, 45, 40, 28, 22, 16, 14, 10, 7])('standard values at %i nm are valid', (node) => {
  const given = { 'technology.nodeNm': { value: node, text: `${node} nm`, source: 'test' } };
  const { description } = resolveChip(given);
  for (const path of chipPaths) {
    const parameter = parameterAt(path);
    const value = readPath(description, path);
    expect(readValue(parameter, describeValueOf(parameter, value)), path).toMatchObject({ ok: true });
  }
});

test('every value has a source, and says when it is assumed', () => {
  const { sources } = resolveChip({});
  for (const path of chipPaths) {
    expect(sources[path].source.length, path).toBeGreaterThan(3);
    expect(sources[path].given, path).toBe(false);
    expect(sources[path].assumed, path).toBe(/\bassumed\b/.test(sources[path].source));
  }
});
