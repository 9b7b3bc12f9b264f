/** Branded SI quantities: always base units (s, J, m^2 ...), no cost at run time. Built only by the functions below. */
declare const dimension: unique symbol;
export type Quantity<D extends string> = number & { readonly [dimension]: D };

export type Seconds = Quantity<'s'>;
export type Joules = Quantity<'J'>;
export type Watts = Quantity<'W'>;
export type SquareMetres = Quantity<'m2'>;
export type Metres = Quantity<'m'>;
export type Volts = Quantity<'V'>;
export type Amperes = Quantity<'A'>;
export type Siemens = Quantity<'S'>;
export type Ohms = Quantity<'ohm'>;
export type Hertz = Quantity<'Hz'>;
export type Farads = Quantity<'F'>;
export type Bytes = Quantity<'B'>;
export type Picoseconds = Quantity<'ps'>;

const finite =
  <D extends string>(name: string) =>
  (value: number): Quantity<D> => {
    if (!Number.isFinite(value)) throw new RangeError(`${name} is ${value}; want a finite number`);
    return value as Quantity<D>;
  };

const whole =
  <D extends string>(name: string) =>
  (value: number): Quantity<D> => {
    if (!Number.isSafeInteger(value) || value < 0) throw new RangeError(`${name} is ${value}; want a whole number >= 0`);
    return value as Quantity<D>;
  };

/** Each takes a number in the base unit and refuses NaN and infinities with a RangeError. */
export const seconds = finite<'s'>('duration');
export const joules = finite<'J'>('energy');
export const watts = finite<'W'>('power');
export const squareMetres = finite<'m2'>('area');
export const metres = finite<'m'>('length');
export const volts = finite<'V'>('voltage');
export const amperes = finite<'A'>('current');
export const siemens = finite<'S'>('conductance');
export const ohms = finite<'ohm'>('resistance');
export const hertz = finite<'Hz'>('frequency');
export const farads = finite<'F'>('capacitance');

/** Whole, non-negative counts; simulated time is an integer number of picoseconds. */
export const bytes = whole<'B'>('size');
export const picoseconds = whole<'ps'>('delay');
