import { tileCount } from './components/component.ts';
import { costModels } from './components/components.ts';
import type { ComponentName } from './cost-table.ts';
import { areaFactor, costTableOf } from './cost-table-of.ts';
import type { ChipDescription } from './description.ts';
import { tileArea } from './tile-area.ts';
import { type TilePitch, tilePitch } from './tile-pitch.ts';

export interface AreaRow {
  readonly component: ComponentName;
  readonly count: number;
  /** Area of one, m^2, wiring included. */
  readonly each: number;
  /** m^2 of all. */
  readonly area: number;
  /** Of the whole die, 0..1. */
  readonly share: number;
}

export interface Floorplan {
  readonly rows: readonly AreaRow[];
  /** m^2; the sum of the rows. */
  readonly total: number;
  readonly tiles: number;
  /** One tile, m^2. */
  readonly tile: number;
  /** Converters against the columns they serve. */
  readonly pitch: TilePitch;
}

/** Area by component; the rows add up to the total. */
export function floorplan(chip: ChipDescription): Floorplan {
  const { components, totalArea } = costTableOf(chip);
  const rows = components.map(({ component, count, area }) => {
    const model = costModels.find((candidate) => candidate.component === component)!;
    return { component, count, each: model.area.value(chip) * areaFactor(model, chip), area, share: area / totalArea };
  });
  return { rows, total: totalArea, tiles: tileCount(chip), tile: tileArea(chip), pitch: tilePitch(chip) };
}
