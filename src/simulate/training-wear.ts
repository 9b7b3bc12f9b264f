import type { Machine } from '../machine/machine.ts';
import type { TrainingManifest } from './training-manifest.ts';

/** Pulses that the cells of all trained tiles have taken so far, programming included: of the mean and of the most pulsed cell. */
export interface Wear {
  readonly meanPulses: number;
  readonly maxPulses: number;
}

/** Wear of the cells of one tile group. */
export interface EnduranceReport {
  readonly layer: string;
  readonly tile: 'weights' | 'fast';
  readonly cells: number;
  readonly meanPulses: number;
  readonly maxPulses: number;
  /** Largest and mean count over what a cell survives. */
  readonly consumed: number;
  readonly consumedMean: number;
}

type Layers = TrainingManifest['layers'];

/** Wear of every tile group that learns; endurance is `limit` pulses, 0 where nothing is known of it. */
export function enduranceReport(machine: Machine, layers: Layers, limit: number): EnduranceReport[] {
  const of = (layer: string, tile: EnduranceReport['tile'], group: number): EnduranceReport => {
    const worn = machine.endurance(group);
    return { layer, tile, ...worn, ...shareOf(worn, limit) };
  };
  return layers.flatMap(({ name, group, fast }) => [
    of(name, 'weights', group),
    ...(fast === undefined ? [] : [of(name, 'fast', fast)]),
  ]);
}

/** Shares of the endurance that the most pulsed and the mean cell have used up. */
export const shareOf = ({ meanPulses, maxPulses }: Wear, limit: number): { consumed: number; consumedMean: number } => ({
  consumed: limit > 0 ? maxPulses / limit : 0,
  consumedMean: limit > 0 ? meanPulses / limit : 0,
});

/** All tiles together. */
export function wearOf(machine: Machine, layers: Layers): Wear {
  const tiles = enduranceReport(machine, layers, 0);
  const cells = tiles.reduce((sum, tile) => sum + tile.cells, 0);
  return {
    meanPulses: tiles.reduce((sum, tile) => sum + tile.meanPulses * tile.cells, 0) / Math.max(1, cells),
    maxPulses: Math.max(0, ...tiles.map((tile) => tile.maxPulses)),
  };
}
