import type { IssuedOperation } from '../sequence/issued-operation.ts';
import type { LoopControl } from '../sequence/sequencer.ts';
import { countFetch, countWord } from './count-word.ts';
import { controllerPhase } from './engine.ts';
import type { Fabric } from './fabric.ts';
import type { InFlight } from './in-flight.ts';
import { createInFlight } from './in-flight.ts';
import { countRowDecisions, describeWaits, findObstacle, isFree, unitsOf } from './issue-rules.ts';
import type { Ledger } from './ledger.ts';
import { createLoopReplay } from './loop-replay.ts';
import { mvmTask, readsVectors } from './mvm-operands.ts';
import type { Ending } from './outcome.ts';
import type { PeerPort } from './peer-port.ts';
import { waitsForPeers } from './peer-port.ts';
import type { PhaseClock } from './phase-clock.ts';
import type { UnitQueues } from './queues.ts';
import type { SourceSums } from './running-sums.ts';
import { createRunningSums } from './running-sums.ts';
import { searchesSymmetry, symmetrySteps } from './symmetry-steps.ts';
import type { Trace } from './trace.ts';
import { recordOf } from './trace.ts';
import { transferSteps } from './transfer-steps.ts';
import type { IssuedWord, Word } from './word.ts';
import { nameWord, unitClassOf } from './word.ts';

export interface WordSource {
  /** The next word in program order; undefined after HALT or a trap. */
  next(): IssuedWord | undefined;
  /** Given by sources whose activity follows from the operation alone, whatever its addresses: their loops may be replayed. */
  readonly loops?: LoopControl | undefined;
  readonly sums?: SourceSums | undefined;
}

/** In-order issue of one word per cycle. */
export interface Controller {
  begin(): void;
  /** A word has left its units: wakes what waited for it. */
  wordEnded(word: Word): void;
  /** How the program ended; undefined while it has not. */
  ending(): Ending | undefined;
  /** Words taken from the source. */
  operations(): number;
  /** Of these, left out by loop replay. */
  replayed(): number;
  /** Sentences about every unfinished word. */
  waits(): string[];
  /** The word that waits for other controllers to say when it may go on; the engine is stopped then. */
  paused(): IssuedOperation | undefined;
  /** Looks again whether it may. */
  resume(): void;
}

export interface ControllerParts {
  readonly fabric: Fabric;
  readonly ledger: Ledger;
  readonly phases: PhaseClock;
  readonly source: WordSource;
  readonly trace: Trace | undefined;
  readonly peers?: PeerPort | undefined;
  /** Leave out iterations where the source allows it. */
  readonly replays: boolean;
  /** The queues, made after the controller. */
  readonly queues: () => UnitQueues;
}

const noSums: SourceSums = { read: () => [], add: () => undefined };

