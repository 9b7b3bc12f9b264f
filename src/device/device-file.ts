import { z } from 'zod';
import type { Dimension } from '../units/dimensions.ts';
import { dimensions } from '../units/dimensions.ts';
import { parseQuantity } from '../units/parse-quantity.ts';

/** A value with its unit, such as `9 uS`, read into SI. */
function quantity(dimension: Dimension, least: number, most: number) {
  return z.union([z.string(), z.number()]).transform((raw, context) => {
    const value = parseQuantity(String(raw), dimension);
    if (typeof value === 'number' && value >= least && value <= most) return value;
    const expected = typeof value === 'string' ? value : `${dimensions[dimension].name} from ${least} to ${most} in base units`;
    context.addIssue({ code: 'custom', message: expected, params: { expected } });
    return z.NEVER;
  });
}

const siemens = quantity('S', 0, 1);
const volts = quantity('V', 0, 10);
const ascending = (values: readonly number[]): boolean =>
  values.every((value, index) => index === 0 || value > values[index - 1]!);
const rising = z
  .array(z.number())
  .min(2)
  .refine(ascending, { params: { expected: 'ascending numbers' } });

/** A number that depends on another: a polynomial, constant first, or a table with straight lines between its points. */
const law = z.union([
  z.strictObject({ polynomial: z.array(z.number()).min(1).max(12) }),
  z
    .strictObject({ at: rising, value: z.array(z.number()).min(2) })
    .refine(({ at, value }) => at.length === value.length, { params: { expected: 'as many values as places' } }),
]);

const stepCurve = z
  .strictObject({
    /** uS, ascending. */
    conductance: rising,
    /** Mean step of one pulse at each conductance, uS: up >= 0, down <= 0. */
    up: z.array(z.number().min(0)),
    down: z.array(z.number().max(0)),
    /** Noise of a step as a share of it, and in uS. */
    noise: z.number().min(0).default(0),
    floor: z.number().min(0).default(0),
    /** Spread of a cell's steps (logarithm). */
    spread: z.number().min(0).max(2).default(0),
    verifyNoise: z.number().min(0).max(1).default(0),
  })
  .refine(({ conductance, up, down }) => up.length === conductance.length && down.length === conductance.length, {
    params: { expected: 'as many steps up and down as conductances' },
  });

const share = z.number().min(0).max(1);

/** A user's cell. Conductances inside laws are in uS, times in s. */
export const deviceSchema = z
  .strictObject({
    name: z.string().regex(/^[a-z][a-z0-9-]*$/),
    doc: z.string().default(''),
    source: z.string().default('device file of the user'),
    window: z
      .strictObject({ min: siemens, max: siemens })
      .refine(({ min, max }) => max > min, { params: { expected: 'a maximum above the minimum' } }),
    /** White noise of a read; low-frequency noise, frozen for the time between two programmings, as uS against uS. */
    read: z.strictObject({ voltage: volts.default(0.2), noise: siemens.default(0), lowFrequency: law.optional() }).prefault({}),
    pulse: z
      .strictObject({
        seconds: quantity('s', 1e-12, 1).default(1e-6),
        verify: quantity('s', 1e-12, 1).default(1e-6),
        voltage: volts.default(1.5),
        current: quantity('A', 0, 1).default(3e-4),
        energy: quantity('J', 0, 1).optional(),
      })
      .prefault({}),
    /** Error of programming (uS against uS) and mean pulses; without error, the closed loop over `steps` decides. */
    programming: z.strictObject({ error: law.optional(), pulses: z.number().min(1).optional() }).prefault({}),
    /** Mean shift and spread (uS) against ln of seconds since programming. */
    relaxation: z.strictObject({ mean: law, spread: law }).optional(),
    steps: stepCurve.optional(),
    levels: z.int().min(2).max(65536).optional(),
    symmetryPoint: siemens.optional(),
    faults: z.strictObject({ stuckLow: share.default(0), stuckHigh: share.default(0), corrupt: share.default(0) }).optional(),
  })
  .refine(({ programming, steps }) => programming.error !== undefined || steps !== undefined, {
    params: { expected: 'programming.error, or steps that a closed loop can use' },
  });

export type DeviceFile = z.output<typeof deviceSchema>;
export type DeviceLaw = z.output<typeof law>;
