import type { Joules, Quantity, Seconds, Watts } from './quantity.ts';

/** Sum of two quantities of one dimension. */
export const add = <D extends string>(left: Quantity<D>, right: Quantity<NoInfer<D>>): Quantity<D> =>
  (left + right) as Quantity<D>;

/** Difference of two quantities of one dimension. */
export const subtract = <D extends string>(left: Quantity<D>, right: Quantity<NoInfer<D>>): Quantity<D> =>
  (left - right) as Quantity<D>;

/** A quantity times a plain number. */
export const scale = <D extends string>(quantity: Quantity<D>, factor: number): Quantity<D> => (quantity * factor) as Quantity<D>;

/** How many times `right` fits into `left`; a plain number. */
export const ratio = <D extends string>(left: Quantity<D>, right: Quantity<NoInfer<D>>): number => left / right;

/** Energy of a constant power over a duration, E = P t. */
export const energyOver = (power: Watts, duration: Seconds): Joules => (power * duration) as Joules;

/** Mean power of an energy spent over a duration, P = E / t. */
export const powerOver = (energy: Joules, duration: Seconds): Watts => (energy / duration) as Watts;
