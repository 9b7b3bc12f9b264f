import { quantity } from '../parameter.ts';
import { component } from './component.ts';

export const host = component({
  path: 'host',
  doc: 'The machine the chip is plugged into. Its link burns power whether used or not; reports show it outside the chip total.',
  inaccuracies: ['Traffic over the link costs nothing of its own: data comes from the DRAM.'],
  constants: {},
  parameters: {
    'host.idleW': quantity('W', {
      doc: 'power of the link to the host while nothing moves',
      from: 0,
      to: 1000,
      standard: 0.1,
      source: 'assumed: an idle PCIe 3 x4 link',
    }),
  },
});
