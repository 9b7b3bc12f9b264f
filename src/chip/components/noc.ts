import type { ChipDescription } from '../description.ts';
import { leakageDensity, leakageSource, leakageUses } from '../leakage.ts';
import { fromNode, registerArea } from '../logic-costs.ts';
import { blockSide, nocTopologies } from '../noc-geometry.ts';
import { choice, integer, quantity } from '../parameter.ts';
import { tileArea } from '../tile-area.ts';
import { component, tileCount } from './component.ts';

const routerBitJoules32 = 0.126e-12;
const ports = 5;
const depth = 4;
const crosspoint = 0.25;
/** Switching activity one half of CV^2 on 0.2 fF/um. */
const linkFaradPerMetre = 0.2e-9;

/** Routers per tile: one, one for a block of tiles, or none where repeaters do. */
const routerShares: Readonly<Record<ChipDescription['noc']['topology'], (noc: ChipDescription['noc']) => number>> = {
  mesh: () => 1,
  torus: () => 1,
  cmesh: ({ concentration }) => 1 / concentration,
  'h-tree': () => 0,
  bus: () => 0,
};
const routerShare = ({ noc: n }: ChipDescription): number => routerShares[n.topology](n);

const hopJoules = ({ technology, noc: n }: ChipDescription): number =>
  n.flitBits * (fromNode(technology, routerBitJoules32, 32) + 0.5 * linkFaradPerMetre * n.hopMm * 1e-3 * technology.supplyV ** 2);
const wireJoules = ({ technology, noc: n }: ChipDescription): number =>
  n.flitBits * 0.5 * linkFaradPerMetre * ((n.hopMm * 1e-3) / 2) * technology.supplyV ** 2;

/** Cycles of the head from one place of the network to the next. */
function hopCycles({ noc: n, grid }: ChipDescription): number {
  switch (n.topology) {
    case 'mesh':
      return n.routerCycles + n.linkCycles;
    case 'torus':
      return n.routerCycles + 2 * n.linkCycles;
    case 'cmesh':
      return n.routerCycles + blockSide(n.concentration) * n.linkCycles;
    case 'h-tree':
      return n.linkCycles;
    case 'bus':
      return n.routerCycles + grid.columns * n.linkCycles;
  }
}
const routerArea = (chip: ChipDescription): number => routerShare(chip) * fullRouterArea(chip);
const fullRouterArea = ({ technology, noc: n }: ChipDescription): number =>
  registerArea(technology) * n.flitBits * (ports * depth + ports * ports * crosspoint);

export const noc = component({
  path: 'noc',
  doc: 'Network between the hub (scratchpad, accumulator, DMA) and the tiles. Time, contention and energy follow the links a packet crosses; a multicast crosses a link once.',
  inaccuracies: [
    'Packets run between hub and tiles only, never from tile to tile; the hub has a port at every row of a mesh, torus or bus.',
    'A link takes one flit per cycle whatever its length: long wires and buses are taken as pipelined.',
    'Routers have endless buffers: a packet waits for links, never for room, and links are served first come, first served.',
    'Router energy does not depend on load, nor on the ports that a concentrated router has more.',
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
    'noc.topology': choice(nocTopologies, {
      doc: 'mesh: a router per tile, hub at the end of every row; torus: rows as folded rings; cmesh: a router for `concentration` tiles; h-tree: binary tree of repeaters, hub at its root; bus: one shared wire per row',
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
        text: 'flitBits x (0.126 pJ at 32 nm, scaled + 0.5 x 0.2 fF/um x hopMm x supplyV^2): one router and one link; counted where there are routers',
        source: 'PUMA constants (router), NeuroSim V2.1 (wire)',
        uses: ['noc.flitBits', 'noc.hopMm', 'technology.nodeNm', 'technology.supplyV'],
        value: hopJoules,
      },
      'flit-wire': {
        text: 'flitBits x 0.5 x 0.2 fF/um x hopMm / 2 x supplyV^2: half a tile length of wire that has no router, or more length than hopMm',
        source: 'NeuroSim V2.1 (wire)',
        uses: ['noc.flitBits', 'noc.hopMm', 'technology.supplyV'],
        value: wireJoules,
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
      text: 'one hop: router + link cycles, where links are 1 tile long (mesh), 2 (torus), a block (cmesh) or all columns (bus); h-tree: its shortest edge, no router',
      source: 'noc.routerCycles, noc.linkCycles and the topology',
      uses: ['noc.topology', 'noc.concentration', 'noc.routerCycles', 'noc.linkCycles', 'grid.columns', 'clock.frequencyHz'],
      value: (chip) => hopCycles(chip) / chip.clock.frequencyHz,
    },
    digital: true,
    onDie: true,
  },
});
