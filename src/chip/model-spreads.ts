import { adcBand } from './adc/adc-band.ts';
import type { CostModel } from './components/component.ts';
import type { ComponentName } from './cost-table.ts';
import { calibrationFactor, energyFactor } from './cost-table-of.ts';
import type { ChipDescription } from './description.ts';

/** How far the energy of a block may honestly lie from its model, as factors. */
export interface Spread {
  readonly low: number;
  readonly high: number;
  readonly reason: string;
}

export const either = (factor: number, reason: string): Spread => ({ low: 1 / factor, high: factor, reason });

const logic: Spread = { low: 0.7, high: 1.3, reason: 'digital logic: 30 %, one library against another' };
const sramFit: Spread = {
  low: 0.72,
  high: 1.36,
  reason: 'fit to CACTI 7, 22-90 nm: -28 % (1 MB at 90 nm) to +36 % (narrow words); 130 nm and below 22 nm are extrapolated',
};
const edramSpread: Spread = {
  low: 12.8 / 17.2,
  high: 20.45 / 17.2,
  reason: '64 KB at 32 nm: 12.8 pJ (CACTI 7), 17.2 (PUMA constants, used), 20.45 (Accelergy hwcomponents)',
};
const memory = (kind: 'sram' | 'edram'): Spread => (kind === 'edram' ? edramSpread : sramFit);

/** Energy per bit that other sources give of the same kind of memory. */
const dramSpreads: Readonly<Partial<Record<ChipDescription['dram']['kind'], Spread>>> = {
  lpddr: { low: 0.5, high: 1, reason: '40 pJ a bit (NeuroSim V2.1, used); 20-40 pJ (Horowitz 2014, 1.3-2.6 nJ for 64 bits)' },
  hbm2: { low: 1, high: 6.25 / 3.9, reason: '3.9 pJ a bit (NeuroSim V2.1, used); 6.25 pJ (Accelergy hwcomponents)' },
};

const spreads: Readonly<Partial<Record<ComponentName, (chip: ChipDescription) => Spread | undefined>>> = {
  crossbar: () => ({ low: 0.8, high: 1.2, reason: 'array energy: 20 % with voltage, conductance and time given' }),
  'input-driver': () => logic,
  'sample-hold': () => ({
    low: 0.7,
    high: 1.3,
    reason: 'one chip measured (NeuRRAM): 30 %; the constant of ISAAC is a thousandth',
  }),
  'tile-digital': () => logic,
  'tile-buffer': ({ tile }) => memory(tile.buffer.kind),
  'train-generator': () => logic,
  accumulator: () => logic,
  scratchpad: ({ scratchpad }) => memory(scratchpad.kind),
  'vector-unit': () => logic,
  noc: () => either(2, 'network: a factor of two; router 0.126 pJ a bit and hop (PUMA, used), 0.081 (ISAAC) at 32 nm'),
  dram: ({ dram }) => dramSpreads[dram.kind],
  controller: () => logic,
};

const fastMultiplier: Spread = {
  low: 0.7,
  high: 4.1,
  reason: 'Horowitz 2014 (used) less 30 %; a 32-bit multiplier made for 1 ns takes 12.7 pJ instead of 3.1 (Aladdin, 40 nm)',
};

/** Actions of which more is known than of their block. */
const actionSpreads: Readonly<Record<string, (chip: ChipDescription) => Spread>> = {
  'vector-unit.multiply': () => fastMultiplier,
  'vector-unit.mac': () => fastMultiplier,
  'scratchpad.write': ({ scratchpad }) => {
    const { low, high, reason } = memory(scratchpad.kind);
    return { low: low / 1.5, high: (high * 2.3) / 1.5, reason: `${reason}; a write takes 1 to 2.3 reads, 1.5 used` };
  },
};

/** Spread of a block's actions; undefined when one source alone gives them, or none was looked for. */
export const modelSpread = (component: ComponentName, chip: ChipDescription): Spread | undefined => spreads[component]?.(chip);

/** Spread of all that a component is charged, its leakage as its actions. */
function componentSpread(component: ComponentName, chip: ChipDescription): Pick<Spread, 'low' | 'high'> {
  if (component === 'clock-tree') return logic;
  if (component !== 'adc') return modelSpread(component, chip) ?? { low: 1, high: 1 };
  const { minimum, value, maximum } = adcBand(chip);
  return value === 0 ? { low: 1, high: 1 } : { low: minimum / value, high: maximum / value };
}

/** Sum of energies by component with every model at its lowest, and at its highest, J. */
export function energyBand(
  byComponent: Readonly<Record<string, number>>,
  chip: ChipDescription,
): { readonly minimum: number; readonly maximum: number } {
  let [minimum, maximum] = [0, 0];
  for (const [component, joules] of Object.entries(byComponent)) {
    const { low, high } = componentSpread(component as ComponentName, chip);
    minimum += low * joules;
    maximum += high * joules;
  }
  return { minimum, maximum };
}

export interface ActionBand {
  readonly name: string;
  /** J of one action, its factors included. */
  readonly minimum: number;
  readonly value: number;
  readonly maximum: number;
  readonly source: string;
}

/** Lowest, used and highest energy of every action of a block for which models disagree. */
export function actionBands(model: CostModel, chip: ChipDescription): readonly ActionBand[] {
  const factor = energyFactor(model, chip) * calibrationFactor(model, chip);
  if (model.component === 'adc') {
    const { minimum, value, maximum, source } = adcBand(chip);
    return [{ name: 'convert', minimum: minimum * factor, value: value * factor, maximum: maximum * factor, source }];
  }
  const whole = modelSpread(model.component, chip);
  if (whole === undefined) return [];
  return Object.entries(model.actions).map(([name, formula]) => {
    const spread = actionSpreads[`${model.component}.${name}`]?.(chip) ?? whole;
    const value = formula.value(chip) * factor;
    return { name, minimum: value * spread.low, value, maximum: value * spread.high, source: spread.reason };
  });
}
