import fc from 'fast-check';
import { expect, test } from 'vitest';
import { costModels } from '../../src/chip/components/components.ts';
import { chipPreset } from '../../src/chip/presets.ts';
import { varyChip } from '../../src/chip/vary.ts';

/** Formulas that say more costs more: component, formula, value of the chip, its unit and range. */
const rising: readonly (readonly [string, string, string, string, number, number])[] = [
  ['crossbar', 'row-drive', 'tile.array.rowCapacitanceF', 'fF', 1, 1e5],
  ['crossbar', 'row-drive', 'tile.array.wordLineV', 'V', 0.1, 9],
  ['crossbar', 'column-charge', 'tile.array.columnSwingV', 'V', 0, 9],
  ['crossbar', 'settling', 'tile.array.driverOhm', 'ohm', 0, 9e5],
  ['crossbar', 'settling', 'tile.adc.bits', '', 2, 16],
  ['crossbar', 'latency', 'tile.input.stepS', 'ns', 0.1, 900],
  ['crossbar', 'area', 'tile.array.cellArea', 'um2', 0.01, 900],
  ['crossbar', 'area', 'tile.adc.leastWidthM', 'um', 0, 900],
  ['input-driver', 'row-read', 'tile.input.registerJoulesPerBit', 'fJ', 1, 1e5],
  ['adc', 'convert', 'tile.adc.calibration', '', 0.01, 900],
  ['tile-buffer', 'access', 'tile.buffer.inputBytes', 'B', 1024, 65536],
  ['train-generator', 'pulse', 'tile.train.pulseV', 'V', 0, 19],
  ['accumulator', 'add', 'accumulator.bits', '', 8, 64],
  ['vector-unit', 'area', 'vector.lanes', '', 1, 1000],
  ['noc', 'flit-hop', 'noc.hopMm', 'mm', 0.01, 99],
  ['noc', 'flit-wire', 'noc.hopMm', 'mm', 0.01, 99],
  ['noc', 'latency', 'noc.routerCycles', '', 1, 99],
  ['dram', 'byte', 'dram.joulesPerBit', 'pJ', 0, 900],
  ['dram', 'area', 'dram.phyArea', 'mm2', 0, 900],
  ['controller', 'fetch', 'controller.fetchJoules', 'pJ', 0, 900],
];

test.each(rising)('law: %s.%s never falls when %s rises', (component, name, path, unit, from, to) => {
  const { actions, area, latency, settling } = costModels.find((model) => model.component === component)!;
  const formula = { ...actions, area, latency, settling }[name]!;
  const whole = (Number.isInteger(from) && unit === '') || unit === 'B';
  const value = whole ? fc.integer({ min: from, max: to }) : fc.double({ min: from, max: to, noNaN: true });
  const at = (number: number): number => {
    const text = `${Number(number.toPrecision(9))} ${unit}`.trim();
    return formula.value(varyChip(chipPreset('cmo-130nm'), [`${path}=${text}`]).chip.description);
  };
  fc.assert(
    fc.property(value, value, (a, b) => {
      const [less, more] = a < b ? [a, b] : [b, a];
      expect(at(less)).toBeLessThanOrEqual(at(more) * (1 + 1e-12));
    }),
    { seed: 11, numRuns: 12 },
  );
  // and it does rise
  expect(at(to)).toBeGreaterThan(at(from));
});
