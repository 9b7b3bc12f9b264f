import { describe, expect, test } from 'vitest';
import { type ChipPath, type ParameterValue, readPath, writePath } from '../../../src/chip/chip-path.ts';
import type { Formula } from '../../../src/chip/components/component.ts';
import { chipPaths, costModels, parameterAt } from '../../../src/chip/components/components.ts';
import type { ChipDescription } from '../../../src/chip/description.ts';
import { chipPreset } from '../../../src/chip/presets.ts';
import { varyChip } from '../../../src/chip/vary.ts';

/** Values of a parameter other than the one in use. */
function others(path: ChipPath, chip: ChipDescription): ParameterValue[] {
  const parameter = parameterAt(path);
  const now = readPath(chip, path);
  if (parameter.kind === 'choice') return parameter.choices.filter((name) => name !== now);
  if (parameter.kind === 'flag') return [now !== true];
  if (parameter.kind === 'text') return [`other ${String(now)}`];
  return [parameter.minimum, parameter.maximum, Number(now) * 2, Number(now) + 1].filter(
    (value) => value !== now && value <= parameter.maximum,
  );
}

function changes(formula: Formula, chip: ChipDescription, path: ChipPath): boolean {
  const before = formula.value(chip);
  return others(path, chip).some((value) => {
    const draft = structuredClone(chip);
    writePath(draft, path, value);
    return formula.value(draft) !== before;
  });
}

const chips = [
  ['sar, pulse-width', chipPreset('cmo-130nm')],
  ['cco', chipPreset('cmo-14nm')],
  [
    'fixed, bit-serial',
    varyChip(chipPreset('cmo-130nm'), ['tile.adc.kind=fixed', 'tile.adc.fixedJoules=1 pJ', 'tile.input.coding=bit-serial']).chip,
  ],
  ['fast, amplitude', varyChip(chipPreset('cmo-130nm'), ['tile.adc.conversionS=5 ns', 'tile.input.coding=amplitude']).chip],
] as const;

const formulas = costModels.flatMap(({ component, actions, area, leakage }) =>
  Object.entries({ ...actions, area, leakage }).map(([name, formula]) => ({ name: `${component}.${name}`, formula })),
);

describe.each(formulas)('$name', ({ formula }) => {
  test('depends on exactly the parameters it declares', () => {
    const found = chipPaths.filter((path) => chips.some(([, chip]) => changes(formula, chip.description, path)));
    expect(found.sort()).toEqual([...formula.uses].sort());
  });
});
