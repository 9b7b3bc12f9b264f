import type { ChipDescription } from '../chip/description.ts';
import type { CellModel } from '../device/cell-model.ts';
import type { Program } from '../isa/program.ts';
import type { Kernels } from '../numeric/kernels.ts';
import type { Activity } from '../sequence/activity.ts';
import type { IssuedOperation } from '../sequence/issued-operation.ts';
import type { Peers } from '../sequence/message-box.ts';
import type { DramImage } from './dram.ts';
import type { Scratchpad } from './memory.ts';
import type { GroupState } from './state.ts';

/** Counters a program can read and reset. */
export interface Specials {
  loss: number;
  hits: number;
  count: number;
  saturations: number;
  retries: number;
  pulses: number;
  nonzeros: number;
}

/** What LOSS had counted when an evaluation region ended or was marked. */
export interface EvaluationResult {
  /** Region id of the program. */
  readonly region: number;
  readonly loss: number;
  readonly hits: number;
  readonly count: number;
  /** Device age (s) that DLY.AGE had reached. */
  readonly ageSeconds: number;
}

/** Everything the instructions of one machine share. */
export interface MachineContext {
  readonly chip: ChipDescription;
  readonly device: CellModel;
  readonly kernels: Kernels;
  readonly program: Program;
  /** Key of per-read noise and stochastic rounding. */
  readonly seed: number;
  /** Key of everything that belongs to this chip instance: cells and converters. */
  readonly chipSeed: number;
  readonly scratchpad: Scratchpad;
  readonly dram: DramImage;
  readonly groups: Map<number, GroupState>;
  readonly specials: Specials;
  readonly results: EvaluationResult[];
  /** Absent for a program that runs alone. */
  readonly peers?: Peers;
  ageSeconds: number;
}

/** One instruction's values. Throws Trap. */
export type Handler = (context: MachineContext, op: IssuedOperation) => Activity;
