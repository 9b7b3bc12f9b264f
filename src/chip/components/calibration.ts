import { plainNumber } from '../parameter.ts';
import { component } from './component.ts';

const factor = (what: string) =>
  plainNumber({ doc: `multiplies the modelled energy of ${what}`, from: 0.001, to: 1000, standard: 1, source: 'no calibration' });

export const calibration = component({
  path: 'calibration',
  doc: 'Factors on the energy of each block, for chips of which a measured breakdown is known. Converters have theirs in tile.adc.',
  inaccuracies: ['One factor for all actions of a block.'],
  constants: {},
  parameters: {
    'calibration.crossbar': factor('cells and word lines'),
    'calibration.input-driver': factor('row drivers'),
    'calibration.sample-hold': factor('integrators and sample-and-hold'),
    'calibration.tile-digital': factor('shift-and-add and output registers'),
    'calibration.tile-buffer': factor('tile buffers'),
    'calibration.accumulator': factor('the adders of partial sums'),
    'calibration.scratchpad': factor('the scratchpad'),
    'calibration.vector-unit': factor('vector units'),
    'calibration.noc': factor('the network'),
    'calibration.dram': factor('memory transfers'),
    'calibration.controller': factor('the controller'),
  },
});
