import { nearestName } from '../config/nearest-name.ts';
import { formatQuantity } from '../units/format-quantity.ts';
import { parseQuantity } from '../units/parse-quantity.ts';
import type { ParameterValue } from './chip-path.ts';
import type { ChoiceParameter, NumericParameter, Parameter } from './parameter.ts';

/** A value read from a file or option, or what was expected instead. */
export type Reading =
  | { readonly ok: true; readonly value: ParameterValue }
  | { readonly ok: false; readonly expected: string; readonly nearest?: string };

const good = (value: ParameterValue): Reading => ({ ok: true, value });
const bad = (expected: string, nearest?: string): Reading => ({
  ok: false,
  expected,
  ...(nearest === undefined ? {} : { nearest }),
});

/** Reads what stands in a file (text, number or boolean) as a value of the parameter, in its stored unit. */
export function readValue(parameter: Parameter, raw: unknown): Reading {
  switch (parameter.kind) {
    case 'text':
      return typeof raw === 'string' ? good(raw) : bad('a text');
    case 'flag':
      return readFlag(raw);
    case 'choice':
      return readChoice(parameter, raw);
    default:
      return readNumber(parameter, raw);
  }
}

function readFlag(raw: unknown): Reading {
  if (typeof raw === 'boolean') return good(raw);
  if (raw === 'true' || raw === 'false') return good(raw === 'true');
  return bad('true or false');
}

function readChoice({ choices }: ChoiceParameter, raw: unknown): Reading {
  if (typeof raw === 'string' && choices.includes(raw)) return good(raw);
  return bad(`one of ${choices.join(', ')}`, typeof raw === 'string' ? nearestName(raw, choices) : undefined);
}

function readNumber(parameter: NumericParameter, raw: unknown): Reading {
  if (parameter.kind === 'bits' && raw === 'ideal') return good(0);
  if (typeof raw !== 'string' && typeof raw !== 'number') return bad(describeRange(parameter));
  const si = parseQuantity(String(raw), parameter.dimension);
  if (typeof si === 'string') return bad(parameter.dimension === '1' ? describeRange(parameter) : si);
  // dividing by 1e-9 and the like leaves a last-digit error that would miss table entries
  const value = parameter.storedUnit === 1 ? si : Number((si / parameter.storedUnit).toPrecision(12));
  return inRange(parameter, value) ? good(value) : bad(describeRange(parameter));
}

const isWhole = ({ kind, dimension }: NumericParameter): boolean => kind === 'integer' || kind === 'bits' || dimension === 'B';

const inRange = (parameter: NumericParameter, value: number): boolean =>
  Number.isFinite(value) &&
  value >= parameter.minimum &&
  value <= parameter.maximum &&
  (!isWhole(parameter) || Number.isInteger(value)) &&
  (parameter.kind !== 'bits' || value !== 1);

/** What a parameter takes, completing "expected …". */
export function describeRange(parameter: Parameter): string {
  if (parameter.kind === 'text') return 'a text';
  if (parameter.kind === 'flag') return 'true or false';
  if (parameter.kind === 'choice') return `one of ${parameter.choices.join(', ')}`;
  if (parameter.kind === 'bits') return 'ideal or a whole number of bits from 2 to 16';
  const noun = isWhole(parameter) ? (parameter.dimension === 'B' ? 'whole bytes' : 'a whole number') : 'a value';
  return `${noun} from ${describeValueOf(parameter, parameter.minimum)} to ${describeValueOf(parameter, parameter.maximum)}`;
}

/** A stored value as a file would give it: `2 ns`, `ideal`, `differential-pair`. */
export function describeValueOf(parameter: Parameter, value: ParameterValue): string {
  if (typeof value !== 'number' || !('dimension' in parameter)) return String(value);
  if (parameter.kind === 'bits') return value === 0 ? 'ideal' : String(value);
  if (parameter.dimension === '1') return String(value);
  return formatQuantity(value * parameter.storedUnit, parameter.dimension);
}
