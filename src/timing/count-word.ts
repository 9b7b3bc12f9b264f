import type { TimingParameters } from '../chip/cost-table.ts';
import type { IssuedOperation } from '../sequence/issued-operation.ts';
import { dramBytes, dramTraffic } from './dma-unit.ts';
import type { LedgerRow } from './ledger.ts';
import { actionIndex, chargeCells } from './ledger.ts';
import type { MvmTask } from './mvm-task.ts';
import { programTraffic } from './program-unit.ts';
import type { Traffic } from './routes.ts';
import { accessesOf } from './scratchpad-ports.ts';
import { outerPlan, pulsePlan } from './update-plan.ts';
import { groupOf, vectorWork } from './vector-work.ts';
import { windowAccesses } from './window-segments.ts';
import type { Word, WordStep } from './word.ts';
import { unitClassOf } from './word.ts';

const rowDrive = actionIndex('crossbar.row-drive');
const columnCharge = actionIndex('crossbar.column-charge');
const rowRead = actionIndex('input-driver.row-read');
const sample = actionIndex('sample-hold.sample');
const convert = actionIndex('adc.convert');
const column = actionIndex('tile-digital.column');
const bufferAccess = actionIndex('tile-buffer.access');
const accumulate = actionIndex('accumulator.add');
const spmRead = actionIndex('scratchpad.read');
const spmWrite = actionIndex('scratchpad.write');
const flitHop = actionIndex('noc.flit-hop');
const flitWire = actionIndex('noc.flit-wire');
const dramByte = actionIndex('dram.byte');
const trainBit = actionIndex('train-generator.bit');
const trainPulse = actionIndex('train-generator.pulse');
const fetch = actionIndex('controller.fetch');
const decode = actionIndex('controller.decode');
const vectorActions = {
  add: actionIndex('vector-unit.add'),
  multiply: actionIndex('vector-unit.multiply'),
  mac: actionIndex('vector-unit.mac'),
  table: actionIndex('vector-unit.table'),
  move: actionIndex('vector-unit.move'),
} as const;

/** One word fetched and decoded. */
export function countFetch({ counts }: LedgerRow): void {
  counts[fetch]!++;
  counts[decode]!++;
}

/** `times` packets of the same traffic. */
function countTraffic({ counts }: LedgerRow, { hops, wire }: Traffic, times = 1): void {
  counts[flitHop]! += times * hops;
  counts[flitWire]! += times * wire;
}

/** Scratchpad traffic of the dense boxes. */
function countBoxes(word: Word, widthBytes: number, { counts }: LedgerRow): void {
  for (const { space, from, to } of word.operation.reads)
    if (space === 'spm') counts[spmRead]! += accessesOf(to - from, widthBytes);
  for (const { space, from, to } of word.operation.writes)
    if (space === 'spm') counts[spmWrite]! += accessesOf(to - from, widthBytes);
}

/** Scratchpad traffic of input slices and output vectors. */
function countVectorTraffic(task: MvmTask, widthBytes: number, { counts }: LedgerRow): void {
  const { source, vectors, outputBytes } = task;
  for (let at = 0; at < task.lanesPerReplica; at++) {
    const { inputBytes, inputOffset } = task.plan.lanes[at]!;
    if (source.kind === 'dense') counts[spmRead]! += vectors * accessesOf(inputBytes, widthBytes);
    if (source.kind === 'window') {
      const { window, elementBytes } = source;
      counts[spmRead]! += vectors * windowAccesses(window, elementBytes, inputOffset, inputOffset + inputBytes, widthBytes);
    }
  }
  if (task.accumulates) counts[spmRead]! += vectors * accessesOf(outputBytes, widthBytes);
  const written = task.outputAddress === undefined ? 0 : task.writesOnce ? 1 : vectors;
  counts[spmWrite]! += written * accessesOf(outputBytes, widthBytes);
}

/** Reads of vectors. A one-hot read drives one line of every tile of its block. */
function countReads(word: Word, task: MvmTask, parameters: TimingParameters, row: LedgerRow): void {
  const { counts } = row;
  const { plan, vectors, replicas } = task;
  const oneHot = word.operation.mnemonic === 'RDV';
  let attempts = vectors * task.reads;
  for (const retries of word.activity.retries ?? []) attempts += retries;
  const passes = attempts * parameters.passes;
  for (let at = 0; at < replicas * task.lanesPerReplica; at++) {
    const lane = plan.lanes[at]!;
    const share = Math.ceil((vectors - lane.replica) / replicas);
    countTraffic(row, task.source.kind === 'none' ? lane.commandTraffic : lane.outwardTraffic, share);
    countTraffic(row, lane.homewardTraffic, share);
    counts[bufferAccess]! += share * lane.bufferAccesses;
    if (lane.replica > 0) continue;
    const driven = oneHot ? lane.homeward.length : lane.linesDriven;
    counts[rowDrive]! += driven * passes;
    counts[rowRead]! += driven * passes;
    counts[columnCharge]! += lane.linesConverted * passes;
    counts[sample]! += lane.linesConverted * passes;
    counts[convert]! += lane.linesConverted * passes;
    counts[column]! += lane.linesConverted * passes;
  }
  counts[accumulate]! += vectors * plan.outputs * (task.lanesPerReplica - 1 + (task.accumulates ? 1 : 0));
  countVectorTraffic(task, parameters.spmWidthBytes, row);
}

