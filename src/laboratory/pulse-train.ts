import { InputError, type Issue } from '../config/issue.ts';
import { nearestName } from '../config/nearest-name.ts';

/** One measured pulse: where the cell was and where it went, uS. */
export interface MeasuredPulse {
  readonly device: string;
  readonly up: boolean;
  readonly before: number;
  readonly after: number;
}

const directions: Readonly<Record<string, boolean>> = {
  up: true,
  set: true,
  '1': true,
  '+1': true,
  down: false,
  reset: false,
  '-1': false,
};
const conductances: Readonly<Record<string, number>> = { conductance_us: 1, conductance_s: 1e6 };
const wanted = ['device', 'direction', 'conductance_uS'];

/**
 * Reads measured pulse trains: a header with `device`, `direction` (up or down) and `conductance_uS` (or `conductance_S`), then a line for
 * each pulse in the order applied, with the conductance after it. The first line of a device says where it starts.
 * Throws InputError with every mistake as file:line.
 */
export function parsePulses(text: string, file: string): readonly MeasuredPulse[] {
  const lines = text.replace(/^\uFEFF/, '').split(/\r?\n/);
  const header = (lines[0] ?? '').split(',').map((name) => name.trim().toLowerCase());
  const at = { device: header.indexOf('device'), direction: header.indexOf('direction') };
  const conductance = header.findIndex((name) => Object.hasOwn(conductances, name));
  const issues: Issue[] = [];
  const blame = (line: number, found: string, expected: string, nearest?: string): void => {
    if (issues.length < 20) issues.push({ file, line, found, expected, ...(nearest === undefined ? {} : { nearest }) });
  };
  for (const [name, column] of [...Object.entries(at), ['conductance_uS', conductance] as const]) {
    if (column >= 0) continue;
    const near = header.find((candidate) => nearestName(candidate, wanted) === name);
    blame(1, `columns ${header.join(', ')}`, `a column ${name}`, near === undefined ? undefined : name);
  }
  if (issues.length > 0) throw new InputError(issues);
  const unit = conductances[header[conductance]!]!;
  const last = new Map<string, number>();
  const pulses: MeasuredPulse[] = [];
  for (const [index, line] of lines.entries()) {
    if (index === 0 || line.trim() === '') continue;
    const fields = line.split(',').map((field) => field.trim());
    const device = fields[at.device] ?? '';
    const value = fields[conductance] ?? '';
    const after = Number(value) * unit;
    const direction = (fields[at.direction] ?? '').toLowerCase();
    if (device === '') blame(index + 1, 'no device', 'the name of a device');
    if (value === '' || !Number.isFinite(after) || after < 0) blame(index + 1, `conductance "${value}"`, 'a number >= 0');
    const before = last.get(device);
    const up = Object.hasOwn(directions, direction) ? directions[direction] : undefined;
    if (before !== undefined && up === undefined) blame(index + 1, `direction "${direction}"`, 'up or down');
    if (before !== undefined && up !== undefined) pulses.push({ device, up, before, after });
    last.set(device, after);
  }
  if (issues.length > 0) throw new InputError(issues);
  for (const up of [true, false]) {
    const found = pulses.filter((pulse) => pulse.up === up).length;
    if (found < 20) blame(1, `${found} pulses ${up ? 'up' : 'down'}`, 'at least 20, after the first line of each device');
  }
  if (issues.length > 0) throw new InputError(issues);
  return pulses;
}
