import { expect, test } from 'vitest';
import { adcKinds } from '../../src/chip/adc/adc-models.ts';
import { readPath } from '../../src/chip/chip-path.ts';
import { chipPaths, parameterAt } from '../../src/chip/components/components.ts';
import { chipJsonSchema } from '../../src/chip/json-schema.ts';
import { describeValueOf } from '../../src/chip/parameter-value.ts';
import { chipPreset } from '../../src/chip/presets.ts';

type Node = {
  properties: Record<string, Node>;
  anyOf: Node[];
  description: string;
  pattern?: string;
  enum?: string[];
  type?: string;
  minimum?: number;
  maximum?: number;
};
const schema = chipJsonSchema() as unknown as Node & { $id: string };
const at = (path: string): Node => path.split('.').reduce((node, key) => node.properties[key]!, schema as Node);

test('has an id, closed objects and a description for every parameter', () => {
  expect(schema).toMatchObject({ $id: 'urn:ohmic:schema:chip:1', type: 'object', additionalProperties: false });
  for (const path of chipPaths) expect(at(path).description, path).toContain(parameterAt(path).doc);
  expect(at('tile.adc').description).toContain('converters');
});

test('quantities of a preset match their pattern, bare numbers do not', () => {
  const { description } = chipPreset('cmo-130nm');
  for (const path of chipPaths) {
    const pattern = at(path).anyOf[0]!.pattern;
    if (pattern === undefined) continue;
    expect(describeValueOf(parameterAt(path), readPath(description, path)), path).toMatch(new RegExp(pattern));
    expect('3', path).not.toMatch(new RegExp(pattern));
  }
});

test('choices, ranges and ideal bits are told', () => {
  expect(at('tile.adc.kind').anyOf[0]).toEqual({ enum: adcKinds });
  expect(at('tile.rows').anyOf[0]).toEqual({ type: 'integer', minimum: 1, maximum: 4096 });
  expect(JSON.stringify(at('tile.adc.bits'))).toContain('"ideal"');
  expect(at('extends').enum).toContain('cmo-14nm');
});
