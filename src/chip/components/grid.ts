import { mappingSchemes } from '../description.ts';
import { choice, integer } from '../parameter.ts';
import { component } from './component.ts';

export const grid = component({
  path: 'grid',
  doc: 'Tiles of the chip as a rectangle, as the network lays them out.',
  inaccuracies: [],
  constants: {},
  parameters: {
    'grid.rows': integer({
      doc: 'tiles from north to south',
      from: 1,
      to: 256,
      standard: 8,
      source: 'assumed: 64 tiles as in the 64-core chip of Le Gallo 2023',
    }),
    'grid.columns': integer({
      doc: 'tiles from west to east',
      from: 1,
      to: 256,
      standard: 8,
      source: 'assumed: 64 tiles as in the 64-core chip of Le Gallo 2023',
    }),
  },
});

export const mapping = component({
  path: 'mapping',
  doc: 'How a signed weight becomes conductances; a program may choose otherwise for each matrix.',
  inaccuracies: [],
  constants: {},
  parameters: {
    'mapping.scheme': choice(mappingSchemes, {
      doc: 'signed weight to conductances; literal-pair takes weight 1 for the largest conductance, unscaled, without offset',
      standard: 'differential-pair',
      source: 'Wan 2022: two cells per weight',
    }),
    'mapping.slices': integer({
      doc: 'weight slices, each on its own cells',
      from: 1,
      to: 8,
      standard: 1,
      source: 'one analog cell per weight (Falcone 2025)',
    }),
    'mapping.sliceBits': integer({
      doc: 'bits per slice; 0 with one slice keeps the weight analog',
      from: 0,
      to: 8,
      standard: 0,
      source: 'one analog cell per weight (Falcone 2025)',
    }),
  },
});
