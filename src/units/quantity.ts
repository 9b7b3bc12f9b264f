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
