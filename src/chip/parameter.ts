import type { Dimension } from '../units/dimensions.ts';
import type { ParameterValue } from './chip-path.ts';
import type { ChipDescription } from './description.ts';

interface Declared<Value extends ParameterValue> {
  /** What it is, one sentence without a final stop. */
  readonly doc: string;
  /** Value when a file does not give one; may use parameters declared before it. */
  readonly standard: (chip: ChipDescription) => Value;
  /** Where the standard value comes from; says `assumed` when nowhere better. */
  readonly source: string;
}

/** bits: converter resolution, 0 written `ideal`. fraction and number: no unit. */
export interface NumericParameter extends Declared<number> {
  readonly kind: 'quantity' | 'number' | 'integer' | 'bits';
  readonly dimension: Dimension;
  /** The stored unit in SI units: 1e-9 for a field that keeps nanometres. */
  readonly storedUnit: number;
  /** Smallest and largest value allowed, as stored. */
  readonly minimum: number;
  readonly maximum: number;
}
export interface ChoiceParameter extends Declared<string> {
  readonly kind: 'choice';
  readonly choices: readonly string[];
}
export interface FlagParameter extends Declared<boolean> {
  readonly kind: 'flag';
}
export interface TextParameter extends Declared<string> {
  readonly kind: 'text';
}
/** One value of a chip description, declared by the component that owns it. */
export type Parameter = NumericParameter | ChoiceParameter | FlagParameter | TextParameter;

interface Options<Value> {
  readonly doc: string;
  readonly standard: Value | ((chip: ChipDescription) => Value);
  readonly source: string;
}
interface NumericOptions extends Options<number> {
  readonly from: number;
  readonly to: number;
}

const asFunction = <Value extends ParameterValue>(standard: Options<Value>['standard']): ((chip: ChipDescription) => Value) =>
  typeof standard === 'function' ? standard : () => standard;

const numeric = (
  kind: NumericParameter['kind'],
  dimension: Dimension,
  { from, to, doc, standard, source }: NumericOptions,
  storedUnit = 1,
): NumericParameter => ({ kind, dimension, storedUnit, minimum: from, maximum: to, doc, standard: asFunction(standard), source });

/** A number with a unit; range and standard in the stored unit (SI unless `storedUnit` says otherwise). */
export const quantity = (dimension: Dimension, options: NumericOptions, storedUnit = 1): NumericParameter =>
  numeric('quantity', dimension, options, storedUnit);
export const plainNumber = (options: NumericOptions): NumericParameter => numeric('number', '1', options);
export const integer = (options: NumericOptions): NumericParameter => numeric('integer', '1', options);
/** A share of a whole, 0..1. */
export const fraction = (options: Options<number>): NumericParameter => numeric('number', '1', { from: 0, to: 1, ...options });
/** Converter resolution, sign included: 2 to 16, or 0 = ideal. */
export const bits = (options: Options<number>): NumericParameter => numeric('bits', '1', { from: 0, to: 16, ...options });

export const choice = (choices: readonly string[], { doc, standard, source }: Options<string>): ChoiceParameter => ({
  kind: 'choice',
  choices,
  doc,
  standard: asFunction(standard),
  source,
});
export const flag = ({ doc, standard, source }: Options<boolean>): FlagParameter => ({
  kind: 'flag',
  doc,
  standard: asFunction(standard),
  source,
});
export const text = ({ doc, standard, source }: Options<string>): TextParameter => ({
  kind: 'text',
  doc,
  standard: asFunction(standard),
  source,
});
