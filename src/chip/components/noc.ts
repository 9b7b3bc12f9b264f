import type { ChipDescription } from '../description.ts';
import { leakageDensity, leakageSource, leakageUses } from '../leakage.ts';
import { fromNode, registerArea } from '../logic-costs.ts';
import { choice, integer, quantity } from '../parameter.ts';
import { tileArea } from '../tile-area.ts';
import { component, tileCount } from './component.ts';

const routerBitJoules32 = 0.126e-12;
const ports = 5;
const depth = 4;
const crosspoint = 0.25;
/** Switching activity one half of CV^2 on 0.2 fF/um. */
const linkFaradPerMetre = 0.2e-9;

/** Routers per tile, and passed per tile-to-tile hop: one, one for several tiles, or none where a tree of repeaters does. */
const routerShare = ({ noc: n }: ChipDescription): number =>
  n.topology === 'mesh' ? 1 : n.topology === 'cmesh' ? 1 / n.concentration : 0;

const flitJoules = (chip: ChipDescription): number => flitEnergy(chip, routerShare(chip));
const flitEnergy = ({ technology, noc: n }: ChipDescription, share: number): number =>
  n.flitBits *
  (share * fromNode(technology, routerBitJoules32, 32) + 0.5 * linkFaradPerMetre * n.hopMm * 1e-3 * technology.supplyV ** 2);
const routerArea = (chip: ChipDescription): number => routerShare(chip) * fullRouterArea(chip);
const fullRouterArea = ({ technology, noc: n }: ChipDescription): number =>
  registerArea(technology) * n.flitBits * (ports * depth + ports * ports * crosspoint);

export const noc = component({
  path: 'noc',
  doc: 'Mesh network: one five-port router per tile, dimension-ordered, with the scratchpad at its west side.',
  inaccuracies: [
    'Topologies other than the mesh change energy and area only: time is that of a mesh with a hub at the end of every row.',
    'Router energy does not depend on load.',
    'Router area counts input buffers and crossbar only; PUMA lists 0.047 mm2 for a 32-bit router at 32 nm with deeper buffers.',
  ],
  constants: {
    routerBitJoules32: {
      value: routerBitJoules32,
      unit: 'J',
      source: 'PUMA constants: 16.13 mW, four ports of 32 bit at 1 GHz, 32 nm',
      doc: 'one bit through one router at 32 nm',
    },
    linkFaradPerMetre: { value: linkFaradPerMetre, unit: 'F/m', source: 'NeuroSim V2.1 Bus', doc: 'capacitance of a link wire' },
    bufferDepth: { value: depth, unit: 'flit', source: 'assumed: covers the router pipeline', doc: 'input buffer of a port' },
    crosspoint: {
      value: crosspoint,
      unit: '',
      source: 'assumed: a quarter of a register bit',
      doc: 'area of one crossbar point and bit over that of a register bit',
    },
  },
  parameters: {
    'noc.flitBits': integer({
      doc: 'width of a link',
      from: 8,
      to: 4096,
      standard: 128,
      source: 'assumed: sixteen 8-bit inputs per cycle',
    }),
    'noc.routerCycles': integer({
      doc: 'cycles through a router',
      from: 1,
      to: 100,
      standard: 4,
      source: 'assumed: 3-4 cycle routers are common',
    }),
    'noc.linkCycles': integer({
      doc: 'cycles along a link',
      from: 0,
      to: 100,
      standard: 1,
      source: 'assumed: a millimetre in one cycle',
    }),
    'noc.hopMm': quantity(
      'm',
      {
        doc: 'length of a link',
        from: 0.001,
        to: 100,
        standard: (chip) => Math.sqrt(tileArea(chip)) * 1e3,
        source: 'computed: side of a square tile',
      },
      1e-3,
    ),
    'noc.topology': choice(['mesh', 'cmesh', 'h-tree'], {
      doc: 'routers: one per tile, one for `concentration` tiles, or a tree of repeaters without any',
      standard: 'mesh',
      source: 'assumed: the plainest network',
    }),
    'noc.concentration': integer({
      doc: 'tiles that share one router, cmesh only',
      from: 1,
      to: 1024,
      standard: 4,
      source: 'ISAAC: four tiles share a router (Shafiee 2016)',
    }),
  },
  cost: {
    component: 'noc',
    count: tileCount,
    actions: {
      'flit-hop': {
        text: 'flitBits x (routers per tile x 0.126 pJ at 32 nm, scaled + 0.5 x 0.2 fF/um x hopMm x supplyV^2)',
        source: 'PUMA constants (router), NeuroSim V2.1 (wire)',
        uses: ['noc.topology', 'noc.concentration', 'noc.flitBits', 'noc.hopMm', 'technology.nodeNm', 'technology.supplyV'],
        value: flitJoules,
      },
    },
    area: {
      text: 'routers per tile x flitBits x register x (5 ports x 4 flits + 25 crosspoints / 4)',
      source: 'registers Aladdin 40 nm; depth and crosspoint assumed',
      uses: ['noc.topology', 'noc.concentration', 'noc.flitBits', 'technology.nodeNm'],
      value: routerArea,
    },
    leakage: {
      text: 'area x leakage density',
      source: leakageSource,
      uses: ['noc.topology', 'noc.concentration', 'noc.flitBits', ...leakageUses],
      value: (chip) => routerArea(chip) * leakageDensity(chip.technology),
    },
    latency: {
      text: '(routerCycles + linkCycles) / clock, one hop',
      source: 'noc.routerCycles, noc.linkCycles',
      uses: ['noc.routerCycles', 'noc.linkCycles', 'clock.frequencyHz'],
      value: (chip) => (chip.noc.routerCycles + chip.noc.linkCycles) / chip.clock.frequencyHz,
    },
    digital: true,
    onDie: true,
  },
});