/** Reads before first pulses drive a row, steps drive it to pulse and to verify; every cell read is one conversion. */
function countVerify({ activity }: Word, { counts }: LedgerRow): void {
  let [steps, first] = [0, 0];
  for (const tileSteps of activity.programSteps ?? []) steps += Math.ceil(tileSteps);
  for (const tileReads of activity.programReads ?? []) first += Math.ceil(tileReads);
  const reads = Math.round(activity.verifyReads);
  counts[rowDrive]! += 2 * steps + first;
  counts[rowRead]! += steps + first;
  counts[sample]! += reads;
  counts[convert]! += reads;
  counts[column]! += reads;
}

/** Operands of an update on their way to the tiles. */
function countUpdate(word: Word, parameters: TimingParameters, row: LedgerRow): void {
  const { operation } = word;
  const outer = operation.mnemonic === 'OPU';
  const plan = outer
    ? outerPlan(operation, groupOf(operation), parameters)
    : pulsePlan(operation, groupOf(operation), parameters);
  const { rowBytes, columnBytes, traffic, bufferAccesses } = plan;
  const vectors = outer ? operation.length : 1;
  countTraffic(row, traffic, vectors);
  row.counts[bufferAccess]! += vectors * bufferAccesses;
  const width = parameters.spmWidthBytes;
  if (outer) row.counts[spmRead]! += vectors * (accessesOf(rowBytes, width) + accessesOf(columnBytes, width));
  else countBoxes(word, width, row);
  countVerify(word, row);
}

/** Program-and-verify and the way of the target weights. */
function countProgram(word: Word, parameters: TimingParameters, row: LedgerRow): void {
  const { operation } = word;
  const { counts } = row;
  countVerify(word, row);
  counts[dramByte]! += dramBytes(operation);
  countTraffic(row, programTraffic(operation, parameters));
}

/** Steps have no steps of their own. Those of one operation count alike: what they differ in is how long they take. */
function countSteps(
  { steps: _, ...whole }: Word,
  steps: readonly WordStep[],
  parameters: TimingParameters,
  row: LedgerRow,
): void {
  const times = new Map<IssuedOperation, { readonly step: WordStep; count: number }>();
  for (const step of steps) {
    const known = times.get(step.operation);
    if (known === undefined) times.set(step.operation, { step, count: 1 });
    else known.count++;
  }
  const once = { ...row, counts: new Float64Array(row.counts.length) };
  for (const { step, count } of times.values()) {
    once.counts.fill(0);
    countWord({ ...whole, ...step }, parameters, once);
    for (let action = 0; action < once.counts.length; action++) row.counts[action]! += count * once.counts[action]!;
  }
}

/**
 * Charges a word's actions and the heat of its cells. They follow from the word and its activity alone: what is counted never
 * depends on when it happens.
 */
export function countWord(word: Word, parameters: TimingParameters, row: LedgerRow): void {
  const { operation, activity } = word;
  switch (unitClassOf(operation)) {
    case 'control':
      break;
    case 'noc':
      countBoxes(word, parameters.spmWidthBytes, row);
      break;
    case 'dma':
      countBoxes(word, parameters.spmWidthBytes, row);
      row.counts[dramByte]! += dramBytes(operation);
      break;
    case 'vector': {
      countBoxes(word, parameters.spmWidthBytes, row);
      row.counts[dramByte]! += dramTraffic(operation);
      const { elements, actions } = vectorWork(operation, parameters);
      for (const action of actions) row.counts[vectorActions[action]]! += elements;
      break;
    }
    case 'tile':
      if (word.task !== undefined) countReads(word, word.task, parameters, row);
      else if (word.steps !== undefined) countSteps(word, word.steps, parameters, row);
      else if (operation.mnemonic === 'OPU' || operation.mnemonic === 'PUL') countUpdate(word, parameters, row);
      else {
        countBoxes(word, parameters.spmWidthBytes, row);
        countProgram(word, parameters, row);
      }
      row.counts[trainBit]! += Math.round(activity.trainBits);
      row.counts[trainPulse]! += Math.round(activity.linePulses);
      chargeCells(row, activity.readJoules);
      chargeCells(row, activity.pulseJoules);
  }
}