export function createController(parts: ControllerParts): Controller {
  const { fabric, ledger, phases, source, trace, peers, replays, queues } = parts;
  const { engine, clock, parameters, words } = fabric;
  const inFlight: InFlight = createInFlight();
  const freeSlots: number[] = [];
  let head: Word | undefined;
  /** Phase of the word last in the controller: its cycle may still run. */
  let headPhase = -1;
  let lastWord = -1;
  let blocked = false;
  let blockedOn: Word | undefined;
  let ending: Ending | undefined;
  let operations = 0;
  let replayed = 0;
  let rowDecisions = 0;
  let paused: IssuedOperation | undefined;
  /** Is it already going to look again? */
  let resuming = false;
  const loops = replays ? source.loops : undefined;
  const replay =
    loops && createLoopReplay(fabric, loops, inFlight, createRunningSums(fabric, ledger, phases, source.sums ?? noSums));
  engine.onRebase((delta) => {
    const shifted = head === undefined ? inFlight.words : [...inFlight.words, head];
    for (const word of shifted) {
      word.fetchedPs -= delta;
      word.issuedPs -= delta;
      word.startedPs -= delta;
    }
    phases.rebase(delta, engine.now());
  });

  function end(how: Ending): void {
    ending = how;
    engine.stop();
  }

  function turnPhase(): void {
    phases.turn(inFlight.oldest()?.operation.phase ?? headPhase, engine.now());
  }

  function leaveOutIterations(): void {
    const loop = loops?.crossed;
    if (loop === undefined || replay === undefined) return;
    const skipped = replay.atBoundary(loop, { operations, phase: phases.current(), rowDecisions });
    operations += skipped;
    replayed += skipped;
  }

  function take(): Word | undefined {
    leaveOutIterations();
    const issued = source.next();
    if (issued === undefined) return undefined;
    operations++;
    const { operation, activity } = issued;
    const now = engine.now();
    const units = unitsOf(operation, fabric);
    headPhase = operation.phase;
    lastWord = operation.word;
    return {
      operation,
      activity,
      slot: freeSlots.pop() ?? words.length,
      units,
      task: undefined,
      behind: 0,
      stuck: undefined,
      done: false,
      fetchedPs: now,
      issuedPs: now,
      startedPs: now,
    };
  }

  /** A word that occupies no unit ends with its controller cycle. */
  function endInController(word: Word, endedPs: number, baseMoved = 0n): void {
    freeSlots.push(word.slot);
    trace?.(recordOf(word, engine, fabric.layout.names, endedPs, baseMoved));
  }

  /** Nothing is in flight: time passes at once. Returns how far the engine's base moved. */
  function delay(word: Word): bigint {
    const { a, fn, phase } = word.operation;
    const picoseconds = a.kind === 'value' ? Math.round(a.value * 2 ** fn * 1e3) : Number.NaN;
    if (!(picoseconds >= 0 && picoseconds < Number.POSITIVE_INFINITY)) {
      const found = a.kind === 'value' ? a.value : a.kind;
      end({ ended: 'trapped', word: word.operation.word, reason: `delay is ${found} ns; want a finite number >= 0` });
      return 0n;
    }
    const before = engine.now();
    const baseMoved = engine.wait(BigInt(picoseconds));
    phases.wait(phase, BigInt(picoseconds), before, engine.now());
    return baseMoved;
  }

  function runInController(word: Word): void {
    const { mnemonic, a } = word.operation;
    const baseMoved = mnemonic === 'DLY' ? delay(word) : 0n;
    if (mnemonic === 'HALT') end({ ended: 'halted', exitCode: a.kind === 'value' ? a.value : 0 });
    endInController(word, nextCycle(), baseMoved);
  }

  const nextCycle = (): number => clock.after(clock.atOrAfter(engine.now()), 1);

  function issue(word: Word): void {
    const { operation } = word;
    const row = ledger.row(operation.layer, operation.phase);
    countFetch(row);
    if (unitClassOf(operation) === 'control') {
      runInController(word);
      return;
    }
    if (readsVectors(operation)) word.task = mvmTask(word, fabric.plans);
    if (operation.mnemonic === 'XFR') word.steps = transferSteps(word, fabric.plans);
    else if (searchesSymmetry(operation)) word.steps = symmetrySteps(word, fabric.plans);
    countWord(word, parameters, row);
    words[word.slot] = word;
    word.issuedPs = engine.now();
    inFlight.add(word);
    queues().enqueue(word);
  }

  /** Must the word wait for other controllers? Then it comes back when they let it go on. */
  function heldByPeers({ operation }: Word): boolean {
    if (peers === undefined || !waitsForPeers(operation)) return false;
    const until = peers.until(operation, engine.absolute());
    paused = until === undefined ? operation : undefined;
    if (until === undefined) {
      engine.stop();
      return true;
    }
    const time = clock.atOrAfter(Number(until - engine.absolute(0)));
    if (time > engine.now()) {
      engine.schedule(time, controllerPhase, stepEvent, 0, 0);
      return true;
    }
    peers.passed(operation);
    return false;
  }

  const stepEvent: number = engine.register(() => {
    resuming = false;
    for (;;) {
      head ??= take();
      if (head === undefined) {
        end({ ended: 'trapped', word: lastWord, reason: 'the program ended before HALT' });
        return;
      }
      turnPhase();
      if (replay !== undefined) rowDecisions += countRowDecisions(head.operation, inFlight);
      const obstacle = findObstacle(head, inFlight, queues());
      blocked = obstacle !== undefined;
      blockedOn = obstacle?.kind === 'word' ? obstacle.word : undefined;
      if (blocked || heldByPeers(head)) return;
      const word = head;
      head = undefined;
      if (isFree(word.operation)) {
        endInController(word, engine.now());
        continue;
      }
      issue(word);
      if (ending !== undefined) return;
      const next = nextCycle();
      if (engine.advance(next)) continue;
      engine.schedule(next, controllerPhase, stepEvent, 0, 0);
      return;
    }
  });

  return {
    begin: () => engine.schedule(engine.now(), controllerPhase, stepEvent, 0, 0),
    wordEnded(word) {
      word.done = true;
      freeSlots.push(word.slot);
      inFlight.trim();
      turnPhase();
      trace?.(recordOf(word, engine, fabric.layout.names));
      if (!blocked || (blockedOn !== undefined && blockedOn !== word)) return;
      blocked = false;
      engine.schedule(engine.now(), controllerPhase, stepEvent, 0, 0);
    },
    ending: () => ending,
    operations: () => operations,
    replayed: () => replayed,
    waits: () => [
      ...describeWaits(head, inFlight, queues(), fabric),
      ...(paused === undefined ? [] : [`${nameWord(paused)} waits for ${peers!.describe(paused)}`]),
    ],
    paused: () => paused,
    resume: () => {
      if (resuming) return;
      resuming = true;
      engine.schedule(engine.now(), controllerPhase, stepEvent, 0, 0);
    },
  };
}
