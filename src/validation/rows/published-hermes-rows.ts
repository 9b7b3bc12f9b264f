import { tileCount } from '../../chip/components/component.ts';
import { chipPreset } from '../../chip/presets.ts';
import { tileArea } from '../../chip/tile-area.ts';
import type { ValidationPorts } from '../ports.ts';
import { judge, type Measured, type ValidationRow } from '../row.ts';
import type { RowFamily } from '../row-family.ts';
import { type PublishedRun, runPublished } from '../run-published.ts';

/** Vectors of the phases of hermes-stream.oasm, shared by 64 cores. */
const [alone, short, long] = [1, 256, 512];
const core = ['crossbar', 'input-driver', 'sample-hold', 'adc', 'tile-digital', 'tile-buffer'];

/** Operations a second while the cores stream, TOPS. */
function streamTops({ seconds, macs }: PublishedRun): number {
  const perVector = (2 * macs) / (alone + short + long);
  return ((perVector * (long - short)) / (seconds.verify! - seconds.evaluate!)) * 1e-12;
}

/** Energy of one product between two streams, so that what happens once cancels, J: of the core, or of every part of the chip. */
function productJoules(run: PublishedRun, parts?: readonly string[]): number {
  const of = (phase: string): number =>
    Object.entries(run.energy(phase)).reduce((sum, [name, joules]) => (parts?.includes(name) === false ? sum : sum + joules), 0);
  return (of('verify') - of('evaluate')) / (long - short);
}

function measure(ports: ValidationPorts): readonly ValidationRow[] {
  const onePhase = chipPreset('hermes').description;
  const run = runPublished(ports, 'hermes-stream', onePhase);
  const fourPhase = runPublished(ports, 'hermes-stream', chipPreset('hermes-4phase').description);
  const source = 'Le Gallo 2023 (64 cores), Khaddam-Aljameh 2022 (core); hermes-stream.oasm';
  const exact = { unit: 'TOPS', tolerance: 2e-4, class: 'out-of-sample', source } as const;
  const band = { tolerance: 0.25, class: 'calibrated', source } as const;
  const operations = (2 * run.macs) / (alone + short + long);
  const perWatt = (joules: number): number => operations / joules / 1e12;
  const rows: readonly Measured[] = [
    {
      id: 'HERMES-tops',
      name: 'HERMES: 64 cores streaming, one-phase reads',
      published: 63.07,
      value: streamTops(run),
      ...exact,
    },
    {
      id: 'HERMES-tops-4phase',
      name: 'HERMES: the same, four-phase reads',
      published: 16.13,
      value: streamTops(fourPhase),
      ...exact,
    },
    {
      id: 'HERMES-energy',
      name: 'HERMES: energy of one product of a core',
      published: 12.5e-9,
      value: productJoules(run, core),
      unit: 'J',
      ...band,
    },
    {
      id: 'HERMES-efficiency',
      name: 'HERMES: efficiency of the chip streaming, one-phase',
      published: 9.76,
      value: perWatt(productJoules(run)),
      unit: 'TOPS/W',
      ...band,
    },
    {
      id: 'HERMES-efficiency-4phase',
      name: 'HERMES: efficiency of the chip streaming, four-phase',
      published: 2.48,
      value: perWatt(productJoules(fourPhase)),
      unit: 'TOPS/W',
      ...band,
    },
    { id: 'HERMES-area', name: 'HERMES: area of a core', published: 0.634e-6, value: tileArea(onePhase), unit: 'm2', ...band },
  ];
  if (tileCount(onePhase) !== 64) throw new RangeError(`hermes has ${tileCount(onePhase)} tiles; want 64`);
  return rows.map(judge);
}

export const publishedHermesRows: RowFamily = { name: 'HERMES rebuilt', ids: ['HERMES'], measure };
