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

/** Changes a copy of the chip value by value and puts each back: one copy for all. */
function changes(formula: Formula, chip: ChipDescription, path: ChipPath): boolean {
  const before = formula.value(chip);
  const now = readPath(chip, path);
  const moves = others(path, chip).some((value) => {
    writePath(chip, path, value);
    return formula.value(chip) !== before;
  });
  writePath(chip, path, now);
  return moves;
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

const variants = [
  ['charge-decrement, unary', chipPreset('neurram')],
  ['charge-decrement, split at the edge', varyChip(chipPreset('neurram'), ['tile.input.bits=8', 'tile.adc.bits=10']).chip],
  ['SRAM tiles', chipPreset('digital-14nm')],
  ['SRAM tiles with columns to spare', varyChip(chipPreset('digital-14nm'), ['tile.columns=255']).chip],
  ['charge-decrement with bias', varyChip(chipPreset('neurram'), ['overhead.analogLeakage=0.1']).chip],
  ['train generators of their own', varyChip(chipPreset('cmo-130nm'), ['tile.train.generator=per-line']).chip],
  ['flash', varyChip(chipPreset('cmo-130nm'), ['tile.adc.kind=flash']).chip],
  ['survey', varyChip(chipPreset('cmo-130nm'), ['tile.adc.kind=survey']).chip],
  ['concentrated mesh', varyChip(chipPreset('cmo-130nm'), ['noc.topology=cmesh']).chip],
  ['converters wider than their columns', varyChip(chipPreset('cmo-130nm'), ['tile.adc.leastWidthM=100 um']).chip],
  ['slow word lines', varyChip(chipPreset('cmo-130nm'), ['tile.array.driverOhm=1 Mohm']).chip],
  ['voltage sensing', varyChip(chipPreset('cmo-130nm'), ['tile.array.columnSwingV=0.2 V']).chip],
  ['bus', varyChip(chipPreset('cmo-130nm'), ['noc.topology=bus']).chip],
  ['embedded DRAM', varyChip(chipPreset('cmo-130nm'), ['scratchpad.kind=edram', 'tile.buffer.kind=edram']).chip],
] as const;

const copies = [...chips, ...variants].map(([, chip]) => structuredClone(chip.description));

const formulas = costModels.flatMap(({ component, actions, area, leakage, latency, settling }) =>
  Object.entries({
    ...actions,
    area,
    leakage,
    ...(latency === undefined ? {} : { latency }),
    ...(settling === undefined ? {} : { settling }),
  }).map(([name, formula]) => ({
    name: `${component}.${name}`,
    formula,
  })),
);

describe.each(formulas)('$name', ({ formula }) => {
  test('depends on exactly the parameters it declares', () => {
    const found = chipPaths.filter((path) => copies.some((chip) => changes(formula, chip, path)));
    expect(found.sort()).toEqual([...formula.uses].sort());
  });
});
