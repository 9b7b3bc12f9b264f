import { describe, expect, it } from 'vitest';
import { assemble } from '../../src/isa/assemble.ts';
import type { Program } from '../../src/isa/program.ts';
import { runWarnings } from '../../src/simulate/warnings.ts';
import { chipWith } from '../compiler/support.ts';
import { chip, instance, totals } from './support.ts';

const program: Program = {
  ...{ words: new Uint32Array(16), symbols: [], regions: [], data: [], sourceName: 'a.oasm' },
  lines: [{ word: 2, line: 14 }],
};
const quiet = chipWith('cmo-130nm', ['tile.array.lineOhmPerCell=0 ohm']);

describe('warnings', () => {
  it('are none for a good run', () => {
    expect(runWarnings(program, quiet, [instance([])], 'full')).toEqual([]);
  });

  it('say why a program stopped, at its source line when there is one, once for all instances', () => {
    const trapped = (word: number) => instance([], { ending: { ended: 'trapped', word, reason: 'no data' } });
    expect(runWarnings(program, quiet, [trapped(2), trapped(2), trapped(3)], 'full')).toEqual([
      'the program trapped at a.oasm:14: no data',
      'the program trapped at word 3: no data',
    ]);
    const waits = instance([], { ending: { ended: 'deadlocked', waits: ['a waits for b', 'b for a'] } });
    expect(runWarnings(program, quiet, [waits], 'full')).toEqual(['the program is deadlocked: a waits for b; b for a']);
    const limit = instance([], { ending: { ended: 'limit', limit: '10 events' } });
    expect(runWarnings(program, quiet, [limit], 'full')).toEqual(['the run met its limit: 10 events']);
  });

  it('count cells that failed, and mark declared activity', () => {
    const failed = instance([], { totals: totals({ failedCells: 3, pulses: 90 }) });
    expect(runWarnings(program, quiet, [failed], 'timing')).toEqual([
      'up to 3 cells of an instance did not reach their target within the pulse limit',
      expect.stringContaining('activity is declared'),
    ]);
  });

  it('tell of line currents beyond the limit, and of writes that become serial', () => {
    const limited = (maxLineA: number) => ({ ...quiet, tile: { ...quiet.tile, array: { ...quiet.tile.array, maxLineA } } });
    // a quarter of 256 lines x 0.2 V x 48.6 uS = 0.62 mA; 0.5 mA carries seven writes of 66 uA
    expect(runWarnings(program, limited(0.5e-3), [instance([])], 'full')).toEqual([
      expect.stringMatching(/^a bit line carries 62\d(\.\d)? uA .* its limit is 500 uA/),
      expect.stringContaining('lets 7 cells be written at once instead of 16'),
    ]);
  });

  it('tell of word lines that are read before they settle', () => {
    const slow = { ...quiet, tile: { ...quiet.tile, array: { ...quiet.tile.array, driverOhm: 10e3 } } };
    // 10 kohm x 506.6 fF x ln 2^9 = 31.6 ns, against 10 ns of settling and a step of 2 ns
    expect(runWarnings(program, slow, [instance([])], 'full')).toEqual([
      'word lines take 31.6 ns to settle to half a converter step; settling time and shortest pulse together are 12 ns',
    ]);
  });

  it('tell of updates whose lines would carry too much, unless the program splits them', () => {
    const updating = (limit?: number): Program => {
      const text = [
        '.group W0 tile=0 rows=16 cols=16',
        '.spm x 64',
        ...(limit === undefined ? [] : [`SETC #${limit}, csr=LINE_LIMIT, unit=all`]),
      ];
      return assemble([...text, 'OPU.stochastic #1, [x], [x], unit=W0, len=1', 'HALT', ''].join('\n'), 'update.oasm');
    };
    // 256 cells of 66 uA; 2 mA carries 30
    expect(runWarnings(updating(), quiet, [instance([])], 'full')).toEqual([
      expect.stringMatching(/^an update slot may select 256 cells of a line, 16\.9 mA; the line limit of 2 mA lets 30 be pulsed/),
    ]);
    expect(runWarnings(updating(30), quiet, [instance([])], 'full')).toEqual([]);
    expect(runWarnings(updating(31), quiet, [instance([])], 'full')).toHaveLength(1);
    expect(runWarnings(updating(), chipWith('ideal', ['tile.array.lineOhmPerCell=0 ohm']), [instance([])], 'full')).toEqual([]);
  });

  it('tell of IR drop above 5 % of a full bit line', () => {
    // 0.5 x 0.35 ohm x 256^2 x 48.6 uS = 0.557
    const ohms = chip.tile.array.lineOhmPerCell;
    const percent = (100 * 0.5 * ohms * chip.tile.rows ** 2 * 48.6e-6).toFixed(1);
    expect(runWarnings(program, chip, [instance([])], 'full')).toEqual([expect.stringContaining(`reaches ${percent} %`)]);
  });
});
