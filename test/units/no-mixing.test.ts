import { expectTypeOf, test } from 'vitest';
import { type Joules, joules, type Seconds, seconds, type Watts, watts } from '../../src/units/quantity.ts';

test('units cannot be mixed: the compiler refuses one for another, and a bare number for either', () => {
  expectTypeOf<Joules>().not.toEqualTypeOf<Watts>();
  expectTypeOf(joules(1)).not.toExtend<Seconds>();
  expectTypeOf<number>().not.toExtend<Joules>();
  expectTypeOf(watts(1)).toExtend<Watts>();
  // @ts-expect-error power is not energy
  const energy: Joules = watts(1);
  // @ts-expect-error a bare number has no unit
  const time: Seconds = 1;
  void [energy, time, seconds(1)];
});
