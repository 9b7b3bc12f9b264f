import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  actionIndex,
  actionKeys,
  chargeCells,
  createLedger,
  priceLeakage,
  priceLedger,
  totalActions,
} from '../../src/timing/ledger.ts';
import { costs } from './operations.ts';

const charge = fc.record({
  layer: fc.integer({ min: -1, max: 2 }),
  phase: fc.integer({ min: -1, max: 2 }),
  action: fc.constantFrom(...actionKeys),
  count: fc.nat(1000),
  joules: fc.integer({ min: 0, max: 10 }).map((tenths) => tenths * 1e-10),
});

test('parts add up to the whole, whatever the order of charges', () => {
  fc.assert(
    fc.property(fc.array(charge, { maxLength: 30 }), (charges) => {
      const price = (order: typeof charges) => {
        const ledger = createLedger(3);
        for (const { layer, phase, action, count, joules } of order) {
          const row = ledger.row(layer, phase);
          row.counts[actionIndex(action)]! += count;
          chargeCells(row, joules);
        }
        return { entries: priceLedger(ledger, costs), actions: totalActions(ledger) };
      };
      const forward = price(charges);
      expect(price(charges.toReversed())).toEqual(forward);
      let cmos = 0;
      let digital = 0;
      for (const { component, actions, digital: isDigital } of costs.components) {
        for (const [name, joules] of Object.entries(actions)) {
          const part = forward.actions[`${component}.${name}`]! * joules;
          cmos += part;
          if (isDigital) digital += part;
        }
      }
      const cells = charges.reduce((sum, { joules }) => sum + joules, 0);
      const total = forward.entries.reduce((sum, { joules }) => sum + joules, 0);
      const wanted = cmos + cells + 0.25 * digital;
      expect(Math.abs(total - wanted)).toBeLessThanOrEqual(1e-12 * wanted);
    }),
    { seed: 12, numRuns: 50 },
  );
});

test('the clock tree is a fraction of the digital parts of the same layer and phase', () => {
  const ledger = createLedger(1);
  ledger.row(0, -1).counts[actionIndex('vector-unit.add')]! += 4;
  ledger.row(0, -1).counts[actionIndex('adc.convert')]! += 4;
  const entries = priceLedger(ledger, costs);
  const of = (component: string) => entries.find((entry) => entry.component === component)!.joules;
  expect(entries.every(({ layer, phase }) => layer === 0 && phase === -1)).toBe(true);
  expect(of('clock-tree')).toBe(of('vector-unit') * 0.25);
});

test('leakage is every component over the whole time', () => {
  expect(priceLeakage(costs, 2).map(({ joules }) => joules)).toEqual(costs.components.map(({ leakage }) => 2 * leakage));
});

test('unknown actions and regions are named', () => {
  expect(() => actionIndex('adc.sing')).toThrow('action is adc.sing');
  expect(() => createLedger(2).row(2, 0)).toThrow('layer 2 and phase 0');
});

test('rows keep their index in the order they were first charged', () => {
  const ledger = createLedger(3);
  const rows = [ledger.row(2, 1), ledger.row(-1, -1), ledger.row(0, 2), ledger.row(2, 1)];
  expect(ledger.charged()).toEqual(rows.slice(0, 3));
  expect(ledger.charged()[0]).toBe(rows[3]);
});
