import type { ChipDescription } from '../description.ts';
import { leakageDensity, leakageSource, leakageUses } from '../leakage.ts';
import { areaFromNode, floatingPoint, from45, fromNode, horowitzSource, registerJoules } from '../logic-costs.ts';
import { choice, integer } from '../parameter.ts';
import { component, type Formula } from './component.ts';

const tableJoules32 = 0.26e-12;
const tableArea32 = 300;

const operation = (text: string, value: Formula['value'], source: string = horowitzSource): Formula => ({
  text,
  source,
  uses: ['vector.format', 'technology.nodeNm', 'technology.supplyV'],
  value,
});

const scaled = (name: 'add' | 'multiply') => (chip: ChipDescription) =>
  from45(chip.technology, floatingPoint[chip.vector.format][name]);
const unitArea = ({ technology, vector }: ChipDescription): number => {
  const { addArea, multiplyArea } = floatingPoint[vector.format];
  return vector.lanes * (areaFromNode(technology, addArea + multiplyArea, 45) + areaFromNode(technology, tableArea32, 32));
};

export const vector = component({
  path: 'vector',
  doc: 'Vector units beside the scratchpad: lanes with adder, multiplier and function table for activations, pooling, loss and reductions.',
  inaccuracies: ['bf16 is charged as IEEE half precision.', 'Sequencing of a unit is part of the controller.'],
  constants: {
    tableJoules32: {
      value: tableJoules32,
      unit: 'J',
      source: 'PUMA constants: sigmoid/tanh table, 0.26 mW at 1 GHz, 32 nm',
      doc: 'one table lookup at 32 nm',
    },
    tableArea32: {
      value: tableArea32 * 1e-12,
      unit: 'm2',
      source: 'PUMA constants: sigmoid/tanh table, 32 nm',
      doc: 'function table of one lane at 32 nm',
    },
  },
  parameters: {
    'vector.units': integer({
      doc: 'independent vector units',
      from: 1,
      to: 64,
      standard: 2,
      source: 'assumed: one for the forward stream, one beside it',
    }),
    'vector.lanes': integer({
      doc: 'elements per cycle of one unit',
      from: 1,
      to: 1024,
      standard: 16,
      source: 'assumed: one 256-bit word of bf16',
    }),
    'vector.format': choice(['f32', 'bf16'], {
      doc: 'number format of the lanes',
      standard: 'bf16',
      source: 'assumed: common in training accelerators',
    }),
    'vector.startCycles': integer({
      doc: 'cycles before the first element',
      from: 0,
      to: 1000,
      standard: 4,
      source: 'assumed: pipeline depth',
    }),
    'vector.tableCycles': integer({
      doc: 'cycles per element and lane of a table function',
      from: 1,
      to: 1000,
      standard: 2,
      source: 'assumed: lookup and interpolation',
    }),
    'vector.divideCycles': integer({
      doc: 'cycles per element and lane of a division',
      from: 1,
      to: 1000,
      standard: 8,
      source: 'assumed: iterative divider',
    }),
  },
  cost: {
    component: 'vector-unit',
    count: (chip) => chip.vector.units,
    actions: {
      add: operation('kE x (bf16 0.4 pJ, f32 0.9 pJ)', scaled('add')),
      multiply: operation('kE x (bf16 1.1 pJ, f32 3.7 pJ)', scaled('multiply')),
      mac: operation('add + multiply', (chip) => scaled('add')(chip) + scaled('multiply')(chip)),
      table: {
        text: '0.26 pJ at 32 nm, scaled',
        source: 'PUMA constants, scaled by Stillmaker & Baas 2017',
        uses: ['technology.nodeNm', 'technology.supplyV'],
        value: (chip) => fromNode(chip.technology, tableJoules32, 32),
      },
      move: operation(
        '2 x bits x register',
        (chip) => 2 * floatingPoint[chip.vector.format].bits * registerJoules(chip.technology),
        'Aladdin 40 nm registers, read and write',
      ),
    },
    area: {
      text: 'lanes x (adder + multiplier + table) kA',
      source: 'Horowitz 2014 era synthesis at 45 nm (assumed: recalled areas); PUMA table',
      uses: ['vector.lanes', 'vector.format', 'technology.nodeNm'],
      value: unitArea,
    },
    leakage: {
      text: 'area x leakage density',
      source: leakageSource,
      uses: ['vector.lanes', 'vector.format', ...leakageUses],
      value: (chip) => unitArea(chip) * leakageDensity(chip.technology),
    },
    latency: {
      text: '(startCycles + 1) / clock: the first elements of an addition',
      source: 'vector.startCycles',
      uses: ['vector.startCycles', 'clock.frequencyHz'],
      value: (chip) => (chip.vector.startCycles + 1) / chip.clock.frequencyHz,
    },
    digital: true,
    onDie: true,
  },
});
