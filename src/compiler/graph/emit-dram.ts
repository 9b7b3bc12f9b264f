import { formatBytes, limits } from '../../../isa/limits.ts';
import type { ProgramBuilder } from '../../isa/builder.ts';
import { agu } from '../../isa/operands.ts';
import { loopLevels } from '../emission.ts';
import { aligned } from '../schedule.ts';
import { type GraphEmission, operandOf, type SampleMode, takeGenerator } from './graph-emission.ts';
import type { GraphSchedule } from './schedule-graph.ts';
import type { LoweredGraph, Step, StepOperation } from './steps.ts';

/** Largest transfer whose end another one can begin at. */
const mostBytes = limits.maxLength - (limits.maxLength % limits.dramUnitBytes);

/** DRAM addresses of the values that have a home there. */
export function placeHomes(
  builder: ProgramBuilder,
  { homes = new Map() }: LoweredGraph,
  { batch }: GraphSchedule,
  elementBytes: number,
): ReadonlyMap<string, number> {
  return new Map(
    [...homes].map(([name, { elements, perImage }], at) => [
      name,
      builder.dram(`home_${at + 1}`, aligned(elements * elementBytes) * (perImage ? batch : 1)),
    ]),
  );
}

/** A value to its home, or a copy of it from there. */
export function emitDram(
  emission: GraphEmission,
  step: Step,
  { kind, value, elements }: Extract<StepOperation, { kind: 'store' | 'load' }>,
  mode: SampleMode,
): void {
  const { builder, lowered, homes, format } = emission;
  const bytes = elements * formatBytes[format];
  const strides = lowered.homes!.get(value)!.perImage ? [{ level: loopLevels.image, bytes: aligned(bytes) }] : [];
  for (let at = 0; at < bytes; at += mostBytes) {
    const generator = takeGenerator(emission);
    builder.agu(generator, { space: 'dram', base: homes.get(value)! + at, strides });
    const near = operandOf(emission, kind === 'store' ? value : step.writes, mode, at / formatBytes[format]);
    const length = Math.min(mostBytes, bytes - at);
    if (kind === 'store') builder.emit('DST', { d: agu(generator), a: near, length });
    else builder.emit('DLD', { d: near, a: agu(generator), length });
  }
}
