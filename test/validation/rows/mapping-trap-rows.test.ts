import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { compileExperiment } from '../../../src/simulate/compile-experiment.ts';
import { parseExperiment } from '../../../src/simulate/experiment.ts';
import { ownWork, type SharedWork } from '../../../src/simulate/shared-work.ts';
import type { Reference } from '../../../src/simulate/train-reference.ts';
import { mappingTrapRows } from '../../../src/validation/rows/mapping-trap-rows.ts';
import { rowFamilies } from '../../../src/validation/validate.ts';
import { ports, simulate, workloads } from '../../simulate/small-experiment.ts';

test('the literal mapping costs accuracy that scale and offset keep', () => {
  const text = readFileSync(`${workloads}/experiments/mapping-trap.yaml`, 'utf8');
  const experiment = { ...parseExperiment(text, 'mapping-trap.yaml'), ages: ['1 s'] };
  let trained: Reference | undefined;
  const reference: SharedWork['reference'] = (_key, _test, make) => (trained ??= make());
  const shared = { ...ownWork, reference };
  const accuracyUnder = (scheme: string) => {
    const options = { samples: 300, epochs: 1, instances: 2, set: [`mapping.scheme=${scheme}`] };
    return simulate(compileExperiment(experiment, options, { ...ports, shared }), { fidelity: 'values' }).accuracy!;
  };
  const [literal, offset] = [accuracyUnder('literal-pair'), accuracyUnder('differential-pair')];
  expect(literal.reference).toBe(offset.reference);
  // two chips, 300 digits: each accuracy is known to about 2 points
  expect(Math.abs(offset.simulated - offset.reference!)).toBeLessThan(0.04);
  expect(literal.simulated).toBeLessThan(offset.simulated - 0.1);
});

test('the row is measured by a full validation', () => {
  expect(mappingTrapRows).toMatchObject({ ids: ['V19'], long: true });
  expect(rowFamilies).toContain(mappingTrapRows);
});
