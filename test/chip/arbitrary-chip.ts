import fc from 'fast-check';
import type { Chip } from '../../src/chip/chip-source.ts';
import { chipPaths, parameterAt } from '../../src/chip/components/components.ts';
import { describeValueOf } from '../../src/chip/parameter-value.ts';
import { chipPreset } from '../../src/chip/presets.ts';
import { varyChip } from '../../src/chip/vary.ts';
import { InputError } from '../../src/config/issue.ts';

/** A value anywhere in the range of a parameter, by exponent where the range spans decades. */
function arbitraryText(path: (typeof chipPaths)[number]): fc.Arbitrary<string> {
  const parameter = parameterAt(path);
  switch (parameter.kind) {
    case 'text':
      return fc.constant(path === 'device' ? 'ideal' : 'any');
    case 'flag':
      return fc.boolean().map(String);
    case 'choice':
      return fc.constantFrom(...parameter.choices);
    case 'bits':
      return fc.constantFrom('ideal', '2', '6', '8', '12', '16');
    default: {
      const { minimum, maximum, kind, dimension } = parameter;
      const low = Math.max(minimum, maximum * 1e-12, 1e-18);
      return fc.double({ min: 0, max: 1, noNaN: true }).map((share) => {
        const value = low * (maximum / low) ** share;
        return describeValueOf(parameter, kind === 'integer' || dimension === 'B' ? Math.max(minimum, Math.floor(value)) : value);
      });
    }
  }
}

const presets = new Map(['cmo-130nm', 'cmo-14nm', 'ideal'].map((name) => [name, chipPreset(name)]));

const setting = fc.constantFrom(...chipPaths).chain((path) => arbitraryText(path).map((text) => `${path}=${text}`));

/** Presets with up to five settings anywhere in their range; combinations that break a rule fall back to the preset. */
export const arbitraryChip: fc.Arbitrary<Chip> = fc
  .tuple(fc.constantFrom(...presets.keys()), fc.array(setting, { maxLength: 5 }))
  .map(([name, settings]) => {
    return settings.reduce((chip, text) => {
      try {
        return varyChip(chip, [text]).chip;
      } catch (error) {
        if (error instanceof InputError) return chip;
        throw error;
      }
    }, presets.get(name)!);
  });
