import { describe, expect, it } from 'vitest';
import { type Compensation, compensations, emitBaseline, emitCorrection } from '../../src/compiler/compensation.ts';
import { createProgramBuilder } from '../../src/isa/builder.ts';
import { disassemble } from '../../src/isa/disassemble.ts';
import { parseExperiment } from '../../src/simulate/experiment.ts';
import { compileSmall, simulate } from '../simulate/small-experiment.ts';

const groups = [
  { group: 0, rows: 20 },
  { group: 3, rows: 7 },
];

function emitted(emit: typeof emitCorrection, compensation: Compensation): readonly string[] {
  const builder = createProgramBuilder('c.oasm');
  for (const { group, rows } of groups)
    builder.group({ id: group, firstTile: group, rowBlocks: 1, columnBlocks: 1, rows, columns: 4 });
  emit(builder, compensation, groups);
  builder.emit('HALT');
  return disassemble(builder.build())
    .split('\n')
    .filter((line) => line.includes('CAL'))
    .map((line) => line.trim().replace(/\s+/g, ' '));
}

describe('drift correction', () => {
  it('reads every group in the way asked for; only scales need a baseline', () => {
    expect(emitted(emitCorrection, 'none')).toEqual([]);
    expect(compensations.map((way) => emitted(emitCorrection, way).length)).toEqual([0, 2, 2, 2]);
    expect(compensations.map((way) => emitted(emitBaseline, way).length)).toEqual([0, 0, 2, 2]);
    expect(emitted(emitCorrection, 'column')[1]).toMatch(/CAL\.drift-columns.*W3.*7/);
  });

  it('is charged to a phase of its own and keeps accuracy of PCM over the years', () => {
    const run = (compensation: Compensation) => {
      const options = { samples: 100, epochs: 1, instances: 1 };
      return simulate(compileSmall('pcm-drift', options, { compensation, ages: ['10 years'] }));
    };
    const [plain, global] = [run('none'), run('global')];
    const late = (report: typeof plain) => report.accuracy!.byAge.at(-1)!.accuracy;
    expect(plain.energy!.byPhase.calibrate).toBeUndefined();
    expect(global.energy!.byPhase.calibrate).toBeGreaterThan(0);
    expect(late(global)).toBeGreaterThan(late(plain) - 0.02);
  });

  it('is refused where the chip trains', () => {
    const text = 'name: a\nnetwork: n\nalgorithm: { kind: sgd }\ncompensation: global\n';
    expect(() => parseExperiment(text, 'a.yaml')).toThrow(
      /a\.yaml:4:\d+ found compensation = "global", expected none where the chip trains/,
    );
    expect(() => parseExperiment('name: a\nnetwork: n\ncompensation: globl\n', 'a.yaml')).toThrow(/did you mean global\?/);
  });
});
