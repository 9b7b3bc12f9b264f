import { conductanceOf, operate, states } from '../device/compact-model.ts';
import { judge, type ValidationRow } from './row.ts';

const source = 'IBM Analog_ReRAM_Training_Simulator equations, solved apart by us; its parameter file gives 25 and 90 uS';

/** V15: the compact model without transistor. */
export function compactRows(): readonly ValidationRow[] {
  const { currentA, kelvin } = operate(states.symmetry, 1.35, 0);
  const row = (id: string, name: string, published: number, value: number, unit: string): ValidationRow =>
    judge({ id, name, published, value, unit, tolerance: 0.01, class: 'bookkeeping', source });
  return [
    row('V15-high', 'conductance of the high-resistance state at 0.2 V', 26.5e-6, conductanceOf(states.high), 'S'),
    row('V15-symmetry', 'conductance of the symmetry point at 0.2 V', 55e-6, conductanceOf(states.symmetry), 'S'),
    row('V15-low', 'conductance of the low-resistance state at 0.2 V', 90.3e-6, conductanceOf(states.low), 'S'),
    row('V15-current', 'current at 1.35 V at the symmetry point', 303.5e-6, currentA, 'A'),
    row('V15-kelvin', 'temperature at 1.35 V at the symmetry point', 867, kelvin, 'K'),
  ];
}
