import { inputError } from '../config/issue.ts';
import { nearestName } from '../config/nearest-name.ts';

/** Seconds of each unit; a year is the Julian year. */
const units: Readonly<Record<string, number>> = {
  ns: 1e-9,
  us: 1e-6,
  ms: 1e-3,
  s: 1,
  min: 60,
  h: 3600,
  hour: 3600,
  hours: 3600,
  day: 86400,
  days: 86400,
  week: 604800,
  weeks: 604800,
  month: 2629800,
  months: 2629800,
  year: 31557600,
  years: 31557600,
};

/** "10 years" -> 315576000. Throws InputError for anything but a non-negative number and a unit. */
export function parseDuration(text: string, file: string): number {
  const match = /^\s*(\d+(?:\.\d+)?(?:e[+-]?\d+)?)\s*([a-z]+)\s*$/i.exec(text);
  const unit = match?.[2] ?? '';
  const factor = Object.hasOwn(units, unit) ? units[unit] : undefined;
  if (match === null || factor === undefined)
    throw inputError(
      file,
      `duration "${text}"`,
      'a number and a unit such as "1 s", "12 h", "1 day" or "10 years"',
      match === null ? undefined : nearestName(match[2] ?? '', Object.keys(units)),
    );
  return Number(match[1]) * factor;
}
