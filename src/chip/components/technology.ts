import { choice, quantity, text } from '../parameter.ts';
import { nodeRange, nominalSupplyV } from '../scaling.ts';
import { component } from './component.ts';

export const identity = component({
  path: '',
  doc: 'What the chip is called and which cell technology its arrays are made of.',
  inaccuracies: [],
  constants: {},
  parameters: {
    name: text({ doc: 'name of the chip, printed in reports', standard: 'unnamed', source: 'a label' }),
    doc: text({ doc: 'what the chip stands for, one or two sentences', standard: '', source: 'a label' }),
    device: text({
      doc: 'cell technology: a name known to `ohmic device list`',
      standard: 'cmo-hfox',
      source: 'Falcone 2025: the cell this project models first',
    }),
  },
});

export const technology = component({
  path: 'technology',
  doc: 'CMOS node of everything but the cells; energies and areas of digital blocks follow from it.',
  inaccuracies: [
    'Energy scaling uses one polynomial per node for all circuits.',
    'SRAM at 130 nm and below 22 nm is extrapolated from 22-90 nm.',
  ],
  constants: {},
  parameters: {
    'technology.nodeNm': quantity(
      'm',
      {
        doc: 'technology node',
        from: nodeRange.minimum,
        to: nodeRange.maximum,
        standard: 130,
        source: 'node of the NeuRRAM silicon (Wan 2022)',
      },
      1e-9,
    ),
    'technology.supplyV': quantity('V', {
      doc: 'digital supply',
      from: 0.4,
      to: 2,
      standard: (chip) => nominalSupplyV(chip.technology.nodeNm),
      source: 'NeuroSim V2.1 Technology.cpp, nominal supply of the node',
    }),
    'technology.temperatureK': quantity('K', {
      doc: 'junction temperature',
      from: 200,
      to: 450,
      standard: 300,
      source: 'assumed: room temperature',
    }),
    'technology.leakage': choice(['lstp', 'hp'], {
      doc: 'transistor flavour: low standby power or high performance',
      standard: 'lstp',
      source: 'assumed: analog-dominated chips use the slow, low-leakage flavour',
    }),
  },
});
