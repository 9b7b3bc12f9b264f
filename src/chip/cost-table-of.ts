import type { CostModel } from './components/component.ts';
import { costModels } from './components/components.ts';
import type { ComponentCost, CostTable } from './cost-table.ts';
import type { ChipDescription } from './description.ts';

/** Evaluates every cost model once: overhead on the energy of on-die actions, wiring on their area. */
export function costTableOf(chip: ChipDescription): CostTable {
  const components = costModels.map((model) => componentCost(model, chip));
  return {
    components,
    cellEnergyFactor: chip.overhead.appliesTo === 'everything' ? chip.overhead.postLayoutEnergy : 1,
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

function componentCost(model: CostModel, chip: ChipDescription): ComponentCost {
  const { component, digital } = model;
  const count = model.count(chip);
  const factor = energyFactor(model, chip);
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
