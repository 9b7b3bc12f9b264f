import { type Band, bandsOf } from '../chip/bands.ts';
import type { ChipPath } from '../chip/chip-path.ts';
import type { Chip } from '../chip/chip-source.ts';
import { varyChip } from '../chip/vary.ts';
import { InputError } from '../config/issue.ts';
import { compileFor, type MeasurePorts, runWorkload, sharedReference, type Workload } from './measure-chip.ts';
import { silentProgress } from './progress.ts';
import type { Report } from './report.ts';
import { resolveChip } from './resolve-chip.ts';

/** What a run is judged by: per sample where samples were evaluated. SI; accuracy only when values were computed. */
export interface Figures {
  readonly energy: number;
  readonly seconds: number;
  readonly area: number;
  readonly accuracy?: number;
}

export interface Swing {
  readonly band: Band;
  /** Figures with the value at the low and the high end; undefined when that end breaks a rule of the chip. */
  readonly low?: Figures;
  readonly high?: Figures;
}

export interface Sensitivity {
  readonly chip: string;
  readonly base: Figures;
  /** Largest effect on energy first. */
  readonly swings: readonly Swing[];
}

/** Values that decide how a network is mapped: with another one it is compiled anew. */
const structural: readonly string[] = ['tile.rows', 'tile.columns', 'grid', 'mapping', 'scratchpad.bytes', 'vector'];
const isStructural = (path: ChipPath): boolean => structural.some((start) => path === start || path.startsWith(`${start}.`));

const figuresOf = ({ energy, time, area, accuracy }: Report): Figures => ({
  energy: energy?.perSample?.total ?? energy?.total ?? 0,
  seconds: time?.secondsPerSample ?? time?.seconds ?? 0,
  area: area.total,
  ...(accuracy === undefined ? {} : { accuracy: accuracy.simulated }),
});

/** Largest relative change of energy at either end. */
const energySwing = (base: Figures, { low, high }: Swing): number =>
  Math.max(...[low, high].map((end) => (end === undefined ? 0 : Math.abs(end.energy / base.energy - 1))));

/**
 * Moves every assumed number and every cost model of a chip to the ends of its band, one at a time, and runs the same network.
 * An end that breaks a rule of the chip, or on which the network does not fit, is left out.
 */
export function sensitivityOf(name: string, settings: readonly string[], workload: Workload, given: MeasurePorts): Sensitivity {
  const ports = { ...given, shared: sharedReference() };
  const quiet = { ...ports, progress: silentProgress };
  const { source: chip } = resolveChip(name, settings, ports.files);
  const withSettings = { ...workload, options: { ...workload.options, set: settings } };
  const program = compileFor(withSettings, name, ports);
  const base = figuresOf(runWorkload(program, workload, ports));

  const figuresAt = (varied: Chip, path: ChipPath, setting: string): Figures => {
    if (!isStructural(path)) return figuresOf(runWorkload(program, workload, quiet, varied));
    const anew = { ...workload, options: { ...workload.options, set: [...settings, setting] } };
    return figuresOf(runWorkload(compileFor(anew, name, quiet), workload, quiet));
  };
  const end = (path: ChipPath, value: string): Figures | undefined => {
    const setting = `${path}=${value}`;
    try {
      return figuresAt(varyChip(chip, [setting]).chip, path, setting);
    } catch (error) {
      if (error instanceof InputError) return undefined;
      throw error;
    }
  };

  const bands = bandsOf(chip);
  const stage = ports.progress.stage('vary the assumptions', bands.length);
  const swings = bands.map((band, index): Swing => {
    const [low, high] = [end(band.path, band.low), end(band.path, band.high)];
    stage.update(index + 1, band.path);
    return { band, ...(low === undefined ? {} : { low }), ...(high === undefined ? {} : { high }) };
  });
  stage.done();
  return { chip: name, base, swings: swings.sort((left, right) => energySwing(base, right) - energySwing(base, left)) };
}
