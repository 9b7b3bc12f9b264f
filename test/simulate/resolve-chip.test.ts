import { describe, expect, it } from 'vitest';
import { resolveChip } from '../../src/simulate/resolve-chip.ts';
import { memoryFiles } from '../support/memory-files.ts';

const text = (content: string): Uint8Array => new TextEncoder().encode(content);
const files = memoryFiles({ 'mine.yaml': text('extends: cmo-14nm\nname: mine\ntile:\n  rows: 64\n') });

describe('the chip a run asks for', () => {
  it('is a preset, with settings and device applied', () => {
    const { chip } = resolveChip('cmo-130nm', ['tile.adc.bits=6'], files, 'ideal');
    expect(chip).toMatchObject({ name: 'cmo-130nm', device: 'ideal', tile: { adc: { bits: 6 } } });
  });

  it('or a file', () => {
    expect(resolveChip('mine.yaml', [], files).chip).toMatchObject({ name: 'mine', tile: { rows: 64 } });
  });

  it('counts assumed numbers of the cell as well', () => {
    const paths = resolveChip('cmo-130nm', [], files).assumptions.map(({ path }) => path);
    expect(paths).toContain('device.whiteNoise');
    expect(paths.some((path) => path.startsWith('tile.'))).toBe(true);
  });

  it('names the nearest preset and device', () => {
    expect(() => resolveChip('cmo-13nm', [], files)).toThrow(/did you mean cmo-130nm|did you mean cmo-14nm/);
    expect(() => resolveChip('cmo-130nm', [], files, 'cmo-hfx')).toThrow(/did you mean cmo-hfox/);
  });
});
