import type { CostTable, TimingParameters } from '../chip/cost-table.ts';
import type { Region } from '../isa/program.ts';
import type { Controller, WordSource } from './controller.ts';
import { createController } from './controller.ts';
import { createDmaUnit } from './dma-unit.ts';
import type { DramPort } from './dram-port.ts';
import type { Fabric, StartWord } from './fabric.ts';
import { createFabric } from './fabric.ts';
import { createLedger, priceLeakage, priceLedger, totalActions } from './ledger.ts';
import { createMessageUnit } from './message-unit.ts';
import { createMvmUnit } from './mvm-unit.ts';
import type { Ending, TimingOutcome } from './outcome.ts';
import type { PeerPort } from './peer-port.ts';
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
  /** The other controllers of the run; absent when there are none. No time is leapt over then. */
  readonly peers?: PeerPort;
  /** The port of a DRAM that other chips use too; absent: the chip has one of its own. */
  readonly dramPort?: DramPort;
  /** Advance long uncontended reads arithmetically (same picoseconds, energy and counts). Default true. */
  readonly closedForm?: boolean;
  /** Advance loops whose iterations repeat arithmetically (same outcome but for `events`). Default true; a trace needs every word. */
  readonly replay?: boolean;
  /** Offset at which time moves into the epoch base; tests make it small. */
  readonly rebaseAtPs?: number;
}

/** Units by class of instruction. Of the tiles', each kind of work has its own; a transfer is made of the others'. */
function createStarters(
  fabric: Fabric,
  closedForm: boolean,
  peers: PeerPort | undefined,
): StepStarters & { readonly noc: StartWord } {
  const writeBack = createWriteBack(fabric);
  const read = createMvmUnit(fabric, closedForm);
  const program = createProgramUnit(fabric, writeBack);
  const update = createUpdateUnit(fabric, writeBack);
  const tile: StartWord = (word) => {
    const { mnemonic } = word.operation;
    if (mnemonic === 'PRG') program(word);
    else if (mnemonic === 'OPU' || mnemonic === 'PUL') update(word);
    else if (word.steps !== undefined) transfer(word);
    else read(word);
  };
  const starters = { tile, vector: createVectorUnit(fabric, writeBack), dma: createDmaUnit(fabric, writeBack) };
  const transfer = createTransferUnit(fabric, starters);
  return { ...starters, noc: createMessageUnit(fabric, writeBack, peers) };
}

function useOf({ layout, resources }: Fabric): TimingOutcome['units'] {
  return layout.names.map((unit, id) => ({ unit, busyPs: resources.busyPs[id]!, operations: resources.operations[id]! }));
}

/** A chip in time, one stretch of events after the other. */
export interface TimedChip {
  /** Handles events until none is left ('dry'), the controller stops the engine, or so many were handled in all. */
  advance(maxEvents: number): 'dry' | 'stopped' | 'limit';
  /** Events handled so far. */
  handled(): number;
  /** When the next event is due, absolute ps; undefined when none is pending. */
  nextTime(): bigint | undefined;
  readonly controller: Controller;
  /** What came of it, `otherwise` being how it ended if the program did not end. */
  outcome(otherwise: Ending): TimingOutcome;
}

/** Sets up the event machine for a stream of issued words, its controller about to begin. */
export function startTiming(run: TimingRun): TimedChip {
  const { parameters, costs, regions, source, peers } = run;
  const fabric = createFabric(parameters, run.rebaseAtPs, peers !== undefined, run.dramPort);
  const { engine, clock } = fabric;
  const ledger = createLedger(regions.length);
  const phases = createPhaseClock();
  const queues = (): UnitQueues => unitQueues;
  const replays = (run.replay ?? true) && run.trace === undefined && peers === undefined;
  const controller = createController({ fabric, ledger, phases, source, trace: run.trace, peers, replays, queues });
  const starters = createStarters(fabric, (run.closedForm ?? true) && peers === undefined, peers);
  const unitQueues = createUnitQueues(fabric, starters, (word) => controller.wordEnded(word));
  controller.begin();
  return {
    advance: (maxEvents) => engine.run(maxEvents),
    handled: () => engine.handled(),
    nextTime: () => engine.nextTime(),
    controller,
    outcome(otherwise) {
      const ending = controller.ending() ?? otherwise;
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
    },
  };
}

/**
 * Runs a stream of issued words through the event machine: when everything happens, what is counted, what it costs. Values never
 * depend on it. The outcome is the same with and without trace, closed form and rebasing.
 */
export function runTiming(run: TimingRun): TimingOutcome {
  const maxEvents = run.limits?.maxEvents ?? Number.POSITIVE_INFINITY;
  const chip = startTiming(run);
  const stopped = chip.advance(maxEvents);
  return chip.outcome(
    stopped === 'limit'
      ? { ended: 'limit', limit: `${maxEvents} events` }
      : { ended: 'deadlocked', waits: chip.controller.waits() },
  );
}
