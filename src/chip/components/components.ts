import type { ChipPath } from '../chip-path.ts';
import type { Parameter } from '../parameter.ts';
import { accumulator } from './accumulator.ts';
import { adc } from './adc.ts';
import { array } from './array.ts';
import { buffer } from './buffer.ts';
import { calibration } from './calibration.ts';
import { clock } from './clock.ts';
import type { Component, CostModel } from './component.ts';
import { controller } from './controller.ts';
import { digital } from './digital.ts';
import { dma, dram } from './dram.ts';
import { grid, mapping } from './grid.ts';
import { host } from './host.ts';
import { input } from './input.ts';
import { noc } from './noc.ts';
import { overhead } from './overhead.ts';
import { sampleHold } from './sample-hold.ts';
import { scratchpad } from './scratchpad.ts';
import { identity, technology } from './technology.ts';
import { train } from './train.ts';
import { vector } from './vector.ts';

/** Every block of the chip, in the order in which standard values are worked out. */
export const components: readonly Component[] = [
  identity,
  technology,
  clock,
  overhead,
  grid,
  mapping,
  array,
  input,
  sampleHold,
  adc,
  digital,
  buffer,
  train,
  scratchpad,
  vector,
  accumulator,
  noc,
  dma,
  dram,
  host,
  controller,
  calibration,
];

/** Every parameter of a chip; the type says that none is missing. Standard values only look at parameters before their own. */
export const parameters = {
  ...identity.parameters,
  ...technology.parameters,
  ...clock.parameters,
  ...overhead.parameters,
  ...grid.parameters,
  ...mapping.parameters,
  ...array.parameters,
  ...input.parameters,
  ...adc.parameters,
  ...sampleHold.parameters,
  ...digital.parameters,
  ...buffer.parameters,
  ...train.parameters,
  ...scratchpad.parameters,
  ...vector.parameters,
  ...accumulator.parameters,
  ...noc.parameters,
  ...dma.parameters,
  ...dram.parameters,
  ...host.parameters,
  ...controller.parameters,
  ...calibration.parameters,
} as const satisfies Readonly<Record<ChipPath, Parameter>>;

export const chipPaths = Object.keys(parameters) as readonly ChipPath[];
export const parameterAt = (path: ChipPath): Parameter => parameters[path];

/** The components that cost something, with their models. */
export const costModels: readonly CostModel[] = components.flatMap(({ cost }) => (cost === undefined ? [] : [cost]));
