import { describe, expect, it } from 'vitest';
import type { ValidationRow } from '../../src/validation/row.ts';
import { readStored, shownStored, storedName, writeStored } from '../../src/validation/stored-rows.ts';

const row: ValidationRow = {
  ...{ id: 'L1', name: 'long', published: 1, value: 2, unit: '1', deviation: 1, tolerance: 0.1 },
  ...{ toleranceKind: 'relative', class: 'calibrated', source: 's', ok: false },
};
const family = { name: 'Long rows: MNIST', ids: ['L1'], long: true, measure: () => [row] };

function memoryStore() {
  const entries = new Map<string, string>();
  return {
    entries,
    read: (name: string) => entries.get(name),
    write: (name: string, text: string) => void entries.set(name, text),
  };
}

describe('stored rows', () => {
  it('come back as written, under a name a file system likes', () => {
    const store = memoryStore();
    const stored = { family: family.name, semantics: '1/1', date: '2026-11-22', rows: [row] };
    writeStored(store, family, stored);
    expect([...store.entries.keys()]).toEqual(['long-rows-mnist.json']);
    expect(readStored(store, family)).toEqual(stored);
  });

  it('are measured again when the file is damaged or of another family', () => {
    const store = memoryStore();
    expect(readStored(store, family)).toBeUndefined();
    store.write(storedName(family), '{"family": "Long rows: MNI');
    expect(readStored(store, family)).toBeUndefined();
    store.write(storedName(family), JSON.stringify({ family: 'other', rows: [] }));
    expect(readStored(store, family)).toBeUndefined();
  });

  it('are shown as stored or stale, never judged', () => {
    const stored = { family: family.name, semantics: '1/1', date: '2026-11-22', rows: [row] };
    expect(shownStored(stored, '1/1')[0]).toMatchObject({
      informative: true,
      ok: false,
      stored: { date: '2026-11-22', stale: false },
    });
    expect(shownStored(stored, '1/2')[0]).toMatchObject({ informative: true, stored: { stale: true } });
  });
});
