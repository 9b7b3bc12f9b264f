import { costTableOf } from '../../chip/cost-table-of.ts';
import type { ChipDescription } from '../../chip/description.ts';
import { chipPreset } from '../../chip/presets.ts';
import { timingParameters } from '../../chip/timing-parameters.ts';
import { varyChip } from '../../chip/vary.ts';
import { deviceNamed } from '../../device/devices.ts';
import { assemble } from '../../isa/assemble.ts';
import type { Program } from '../../isa/program.ts';
import { phaseEnergy, timeByPhase } from '../../simulate/energy-report.ts';
import { type InstanceRun, runInstance } from '../../simulate/run-instance.ts';
import type { TimingOutcome } from '../../timing/outcome.ts';
import type { ValidationPorts } from '../ports.ts';
import { judge, type ValidationRow } from '../row.ts';
import type { RowFamily } from '../row-family.ts';

/** Exactly the settings of the published arithmetic: no access resistance, the overhead factor on everything. */
const published = ['tile.array.accessOhm=0 ohm', 'overhead.appliesTo=everything'];

/** Rows of the cost model of one tile MVM. Data movement beyond the tile's own buffers is not in the published sum. */
const tileComponents = ['crossbar', 'input-driver', 'sample-hold', 'adc', 'tile-digital', 'tile-buffer'];

interface TileMvm {
  readonly joules: number;
  readonly seconds: number;
}

/** Runs tile-mvm-*.oasm: one MVM, all cells at mid-window, mean |x| a quarter of full scale. */
function runTileMvm(chip: ChipDescription, program: Program): TileMvm {
  const device = deviceNamed(chip.device);
  const input = {
    program,
    chip,
    device,
    fidelity: 'full',
    seed: 1,
    chipSeed: 1,
    declared: [],
    costs: costTableOf(chip),
  } as const;
  const parameters = timingParameters(chip, device);
  const timing = timingOf(runInstance({ ...input, parameters }));
  // The published latency is read and conversion only: what is left when the same word runs with an array that takes no time.
  const moving = timingOf(runInstance({ ...input, parameters: { ...parameters, readPs: 0, conversionPs: 0 } }));
  const forward = phaseEnergy({ ...timing, leakage: [] }, program.regions, 'forward');
  const joules = tileComponents.reduce((sum, component) => sum + (forward.byComponent[component] ?? 0), 0);
  const seconds = (run: TimingOutcome): number => timeByPhase(run, program.regions).forward ?? Number.NaN;
  return { joules, seconds: seconds(timing) - seconds(moving) };
}

function timingOf({ timing, ending }: InstanceRun): TimingOutcome {
  if (timing === undefined || ending.ended !== 'halted') throw new RangeError(`the tile MVM ended ${ending.ended}; want halted`);
  return timing;
}

function rowsOf(
  ports: ValidationPorts,
  id: string,
  preset: string,
  source: string,
  energy: number,
  latency: number,
): readonly ValidationRow[] {
  const path = `${ports.workloads}/programs/tile-mvm-${id.toLowerCase()}.oasm`;
  const program = assemble(new TextDecoder().decode(ports.files.read(path)), path);
  const base = chipPreset(preset);
  const exact = runTileMvm(varyChip(base, published).chip.description, program);
  const shipped = runTileMvm(base.description, program);
  const row = (suffix: string, name: string, target: number, value: number, unit: string, informative = false): ValidationRow =>
    judge({
      id: `${id}-${suffix}`,
      name,
      published: target,
      value,
      unit,
      tolerance: 0.02,
      class: 'bookkeeping',
      source,
      informative,
    });
  return [
    row('energy', `${preset}: energy of one tile MVM, published settings`, energy, exact.joules, 'J'),
    row('latency', `${preset}: latency of one tile MVM, published settings`, latency, exact.seconds, 's'),
    row(
      'energy-as-shipped',
      `${preset}: the same as shipped (access resistance on, overhead on CMOS only)`,
      energy,
      shipped.joules,
      'J',
      true,
    ),
    row('latency-as-shipped', `${preset}: latency as shipped`, latency, shipped.seconds, 's', true),
  ];
}

export const tileBookkeepingRows: RowFamily = {
  name: 'energy and latency of one tile MVM',
  ids: ['P130', 'P14'],
  measure: (ports) => [
    ...rowsOf(ports, 'P130', 'cmo-130nm', 'component sum at G = 48.6 uS, mean |x| = 0.25, differential pair', 13.5e-9, 664e-9),
    ...rowsOf(ports, 'P14', 'cmo-14nm', 'component sum at G = 48.6 uS, mean |x| = 0.25, differential pair', 19.4e-9, 140e-9),
  ],
};
