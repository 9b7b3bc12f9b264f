import { expect, test } from 'vitest';
import { chipPreset } from '../../src/chip/presets.ts';
import { brokenRules } from '../../src/chip/rules.ts';
import { varyChip } from '../../src/chip/vary.ts';
import { issuesOf } from './support.ts';

const base = chipPreset('cmo-130nm');

test.each([
  ['tile.columns=1', 'tile.columns = 1'],
  ['tile.adc.mux=129', 'tile.adc.mux = 129'],
  ['tile.buffer.inputBytes=64 B', 'tile.buffer.inputBytes = 64 B'],
  ['mapping.slices=2', 'mapping.sliceBits = 0'],
  ['scratchpad.banks=3', 'scratchpad.banks = 3'],
  ['scratchpad.interleaveBytes=48 B', 'scratchpad.interleaveBytes = 48 B'],
  ['scratchpad.bytes=1025 B', 'scratchpad.bytes = 1025 B'],
  ['scratchpad.widthBits=100', 'scratchpad.widthBits = 100'],
  ['tile.buffer.widthBits=100', 'tile.buffer.widthBits = 100'],
  ['noc.flitBits=100', 'noc.flitBits = 100'],
  ['device=none', 'device = none'],
])('%s breaks a rule', (setting, found) => {
  expect(issuesOf(() => varyChip(base, [setting])).map((issue) => issue.found)).toContain(found);
});

test('an integration window shorter than the input is refused', () => {
  const issues = issuesOf(() => varyChip(chipPreset('cmo-14nm'), ['tile.adc.conversionS=100 ns']));
  expect(issues[0]?.expected).toBe('an integration window at least as long as the longest input pulse');
});

test('presets break none; a rule over an unreadable value is not judged', () => {
  expect(brokenRules(base)).toEqual([]);
  const broken = { ...base, description: { ...base.description, device: 'none' } };
  expect(brokenRules(broken)).toHaveLength(1);
  expect(brokenRules(broken, ['device'])).toEqual([]);
});
