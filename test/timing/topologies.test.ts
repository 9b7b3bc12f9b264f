import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { TimingParameters } from '../../src/chip/cost-table.ts';
import { nocTopologies } from '../../src/chip/noc-geometry.ts';
import { tileSite, topologyOf } from '../../src/timing/topologies.ts';
import { chip130 } from './operations.ts';

const on = (topology: TimingParameters['topology'], change: Partial<TimingParameters> = {}): TimingParameters => ({
  ...chip130,
  topology,
  ...change,
});
const named = (parameters: TimingParameters, tile: number, way: 'outward' | 'homeward' = 'outward'): string[] => {
  const topology = topologyOf(parameters);
  const names = topology.links(parameters);
  return topology[way](tile, parameters).map(({ link }) => names[link]!);
};
const cyclesTo = (parameters: TimingParameters, tile: number): number =>
  topologyOf(parameters)
    .outward(tile, parameters)
    .reduce((sum, { cycles }) => sum + cycles, 0);

describe('every topology', () => {
  const grids = fc.record({
    topology: fc.constantFrom(...nocTopologies),
    gridRows: fc.integer({ min: 1, max: 9 }),
    gridColumns: fc.integer({ min: 1, max: 9 }),
    concentration: fc.integer({ min: 1, max: 12 }),
  });
  it('law: leads to every tile and home over links that exist, each reached over one other link only', () => {
    fc.assert(
      fc.property(grids, (change) => {
        const parameters = { ...chip130, ...change };
        const topology = topologyOf(parameters);
        const names = topology.links(parameters);
        expect(new Set(names).size).toBe(names.length);
        const before = new Map<number, number>();
        for (let tile = 0; tile < change.gridRows * change.gridColumns; tile++) {
          const out = topology.outward(tile, parameters);
          const home = topology.homeward(tile, parameters);
          // as far home as out
          const length = (path: typeof out) => path.reduce((sum, { cycles }) => sum + cycles, 0);
          expect([home.length, length(home)]).toEqual([out.length, length(out)]);
          out.forEach(({ link }, at) => {
            const last = at === 0 ? -1 : out[at - 1]!.link;
            expect(names[link]).toBeDefined();
            expect(before.get(link) ?? last).toBe(last);
            before.set(link, last);
          });
          for (const { link } of home) expect(names[link]).toBeDefined();
        }
      }),
      { seed: 31, numRuns: 40 },
    );
  });
});

describe('mesh', () => {
  it('puts tiles down the columns and passes a router per column', () => {
    expect(tileSite(11, 8)).toEqual({ row: 3, column: 1 });
    expect(named(on('mesh'), 11)).toEqual(['link 3.0 east', 'link 3.1 east']);
    expect(named(on('mesh'), 11, 'homeward')).toEqual(['link 3.1 west', 'link 3.0 west']);
  });
});

describe('torus', () => {
  it('goes the shorter way round, over links of two tile lengths', () => {
    // nine places in a ring: columns 0 to 3 lie east of the hub, 4 to 7 behind it
    const hops = Array.from({ length: 8 }, (_, column) => named(on('torus'), 8 * column).length);
    expect(hops).toEqual([1, 2, 3, 4, 4, 3, 2, 1]);
    expect(named(on('torus'), 8 * 7)).toEqual(['link 0.8 west']);
    expect(named(on('torus'), 8 * 7, 'homeward')).toEqual(['link 0.8 east']);
    const [hop] = topologyOf(on('torus')).outward(0, on('torus'));
    expect(hop).toMatchObject({ cycles: chip130.routerCycles + 2 * chip130.linkCycles, routers: 1, wire: 2 });
  });
});

describe('concentrated mesh', () => {
  it('has a router for a block of tiles and a link of its own to each', () => {
    const parameters = on('cmesh', { concentration: 4 });
    expect(named(parameters, 8 * 2 + 3)).toEqual(['link 1.0 east', 'link 1.1 east', 'link tile 19 in']);
    expect(named(parameters, 8 * 2 + 3, 'homeward')).toEqual(['link tile 19 out', 'link 1.1 west', 'link 1.0 west']);
  });

  it('equals the mesh but for the local link when every tile has its router', () => {
    const parameters = on('cmesh', { concentration: 1 });
    expect(named(parameters, 11).slice(0, -1)).toEqual(named(on('mesh'), 11));
    expect(cyclesTo(parameters, 11)).toBe(cyclesTo(on('mesh'), 11) + chip130.linkCycles);
  });
});

describe('h-tree', () => {
  it('halves the grid until one tile is left: as deep as its logarithm, wires shorter at every level', () => {
    const wires = topologyOf(on('h-tree'))
      .outward(0, on('h-tree'))
      .map(({ wire }) => wire);
    expect(wires).toEqual([0, 4, 4, 2, 2, 1, 1]);
    expect(named(on('h-tree', { gridRows: 1, gridColumns: 1 }), 0)).toEqual(['link 0 out']);
  });

  it('has routers nowhere and its trunk in every path', () => {
    for (const tile of [0, 17, 63]) {
      const path = topologyOf(on('h-tree')).outward(tile, on('h-tree'));
      expect(path.map(({ routers }) => routers)).not.toContain(1);
      expect(named(on('h-tree'), tile)[0]).toBe('link 0 out');
    }
  });
});

describe('bus', () => {
  it('is one wire per row for both directions', () => {
    expect([named(on('bus'), 11), named(on('bus'), 11, 'homeward')]).toEqual([['bus 3'], ['bus 3']]);
    expect(topologyOf(on('bus')).links(on('bus')).length).toBe(8);
    expect(cyclesTo(on('bus'), 11)).toBe(chip130.routerCycles + 8 * chip130.linkCycles);
  });
});
