import type { CellModel } from '../device/cell-model.ts';
import { deviceNamed } from '../device/devices.ts';
import { withFaults } from '../device/faults.ts';
import { withForming } from '../device/forming.ts';
import type { ChipDescription } from './description.ts';

/** `device` with its usual simulated algorithm in place of its published programming statistics. */
function atDepth(device: CellModel, depth: ChipDescription['tile']['array']['programming']): CellModel {
  const simulated = device.simulated?.[0];
  if (depth === 'published' || simulated === undefined) return device;
  return { ...device, program: (...call) => simulated.program(depth, ...call) };
}

/** Everything `chipDevice` looks at, as text: chips of equal names have equal cells. */
export const chipDeviceName = ({ device, tile }: Pick<ChipDescription, 'device' | 'tile'>): string => {
  const { programming, forming, stuckFraction } = tile.array;
  return JSON.stringify([device, programming, forming, stuckFraction]);
};

/** The cell of a chip as its arrays use it: depth of programming, faults and forming applied. Throws InputError for an unknown one. */
export function chipDevice({ device, tile }: Pick<ChipDescription, 'device' | 'tile'>): CellModel {
  const { programming, forming, stuckFraction } = tile.array;
  const cell = withFaults(atDepth(deviceNamed(device), programming), { stuckLow: 0, stuckHigh: 0, corrupt: stuckFraction });
  return forming ? withForming(cell) : cell;
}
