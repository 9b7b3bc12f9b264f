import type { Mnemonic } from '../../isa/instructions.ts';
import { type Activity, idleActivity } from '../sequence/activity.ts';
import type { IssuedOperation } from '../sequence/issued-operation.ts';
import { activate } from './activation.ts';
import { calibrate } from './calibrate.ts';
import type { Handler, MachineContext } from './context.ts';
import { accumulate, emitPulses } from './digital-accumulate.ts';
import { loadFromDram, storeToDram } from './dma.ts';
import { lossOperation } from './loss.ts';
import { delay, markRegion } from './mark.ts';
import { matrixProduct } from './matrix-product.ts';
import { receiveMessage, sendMessage } from './messages.ts';
import { move } from './move.ts';
import { mvm, mvt } from './mvm.ts';
import { outerUpdate } from './outer-update.ts';
import { pool } from './pool.ts';
import { programGroup } from './program-cells.ts';
import { pulseLines } from './pulse-lines.ts';
import { quantiseOperation } from './quantise-op.ts';
import { readWeights } from './read-weights.ts';
import { reduce } from './reduce.ts';
import { transfer } from './transfer.ts';
import { vectorOperation } from './vector-ops.ts';

/** Control words are resolved by the sequencer and mean nothing to values. */
const nothing: Handler = () => idleActivity;

/** What each instruction does to values: one row per row of the table, so that a new instruction does not compile without. */
const handlers: Readonly<Record<Mnemonic, Handler>> = {
  NOP: nothing,
  HALT: nothing,
  SETC: nothing,
  SETR: nothing,
  LOOP: nothing,
  BR: nothing,
  AGU: nothing,
  WIN: nothing,
  GRP: nothing,
  FENCE: nothing,
  BAR: nothing,
  MARK: markRegion,
  DLY: delay,
  DLD: loadFromDram,
  DST: storeToDram,
  MOV: move,
  SEND: sendMessage,
  RECV: receiveMessage,
  MVM: mvm,
  MVT: mvt,
  OPU: outerUpdate,
  PUL: pulseLines,
  PRG: programGroup,
  RDV: readWeights,
  XFR: transfer,
  CAL: calibrate,
  VEC: vectorOperation,
  ACT: activate,
  RED: reduce,
  POOL: pool,
  LOSS: lossOperation,
  QNT: quantiseOperation,
  OPD: accumulate,
  THA: emitPulses,
  MMD: matrixProduct,
};

/** Carries out one instruction's values. Throws Trap. */
export const dispatch = (context: MachineContext, op: IssuedOperation): Activity => handlers[op.mnemonic](context, op);
