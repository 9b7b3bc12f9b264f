import type { CostTable, TimingParameters } from '../chip/cost-table.ts';
import type { Region } from '../isa/program.ts';
import type { WordSource } from './controller.ts';
import { createController } from './controller.ts';
import { createDmaUnit } from './dma-unit.ts';
import type { Fabric, StartWord } from './fabric.ts';
import { createFabric } from './fabric.ts';
import { createLedger, priceLeakage, priceLedger, totalActions } from './ledger.ts';
import { createMvmUnit } from './mvm-unit.ts';
import type { Ending, TimingOutcome } from './outcome.ts';
import { createPhaseClock } from './phase-clock.ts';
import { createProgramUnit } from './program-unit.ts';
import type { UnitQueues } from './queues.ts';
import { createUnitQueues } from './queues.ts';
import type { Trace } from './trace.ts';
import type { StepStarters } from './transfer-unit.ts';
import { createTransferUnit } from './transfer-unit.ts';
import { createUpdateUnit } from './update-unit.ts';
import { createVectorUnit } from './vector-unit.ts';
import { createWriteBack } from './write-back.ts';

export interface TimingRun {
  readonly parameters: TimingParameters;
  readonly costs: CostTable;
  /** The program's regions; layers and phases of operations are indices into them. */
  readonly regions: readonly Region[];
  readonly source: WordSource;
  readonly limits?: { readonly maxEvents?: number };
  readonly trace?: Trace;
  /** Advance long uncontended reads arithmetically (same picoseconds, energy and counts). Default true. */
  readonly closedForm?: boolean;
  /** Advance loops whose iterations repeat arithmetically (same outcome but for `events`). Default true; a trace needs every word. */
  readonly replay?: boolean;
  /** Offset at which time moves into the epoch base; tests make it small. */
  readonly rebaseAtPs?: number;
}

/** Units by class of instruction. Of the tiles', each kind of work has its own; a transfer is made of the others'. */
function createStarters(fabric: Fabric, closedForm: boolean): StepStarters {
  const writeBack = createWriteBack(fabric);
  const read = createMvmUnit(fabric, closedForm);
  const program = createProgramUnit(fabric, writeBack);
  const update = createUpdateUnit(fabric, writeBack);
  const tile: StartWord = (word) => {
    const { mnemonic } = word.operation;
    if (mnemonic === 'PRG') program(word);
    else if (mnemonic === 'OPU' || mnemonic === 'PUL') update(word);
    else if (mnemonic === 'XFR') transfer(word);
    else read(word);
  };
  const starters = { tile, vector: createVectorUnit(fabric, writeBack), dma: createDmaUnit(fabric, writeBack) };
  const transfer = createTransferUnit(fabric, starters);
  return starters;
}

function useOf({ layout, resources }: Fabric): TimingOutcome['units'] {
  return layout.names.map((unit, id) => ({ unit, busyPs: resources.busyPs[id]!, operations: resources.operations[id]! }));
}

/**
 * Runs a stream of issued words through the event machine: when everything happens, what is counted, what it costs. Values never
 * depend on it. The outcome is the same with and without trace, closed form and rebasing.
 */
export function runTiming(run: TimingRun): TimingOutcome {
  const { parameters, costs, regions, source } = run;
  const maxEvents = run.limits?.maxEvents ?? Number.POSITIVE_INFINITY;
  const fabric = createFabric(parameters, run.rebaseAtPs);
  const { engine, clock } = fabric;
  const ledger = createLedger(regions.length);
  const phases = createPhaseClock();
  const queues = (): UnitQueues => unitQueues;
  const replays = (run.replay ?? true) && run.trace === undefined;
  const controller = createController({ fabric, ledger, phases, source, trace: run.trace, replays, queues });
  const starters = createStarters(fabric, run.closedForm ?? true);
  const unitQueues = createUnitQueues(fabric, starters, (word) => controller.wordEnded(word));

  controller.begin();
  const stopped = engine.run(maxEvents);
  const ending: Ending =
    controller.ending() ??
    (stopped === 'limit' ? { ended: 'limit', limit: `${maxEvents} events` } : { ended: 'deadlocked', waits: controller.waits() });
  // The last word's own controller cycle belongs to the run.
  const endPs = ending.ended === 'halted' ? clock.after(clock.atOrAfter(engine.now()), 1) : engine.now();
  const picoseconds = engine.absolute(endPs);
  return {
    ending,
    picoseconds,
    cycles: clock.cyclesAt(picoseconds),
    phasePs: phases.totals(endPs),
    dynamic: priceLedger(ledger, costs),
    leakage: priceLeakage(costs, Number(picoseconds) * 1e-12),
    units: useOf(fabric),
    operations: controller.operations(),
    replayedOperations: controller.replayed(),
    actions: totalActions(ledger),
    events: engine.handled(),
  };
}
