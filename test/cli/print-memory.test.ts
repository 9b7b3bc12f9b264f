import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { chipPreset } from '../../src/chip/presets.ts';
import { describeMemory, memoryRequests } from '../../src/cli/print-memory.ts';
import { assemble } from '../../src/isa/assemble.ts';
import type { InstanceRun } from '../../src/simulate/run-instance.ts';
import { simulate } from '../simulate/small-experiment.ts';

const program = assemble(readFileSync('workloads/programs/hello-mvm.oasm', 'utf8'), 'hello-mvm.oasm');

describe('--print', () => {
  it('prints what the program left: on the ideal chip W x exactly, fresh and after a day', () => {
    let run: InstanceRun | undefined;
    simulate(program, {
      chip: { chip: chipPreset('ideal').description, assumptions: [] },
      onFirstInstance: (first) => {
        run = first;
      },
    });
    expect(describeMemory(run!, memoryRequests(program, ['y', 'x']))).toBe(
      'y = 1 -0.375 0.375 1 -0.375 0.375\nx = 1 0.5 -0.5 0.25\n',
    );
  });

  it('names what exists', () => {
    expect(() => memoryRequests(program, ['z', 'y:f33'])).toThrow(/one of x, y[\s\S]*did you mean f32/);
  });
});
