import { expect, test } from 'vitest';
import { chipDevice } from '../../../src/chip/chip-device.ts';
import { createMachine } from '../../../src/machine/machine.ts';
import { createKernels } from '../../../src/numeric/create-kernels.ts';
import { decodeProgram } from '../../../src/sequence/decode-program.ts';
import { groupDefaults } from '../../../src/sequence/group-defaults.ts';
import { createSequencer } from '../../../src/sequence/sequencer.ts';
import { manifestOf } from '../../../src/simulate/manifest.ts';
import { compileTiny } from '../../support/tiny-training.ts';

const pulsed = { device: 'cmo-hfox-train', set: 'mapping.scheme=reference-cell, scratchpad.bytes=4 MiB' } as const;
const [samples, batch, rowsPerSample] = [20, 10, 2];
/** Of the perceptron, 784-12-10; its first layer needs no gradient of its input. */
const matrices = [784 * 12, 12 * 10];

/** What one epoch's instructions add up to, per sample and matrix, and the longest update of a vector. */
function countsOf(algorithm: string) {
  const { program } = compileTiny({ ...pulsed, algorithm: `${algorithm}, samples: ${samples}, batch: ${batch}` });
  const { chip } = manifestOf(program.manifest)!;
  const machine = createMachine({ chip, device: chipDevice(chip), kernels: createKernels(), program, seed: 1, chipSeed: 1 });
  const sequencer = createSequencer({
    ...{ instructions: decodeProgram(program.words), regions: program.regions, groupDefaults: groupDefaults(chip) },
    scopes: program.scopes,
    ...{ format: chip.vector.format, special: machine.special, setSpecial: machine.setSpecial },
  });
  const testing = program.regions.find(({ kind, name }) => kind === 'phase' && name === 'evaluate')?.id;
  const counts = { mvm: 0, mvt: 0, outer: 0, columnReads: 0, macs: 0, slots: 0, transferSlots: 0 };
  for (let operation = sequencer.next(); operation !== undefined; operation = sequencer.next()) {
    const { pulseSlots } = machine.execute(operation);
    const { mnemonic, phase, length, group } = operation;
    if (phase === testing) continue;
    const most = Math.max(0, ...(pulseSlots ?? []));
    if (mnemonic === 'MVM') counts.mvm += length;
    if (mnemonic === 'MVT') counts.mvt += length;
    if (mnemonic === 'OPU') [counts.outer, counts.slots] = [counts.outer + length, Math.max(counts.slots, most)];
    if (mnemonic === 'XFR')
      [counts.columnReads, counts.transferSlots] = [counts.columnReads + length, Math.max(counts.transferSlots, most)];
    if (mnemonic === 'OPD' && group!.rows > 1) counts.macs += length * group!.rows * group!.columns;
  }
  return counts;
}

/** Rows of one transfer are as many as the matrix has at most. */
const reads = (samples / batch) * (Math.min(batch * rowsPerSample, 784) + Math.min(batch * rowsPerSample, 12));
const phases = 4;

test.each([
  ['kind: sgd', { outer: 2, columnReads: 0, macs: 0, longest: 31 }],
  [`kind: tiki-taka, rowsPerSample: ${rowsPerSample}`, { outer: 2, columnReads: reads, macs: 0, longest: 5 }],
  [`kind: ttv2, rowsPerSample: ${rowsPerSample}`, { outer: 2, columnReads: reads, macs: 0, longest: 5 }],
  [`kind: cttv2, rowsPerSample: ${rowsPerSample}`, { outer: 2, columnReads: reads, macs: 0, longest: 5 }],
  [`kind: agad, rowsPerSample: ${rowsPerSample}`, { outer: 2, columnReads: reads, macs: 0, longest: 5 }],
  ['kind: mixed', { outer: 0, columnReads: 0, macs: matrices[0]! + matrices[1]!, longest: 0 }],
])('%s: products, outer products, column reads and MACs a sample', (algorithm, { outer, columnReads, macs, longest }) => {
  const counts = countsOf(algorithm);
  expect(counts).toMatchObject({ mvm: 2 * samples, mvt: samples, outer: outer * samples, columnReads, macs: macs * samples });
  expect(counts.slots).toBeLessThanOrEqual(phases * longest);
  if (outer > 0) expect(counts.slots).toBeGreaterThan(0);
  if (/ttv2|cttv2|agad/.test(algorithm)) expect(counts.transferSlots).toBeLessThanOrEqual(2 * 12);
});
