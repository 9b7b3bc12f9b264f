import type { ChipDescription } from '../description.ts';
import { choice, integer, quantity } from '../parameter.ts';
import { component, zeroFormula } from './component.ts';

const kinds = {
  lpddr: { bytesPerSecond: 1.6e9, joulesPerBit: 40e-12 },
  lpddr4: { bytesPerSecond: 12.8e9, joulesPerBit: 8e-12 },
  gddr5: { bytesPerSecond: 32e9, joulesPerBit: 14e-12 },
  hbm2: { bytesPerSecond: 256e9, joulesPerBit: 3.9e-12 },
  hbm3: { bytesPerSecond: 819e9, joulesPerBit: 4.05e-12 },
} as const;
const kindOf = (chip: ChipDescription) => kinds[chip.dram.kind];

export const dma = component({
  path: 'dma',
  doc: 'Movers between DRAM and scratchpad.',
  inaccuracies: ['Their own energy and area are part of the controller.'],
  constants: {},
  parameters: {
    'dma.channels': integer({ doc: 'independent channels', from: 1, to: 64, standard: 2, source: 'assumed: one in, one out' }),
    'dma.setupCycles': integer({
      doc: 'cycles from issue to the first request',
      from: 0,
      to: 10000,
      standard: 16,
      source: 'assumed: descriptor decode',
    }),
  },
});

export const dram = component({
  path: 'dram',
  doc: 'External memory behind one interface: bandwidth, latency, energy per byte.',
  inaccuracies: ['No banks, rows or refresh.', 'Idle power of memory and interface is reported outside the chip total.'],
  constants: {},
  parameters: {
    'dram.kind': choice(Object.keys(kinds), {
      doc: 'standard; sets the standard values below',
      standard: 'lpddr4',
      source: 'assumed: an edge device',
    }),
    'dram.bytesPerSecond': quantity('B/s', {
      doc: 'peak bandwidth',
      from: 1e6,
      to: 1e13,
      standard: (chip) => kindOf(chip).bytesPerSecond,
      source: 'JEDEC: LPDDR-400 x32 1.6 GB/s, LPDDR4-3200 x32 12.8, GDDR5 8 Gb/s x32 32, HBM2 stack 256, HBM3 stack 819',
    }),
    'dram.latencyS': quantity('s', {
      doc: 'from request to first byte',
      from: 0,
      to: 1e-3,
      standard: 80e-9,
      source: 'assumed: middle of the 50-100 ns of LPDDR4',
    }),
    'dram.joulesPerBit': quantity('J', {
      doc: 'energy per bit moved',
      from: 0,
      to: 1e-6,
      standard: (chip) => kindOf(chip).joulesPerBit,
      source: 'NeuroSim V2.1 Param.cpp: LPDDR 40 pJ, LPDDR4 8, GDDR5 14, HBM2 3.9; HBM3 4.05',
    }),
    'dram.phyArea': quantity('m2', {
      doc: 'area of the interface on the die',
      from: 0,
      to: 1e-3,
      standard: 5e-6,
      source: 'assumed: a 32-bit interface with pads',
    }),
    'dram.idleW': quantity('W', {
      doc: 'power of memory and interface while nothing moves; outside the chip total',
      from: 0,
      to: 1000,
      standard: 20e-3,
      source: 'assumed: self-refresh and standby of one mobile memory',
    }),
  },
  cost: {
    component: 'dram',
    count: () => 1,
    actions: {
      byte: {
        text: '8 x joulesPerBit',
        source: 'NeuroSim V2.1 Param.cpp',
        uses: ['dram.joulesPerBit'],
        value: (chip) => 8 * chip.dram.joulesPerBit,
      },
    },
    area: {
      text: 'phyArea',
      source: 'assumed: a 32-bit interface with pads',
      uses: ['dram.phyArea'],
      value: (chip) => chip.dram.phyArea,
    },
    leakage: zeroFormula('background power of the memory is not modelled'),
    latency: {
      text: 'latencyS, to the first byte',
      source: 'dram.latencyS',
      uses: ['dram.latencyS'],
      value: (chip) => chip.dram.latencyS,
    },
    digital: false,
    onDie: false,
  },
});
