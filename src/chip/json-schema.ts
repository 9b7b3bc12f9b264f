import { dimensions } from '../units/dimensions.ts';
import { components } from './components/components.ts';
import type { NumericParameter, Parameter } from './parameter.ts';
import { describeRange } from './parameter-value.ts';
import { presetNames } from './preset-texts.ts';
import { isParameter, type ParameterTree, parameterTree } from './schema.ts';

type Json = Readonly<Record<string, unknown>>;

export const chipSchemaId = 'urn:ohmic:schema:chip:1';

/** JSON Schema (2020-12) of chip files for editors; same parameters, ranges and words as the validation of `loadChip`. */
export const chipJsonSchema = (): Json => ({
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  $id: chipSchemaId,
  title: 'ohmic chip',
  ...objectSchema(parameterTree, '', {
    extends: { enum: presetNames, description: 'preset to start from; values left out are then those of the preset' },
  }),
});

function objectSchema(tree: ParameterTree, path: string, more: Json = {}): Json {
  const doc = components.find((component) => component.path === path)?.doc;
  const properties = Object.entries(tree).map(([key, node]) => {
    const here = path === '' ? key : `${path}.${key}`;
    return [key, isParameter(node) ? leafSchema(node) : objectSchema(node, here)];
  });
  return {
    type: 'object',
    ...(doc === undefined ? {} : { description: doc }),
    properties: { ...more, ...Object.fromEntries(properties) },
    additionalProperties: false,
  };
}

/** A bare value, or the value with its source. */
function leafSchema(parameter: Parameter): Json {
  const value = valueSchema(parameter);
  const annotated = {
    type: 'object',
    properties: { value, source: { type: 'string', description: "where the value comes from; say 'assumed' when nowhere" } },
    required: ['value', 'source'],
    additionalProperties: false,
  };
  return { description: `${parameter.doc}; ${describeRange(parameter)}`, anyOf: [value, annotated] };
}

function valueSchema(parameter: Parameter): Json {
  switch (parameter.kind) {
    case 'text':
      return { type: 'string' };
    case 'flag':
      return { type: 'boolean' };
    case 'choice':
      return { enum: parameter.choices };
    case 'bits':
      return { anyOf: [{ const: 'ideal' }, { enum: [0] }, { type: 'integer', minimum: 2, maximum: parameter.maximum }] };
    default:
      return numberSchema(parameter);
  }
}

function numberSchema({ kind, dimension, minimum, maximum }: NumericParameter): Json {
  if (dimension === '1') return { type: kind === 'integer' ? 'integer' : 'number', minimum, maximum };
  const { symbols, plain, example } = dimensions[dimension];
  const units = [...symbols, ...Object.keys(plain ?? {})].map((unit) => unit.replaceAll(/[\^/]/g, '\\$&'));
  return { type: 'string', pattern: `^[+-]?[0-9._eE+-]+\\s*\\S{0,2}(${units.join('|')})$`, examples: [example] };
}
