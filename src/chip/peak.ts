import { tileCount } from './components/component.ts';
import type { ComponentName, CostTable } from './cost-table.ts';
import { costTableOf } from './cost-table-of.ts';
import { type ChipDescription, logicalColumnsPerTile } from './description.ts';
import { outputColumns } from './output-columns.ts';
import { conversionTailSeconds, passesPerVector, passSeconds, stepsPerPass } from './timing-rules.ts';

/** What a peak figure supposes of inputs and cells. */
export interface PeakConditions {
  /** Mean |input| in units of full scale. */
  readonly inputActivity: number;
  /** Mean conductance of every cell, S. */
  readonly conductanceS: number;
}

/** Middle of the 9-88.2 uS window on every cell: an upper bound for trained weights. */
export const standardConditions: PeakConditions = { inputActivity: 0.25, conductanceS: 48.6e-6 };

export interface PeakFigures {
  readonly conditions: PeakConditions;
  readonly definition: string;
  /** One MVM of a full tile from first pulse to last code, s. */
  readonly mvmSeconds: number;
  readonly mvmJoules: number;
  /** Its parts, J; they add up to `mvmJoules`. */
  readonly mvmJoulesBy: Readonly<Partial<Record<ComponentName | 'cells', number>>>;
  readonly operations: number;
  readonly tileTops: number;
  readonly chipTops: number;
  readonly topsPerWatt: number;
  /** Power of one busy tile, W. */
  readonly tileWatts: number;
}

/** Figures of tiles that do nothing but MVMs of full size, one after the other, without NoC, scratchpad and leakage. */
export function peakFigures(chip: ChipDescription, conditions: PeakConditions = standardConditions): PeakFigures {
  const { tile } = chip;
  const [read, tail] = [passSeconds(tile), conversionTailSeconds(tile)];
  // while one pass is converted the next one is read, where the converters let the array go
  const between = tile.adc.overlaps ? Math.max(read, tail) : read + tail;
  const mvmSeconds = (passesPerVector(tile.input) - 1) * between + read + tail;
  const mvmJoulesBy = mvmEnergy(chip, conditions);
  const mvmJoules = Object.values(mvmJoulesBy).reduce((sum, joules) => sum + joules, 0);
  const operations = 2 * tile.rows * logicalColumnsPerTile(tile, chip.mapping);
  const tileTops = operations / mvmSeconds / 1e12;
  return {
    conditions,
    definition:
      '1 multiply-accumulate = 2 operations; full tile, not pipelined; tile only, without network, scratchpad and leakage',
    mvmSeconds,
    mvmJoules,
    mvmJoulesBy,
    operations,
    tileTops,
    chipTops: tileTops * tileCount(chip),
    topsPerWatt: operations / mvmJoules / 1e12,
    tileWatts: mvmJoules / mvmSeconds,
  };
}

const actionJoules = ({ components }: CostTable, component: ComponentName, action: string): number =>
  components.find((cost) => cost.component === component)!.actions[action]!;

/** Energy of one full-size MVM by component: the sum of counted actions, and the heat of the cells. */
function mvmEnergy(chip: ChipDescription, conditions: PeakConditions): Partial<Record<ComponentName | 'cells', number>> {
  const { tile } = chip;
  const costs = costTableOf(chip);
  const passes = passesPerVector(tile.input);
  const conversions = outputColumns(chip) * passes;
  // 8-bit codes in and out of the buffer, as the tile sees them
  const accesses =
    Math.ceil((tile.rows * 8) / tile.buffer.widthBits) + Math.ceil((outputColumns(chip) * 8) / tile.buffer.widthBits);
  return {
    cells: cellHeat(chip, conditions) * costs.cellEnergyFactor,
    crossbar:
      tile.rows * passes * actionJoules(costs, 'crossbar', 'row-drive') +
      conversions * actionJoules(costs, 'crossbar', 'column-charge'),
    'input-driver': tile.rows * passes * actionJoules(costs, 'input-driver', 'row-read'),
    'sample-hold': conversions * actionJoules(costs, 'sample-hold', 'sample'),
    adc: conversions * actionJoules(costs, 'adc', 'convert'),
    'tile-digital': conversions * actionJoules(costs, 'tile-digital', 'column'),
    'tile-buffer': accesses * actionJoules(costs, 'tile-buffer', 'access'),
  };
}

/** V^2 G_eff t_on of every cell, J; t_on is the mean fraction of the longest pulse (or of the bit slots). */
export function cellHeat({ tile }: ChipDescription, { inputActivity, conductanceS }: PeakConditions): number {
  const { array, input } = tile;
  const effectiveS = 1 / (1 / conductanceS + array.accessOhm);
  // phases share the pulses of a vector among them
  const secondsOn = (passesPerVector(input) / input.phases) * stepsPerPass(input) * input.stepS * inputActivity;
  return tile.rows * tile.columns * array.readV ** 2 * effectiveS * secondsOn;
}
