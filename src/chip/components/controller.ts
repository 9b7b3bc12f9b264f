import { leakageDensity, leakageSource, leakageUses } from '../leakage.ts';
import { areaFromNode, fromNode } from '../logic-costs.ts';
import { integer, quantity } from '../parameter.ts';
import { component } from './component.ts';

export const controller = component({
  path: 'controller',
  doc: 'Fetches, decodes and issues one instruction word per cycle to in-order queues; loops, address generators and hazards included.',
  inaccuracies: ['Queues and scoreboard cost nothing beyond decode.'],
  constants: {},
  parameters: {
    'controller.queueDepth': integer({
      doc: 'instructions a unit may hold waiting',
      from: 1,
      to: 1024,
      standard: 8,
      source: 'assumed: deeper queues change little',
    }),
    'controller.instructionBytes': integer({
      doc: 'bytes of an instruction word, fixed by the instruction set',
      from: 16,
      to: 16,
      standard: 16,
      source: 'the ohmic ISA',
    }),
    'controller.fetchJoules': quantity('J', {
      doc: 'one word from instruction memory',
      from: 0,
      to: 1e-6,
      standard: (chip) => (fromNode(chip.technology, 1.52e-12, 32) * chip.controller.instructionBytes) / 6,
      source: 'PUMA constants: 1.52 pJ per 48-bit word at 32 nm, per byte',
    }),
    'controller.decodeJoules': quantity('J', {
      doc: 'decode and issue of one word',
      from: 0,
      to: 1e-6,
      standard: (chip) => fromNode(chip.technology, 0.25e-12, 32),
      source: 'PUMA constants: control pipeline 0.25 pJ per cycle at 32 nm',
    }),
    'controller.area': quantity('m2', {
      doc: 'controller, instruction memory and DMA',
      from: 0,
      to: 1e-4,
      standard: (chip) => areaFromNode(chip.technology, 20000, 32),
      source: 'assumed: six times the 0.0031 mm2 instruction memory of a PUMA core',
    }),
  },
  cost: {
    component: 'controller',
    count: () => 1,
    actions: {
      fetch: {
        text: 'fetchJoules',
        source: 'PUMA constants',
        uses: ['controller.fetchJoules'],
        value: (chip) => chip.controller.fetchJoules,
      },
      decode: {
        text: 'decodeJoules',
        source: 'PUMA constants',
        uses: ['controller.decodeJoules'],
        value: (chip) => chip.controller.decodeJoules,
      },
    },
    area: {
      text: 'area',
      source: 'assumed: six times the 0.0031 mm2 instruction memory of a PUMA core',
      uses: ['controller.area'],
      value: (chip) => chip.controller.area,
    },
    leakage: {
      text: 'area x leakage density',
      source: leakageSource,
      uses: ['controller.area', ...leakageUses],
      value: (chip) => chip.controller.area * leakageDensity(chip.technology),
    },
    latency: {
      text: '1 / clock: one word issued',
      source: 'one word per cycle',
      uses: ['clock.frequencyHz'],
      value: (chip) => 1 / chip.clock.frequencyHz,
    },
    digital: true,
    onDie: true,
  },
});
