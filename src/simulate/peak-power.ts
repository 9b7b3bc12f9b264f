import { tileCount } from '../chip/components/component.ts';
import { type ComponentName, type CostTable, componentNames } from '../chip/cost-table.ts';
import type { ChipDescription } from '../chip/description.ts';
import { outputColumns } from '../chip/output-columns.ts';
import { cellHeat } from '../chip/peak.ts';
import { timingParameters } from '../chip/timing-parameters.ts';
import { passesPerVector, passSeconds } from '../chip/timing-rules.ts';
import { deviceNamed } from '../device/devices.ts';
import { routeOutward } from '../timing/routes.ts';

export const peakPowerDefinition =
  'every unit of the kind at work without a pause, leakage included: full-scale inputs on cells at mid-window, every line pulsed in every update slot, every port, lane, link and interface at its full rate; heat of cells that are written is not in it';

/** Watts by component with all its units at their full rate: a bound that no run exceeds, not a sum that a run reaches. */
export function peakPower(chip: ChipDescription, costs: CostTable): Readonly<Record<ComponentName, number>> {
  const rates = actionRates(chip);
  const dynamic = new Map<ComponentName, number>();
  let digital = 0;
  for (const { component, actions, digital: isDigital } of costs.components) {
    const own: Readonly<Record<string, number>> = rates[component] ?? {};
    let watts = 0;
    for (const [action, joules] of Object.entries(actions)) watts += joules * (own[action] ?? 0);
    if (component === 'crossbar') watts += cellWatts(chip) * costs.cellEnergyFactor;
    if (isDigital) digital += watts;
    dynamic.set(component, watts);
  }
  dynamic.set('clock-tree', digital * costs.clockTreeFraction);
  const leakage = new Map(costs.components.map((cost) => [cost.component, cost.leakage]));
  return Object.fromEntries(componentNames.map((name) => [name, (dynamic.get(name) ?? 0) + (leakage.get(name) ?? 0)])) as Record<
    ComponentName,
    number
  >;
}

/** Heat of all cells while all tiles are read, W. */
function cellWatts(chip: ChipDescription): number {
  const { minS, maxS } = deviceNamed(chip.device);
  const { input } = chip.tile;
  const perPass = cellHeat(chip, { inputActivity: 1, conductanceS: (minS + maxS) / 2 }) / (passesPerVector(input) / input.phases);
  return (tileCount(chip) * perPass) / passSeconds(chip.tile);
}

/** Actions a second of all units of a component. */
function actionRates(chip: ChipDescription): Readonly<Partial<Record<ComponentName, Readonly<Record<string, number>>>>> {
  const { tile, clock, accumulator, scratchpad, vector, dram } = chip;
  const tiles = tileCount(chip);
  const { frequencyHz: hertz } = clock;
  const rows = (tiles * tile.rows) / passSeconds(tile);
  const columns = (tiles * outputColumns(chip)) / passSeconds(tile);
  const conversions = (tiles * Math.ceil(outputColumns(chip) / tile.adc.mux)) / tile.adc.conversionS;
  // the sums of a wider pass leave no faster than the converters give them, nor than an array is read
  const converted = Math.max(conversions, columns);
  const slots = (tiles * (tile.rows + tile.columns)) / (deviceNamed(chip.device).pulseSeconds + tile.train.gapS);
  const elements = vector.units * vector.lanes * hertz;
  return {
    crossbar: { 'row-drive': rows, 'column-charge': columns },
    'input-driver': { 'row-read': rows },
    'sample-hold': { sample: converted },
    adc: { convert: converted },
    'tile-digital': { column: converted },
    // one port for the inputs, one for the outputs
    'tile-buffer': { access: 2 * tiles * hertz },
    'train-generator': { bit: slots, pulse: slots },
    accumulator: { add: accumulator.lanes * hertz },
    scratchpad: { read: scratchpad.banks * hertz, write: scratchpad.banks * hertz },
    // one operation an element: the dearest, a multiply-accumulate
    'vector-unit': { mac: elements },
    noc: linkRates(chip),
    dram: { byte: dram.bytesPerSecond },
    controller: { fetch: hertz, decode: hertz },
  };
}

/** One flit a cycle on every link, both ways; a bus is one wire for both. */
function linkRates(chip: ChipDescription): Readonly<Record<string, number>> {
  const { pulseSeconds, verifySeconds } = deviceNamed(chip.device);
  const all = Array.from({ length: tileCount(chip) }, (_, tile) => tile);
  const { routers, wire } = routeOutward(all, 0, timingParameters(chip, { pulseSeconds, verifySeconds }));
  const flits = (chip.noc.topology === 'bus' ? 1 : 2) * chip.clock.frequencyHz;
  return { 'flit-hop': flits * routers, 'flit-wire': flits * wire };
}
