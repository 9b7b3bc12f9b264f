import { tileCount } from './components/component.ts';
import { tileComponents } from './components/tile-components.ts';
import type { ChipDescription } from './description.ts';

/** Area of one tile with wiring, m^2. */
export function tileArea(chip: ChipDescription): number {
  const blocks = tileComponents.reduce((sum, { cost }) => sum + cost.count(chip) * cost.area.value(chip), 0);
  return (blocks / tileCount(chip)) * chip.overhead.wiringArea;
}
