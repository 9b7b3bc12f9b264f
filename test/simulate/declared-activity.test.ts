import { describe, expect, it } from 'vitest';
import { instructions } from '../../isa/instructions.ts';
import { deviceNamed } from '../../src/device/devices.ts';
import { idleActivity } from '../../src/sequence/activity.ts';
import { groupDefaults } from '../../src/sequence/group-defaults.ts';
import type { GroupCsrs, IssuedOperation } from '../../src/sequence/issued-operation.ts';
import { createDeclaredActivity } from '../../src/simulate/declared-activity.ts';
import { chipWith } from '../compiler/support.ts';

const chip = chipWith('cmo-130nm', ['tile.array.accessOhm=0 ohm']);
const device = deviceNamed(chip.device);
const declared = createDeclaredActivity(chip, device, [{ group: 0, inputActivity: 0.5, weightMean: 0.25 }]);
const { CAL, PRG } = instructions;
const nothing = { kind: 'none' } as const;

function operation(mnemonic: IssuedOperation['mnemonic'], length: number, csrs: Partial<GroupCsrs> = {}): IssuedOperation {
  const place = {
    id: 0,
    firstTile: 0,
    rowBlocks: 2,
    columnBlocks: 1,
    replicas: 1,
    rows: 300,
    columns: 100,
    rowOffset: 0,
    columnOffset: 0,
  };
  return {
    ...{
      sequence: 0,
      word: 0,
      mnemonic,
      fn: mnemonic === 'PRG' ? PRG.functions.verify : 0,
      flags: 0,
      unit: 0,
      length,
      d: nothing,
      a: nothing,
      b: nothing,
    },
    ...{ format: 'f32', rows: 1, reads: [], writes: [], layer: -1, phase: -1 },
    group: { ...place, csrs: { ...groupDefaults(chip), ...csrs } },
  };
}

/** V^2 G t of the declared means, by hand. */
const readJoules = (perWeightS: number, seconds: number) => 300 * 100 * chip.tile.array.readV ** 2 * perWeightS * seconds;
const span = device.maxS - device.minS;
const differential = 2 * device.minS + 0.25 * span;

describe('declared activity', () => {
  it('of a read is V^2 G t at the declared means, per vector', () => {
    // 8 bits: 127 steps at full scale, half of them at activity 0.5
    const seconds = 0.5 * 127 * chip.tile.input.stepS;
    const one = declared(operation('MVM', 1));
    expect(one.readJoules).toBeCloseTo(readJoules(differential, seconds), 20);
    expect(one.inputActivity).toBe(0.5);
    expect(declared(operation('MVT', 4)).readJoules / one.readJoules).toBeCloseTo(4, 12);
    expect(declared(operation('RDV', 300)).readJoules / one.readJoules).toBeCloseTo(1, 12);
  });

  it('follows mapping and input coding', () => {
    const middle = device.minS + span / 2;
    const half = 0.5 * 127 * chip.tile.input.stepS;
    expect(declared(operation('MVM', 1, { mapping: 'balanced-pair' })).readJoules).toBeCloseTo(readJoules(2 * middle, half), 20);
    expect(declared(operation('MVM', 1, { mapping: 'reference-column' })).readJoules).toBeCloseTo(readJoules(middle, half), 20);
    const serial = (7 * chip.tile.input.stepS) / 2;
    expect(declared(operation('MVM', 1, { dacMode: 'bit-serial' })).readJoules).toBeCloseTo(readJoules(differential, serial), 20);
    const amplitude = 0.25 * chip.tile.input.stepS;
    expect(declared(operation('MVM', 1, { dacMode: 'amplitude' })).readJoules).toBeCloseTo(
      readJoules(differential, amplitude),
      20,
    );
  });

  it('of programming takes the mean pulses of the device for every cell', () => {
    const { pulses, verifyReads, programSteps, programReads, pulseJoules, readJoules: heat } = declared(operation('PRG', 300));
    expect(pulses).toBe(Math.round(300 * 100 * 2 * device.meanPulses(0.002)));
    expect(programSteps?.length).toBe(2);
    expect(verifyReads).toBe(pulses + 300 * 100 * 2);
    const conductanceS = device.minS + 0.125 * span;
    expect(heat / (verifyReads * chip.tile.array.readV ** 2 * device.verifySeconds * conductanceS)).toBeCloseTo(1, 9);
    // 150 rows of 200 cells on each of two tiles of 256 lines, 32 cells at once
    expect(programReads![0]).toBe(Math.round((150 * 200) / chip.tile.array.parallelWrites));
    expect(programSteps![0]).toBeGreaterThan(programReads![0]!);
    expect(pulseJoules).toBeGreaterThan(0);
  });

  it('is idle for everything else', () => {
    expect(declared({ ...operation('VEC', 10), group: undefined })).toBe(idleActivity);
    expect(declared(operation('OPU', 10))).toBe(idleActivity);
  });
});

describe('declared activity of cells with a pulse response', () => {
  const trained = chipWith('cmo-130nm', ['device=cmo-hfox-train', 'mapping.scheme=reference-cell']);
  const cell = deviceNamed('cmo-hfox-train');
  const of = createDeclaredActivity(trained, cell, []);
  const states = Math.round(2 / cell.pulsed!.granularity);

  it('of one-shot programming is erasing and half the states, without a read', () => {
    const once = of({ ...operation('PRG', 300), fn: PRG.functions['one-shot'] });
    expect(once.pulses).toBe(1.5 * states * 300 * 100);
    expect(once.verifyReads).toBe(0);
    expect(once.pulseSlots![0]).toBeGreaterThan(states);
  });

  it('of a search is its pulses, two readings of every row, and with W half of what programming both cells takes', () => {
    const search = { ...operation('CAL', 50), fn: CAL.functions['symmetry-point'] };
    const [found, written] = [of(search), of({ ...search, flags: 1 << CAL.flags.W.bit })];
    expect(found.pulseSlots![0]).toBe(101);
    expect(found.pulses).toBe(101 * 300 * 100);
    expect(found.readJoules).toBeCloseTo(2 * of(operation('MVM', 1)).readJoules, 15);
    const whole = of(operation('PRG', 300, { mapping: 'reference-cell' }));
    const half = of({
      ...search,
      group: operation('PRG', 300, { mapping: 'reference-cell' }).group,
      flags: 1 << CAL.flags.W.bit,
    });
    expect(half.verifyReads).toBe(Math.round(whole.verifyReads / 2));
    expect(written.programSteps!.length).toBe(2);
  });
});
