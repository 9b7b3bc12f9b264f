import { describe, expect, it } from 'vitest';
import { type CsrName, csrs } from '../../isa/csrs.ts';
import { limits } from '../../isa/limits.ts';
import type { CsrSpec } from '../../isa/spec.ts';
import { createGroupTable, csrValue, type GroupTable } from '../../src/sequence/group-table.ts';
import { defaults } from './support.ts';

const plain = { firstTile: 0, rowBlocks: 1, columnBlocks: 1, replicas: 1, rows: 5, columns: 3, rowOffset: 0, columnOffset: 0 };
const both = (value: number) => ({ asFloat: value, asInteger: value });
const table = (): GroupTable => {
  const groups = createGroupTable(defaults, 'f32');
  groups.define({ id: 0, ...plain });
  groups.define({ id: 1, ...plain });
  return groups;
};
const fieldName = (name: string): string => name.toLowerCase().replace(/_(.)/g, (_, letter: string) => letter.toUpperCase());
const groupCsrs = (Object.entries(csrs) as [CsrName, CsrSpec][]).filter(([, { scope }]) => scope === 'group');

/** A value in range that differs from the default chip's, and what the field then holds. */
function another({ type, choices = [], min = 0, max = 1 }: CsrSpec, current: unknown): { write: number; read: unknown } {
  if (type === 'choice') {
    const code = choices.findIndex((choice) => choice !== current);
    return { write: code, read: choices[code] };
  }
  if (typeof current === 'boolean') return { write: current ? 0 : 1, read: !current };
  const write = current === min ? max : min;
  return { write, read: write };
}

describe('group table', () => {
  it.each(groupCsrs)('%s sets its field of one group', (name, spec) => {
    const groups = table();
    const field = fieldName(name) as keyof typeof defaults;
    const { write, read } = another(spec, defaults[field]);
    expect(groups.setCsr(spec.id, 0, both(write))).toBeUndefined();
    expect(groups.get(0)?.csrs).toEqual({ ...defaults, [field]: read });
    expect(groups.get(1)?.csrs).toBe(defaults);
  });

  it.each(groupCsrs)('%s out of range is an error sentence', (name, spec) => {
    const groups = table();
    const outside = spec.type === 'choice' ? (spec.choices?.length ?? 0) : spec.max !== undefined ? spec.max + 1 : Number.NaN;
    expect(groups.setCsr(spec.id, 0, both(outside))).toMatch(new RegExp(`^${name} is set to .*; want `));
    expect(groups.get(0)?.csrs).toBe(defaults);
  });

  it('reads registers in their own type', () => {
    expect(csrValue('ADC_RANGE', csrs.ADC_RANGE, { asFloat: 2.5, asInteger: 7 })).toBe(2.5);
    expect(csrValue('ADC_BITS', csrs.ADC_BITS, { asFloat: 2.5, asInteger: 7 })).toBe(7);
    expect(csrValue('MAPPING', csrs.MAPPING, { asFloat: 2.5, asInteger: 2 })).toBe('reference-column');
  });

  it('writes every group, later ones included, and keeps what one group set for itself', () => {
    const groups = table();
    groups.setCsr(csrs.IN_BITS.id, 1, both(4));
    groups.setCsr(csrs.ADC_BITS.id, limits.everyGroup, both(9));
    groups.define({ id: 2, ...plain });
    expect([0, 1, 2].map((id) => [groups.get(id)?.csrs.inBits, groups.get(id)?.csrs.adcBits])).toEqual([
      [defaults.inBits, 9],
      [4, 9],
      [defaults.inBits, 9],
    ]);
  });

  it('remembers what was set before the group was defined', () => {
    const groups = createGroupTable(defaults, 'f32');
    groups.setCsr(csrs.IN_BITS.id, 7, both(4));
    groups.define({ id: 7, ...plain });
    expect(groups.get(7)?.csrs.inBits).toBe(4);
  });

  it('holds the global registers', () => {
    const groups = table();
    expect([groups.format, groups.rows]).toEqual(['f32', 1]);
    groups.setCsr(csrs.FORMAT.id, 0, both(1));
    groups.setCsr(csrs.ROWS.id, 0, both(70));
    expect([groups.format, groups.rows]).toEqual(['bf16', 70]);
    groups.setCsr(csrs.COLUMNS.id, 0, both(12));
    expect(groups.columns).toBe(12);
    expect(groups.setCsr(csrs.ROWS.id, 0, both(0))).toBe('ROWS is set to 0; want 1 to 65536');
  });

  it('names an unknown register', () => {
    expect(table().setCsr(63, 0, both(0))).toMatch(/^csr 63 does not exist; want 0, 1, /);
  });

  it('moves a group inside its tile', () => {
    const groups = table();
    groups.offset(1, 8, 16);
    expect(groups.get(1)).toMatchObject({ rowOffset: 8, columnOffset: 16, rows: 5 });
    groups.offset(99, 1, 1);
    expect(groups.get(99)).toBeUndefined();
  });
});
