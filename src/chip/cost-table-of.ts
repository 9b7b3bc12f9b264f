import type { CostModel } from './components/component.ts';
import { costModels } from './components/components.ts';
import type { ComponentCost, CostTable } from './cost-table.ts';
import type { ChipDescription } from './description.ts';

/** Evaluates every cost model once: overhead on the energy of on-die actions, wiring on their area. */
export function costTableOf(chip: ChipDescription): CostTable {
  const components = costModels.map((model) => componentCost(model, chip));
  return {
    components,
    cellEnergyFactor: cellEnergyFactor(chip),
    clockTreeFraction: chip.clock.treeFraction,
    totalArea: components.reduce((sum, { area }) => sum + area, 0),
    totalLeakage: components.reduce((sum, { leakage }) => sum + leakage, 0),
  };
}

/** Factor on the energy of a component's actions. */
export const energyFactor = ({ onDie }: CostModel, { overhead }: ChipDescription): number =>
  onDie ? overhead.postLayoutEnergy : 1;
/** Factor on its area. */
export const areaFactor = ({ onDie }: CostModel, { overhead }: ChipDescription): number => (onDie ? overhead.wiringArea : 1);

/** Factor on V^2 G t of the cells: none in SRAM, the conducting share of a pulse, calibration, overhead where it applies to all. */
export const cellEnergyFactor = ({ overhead, tile: { array }, calibration }: ChipDescription): number =>
  array.kind === 'sram'
    ? 0
    : array.heatDuty * calibration.crossbar * (overhead.appliesTo === 'everything' ? overhead.postLayoutEnergy : 1);

/** The user's factor on a block's energy; the converters have theirs in their model. */
export const calibrationFactor = ({ component }: CostModel, { calibration }: ChipDescription): number =>
  (calibration as Readonly<Partial<Record<string, number>>>)[component] ?? 1;

function componentCost(model: CostModel, chip: ChipDescription): ComponentCost {
  const { component, digital } = model;
  const count = model.count(chip);
  const factor = energyFactor(model, chip) * calibrationFactor(model, chip);
  const actions = Object.fromEntries(Object.entries(model.actions).map(([name, { value }]) => [name, value(chip) * factor]));
  return {
    component,
    actions,
    count,
    area: count * model.area.value(chip) * areaFactor(model, chip),
    leakage: count * model.leakage.value(chip),
    digital,
  };
}
