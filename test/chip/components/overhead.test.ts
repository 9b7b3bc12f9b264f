import { expect, test } from 'vitest';
import { overhead } from '../../../src/chip/components/overhead.ts';
import { standardChip } from './standards.ts';

test('standard factors are those of the silicon calibration', () => {
  expect(standardChip().overhead).toEqual({ postLayoutEnergy: 1.22, appliesTo: 'cmos', wiringArea: 1.44, analogLeakage: 0.1 });
  expect(overhead.parameters['overhead.postLayoutEnergy'].source).toContain('NeuroSim V1.4');
});
