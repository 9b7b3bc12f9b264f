import { formatBytes } from '../../isa/limits.ts';
import type { Fabric, StartWord } from './fabric.ts';
import type { UpdatePlan } from './update-plan.ts';
import { outerPlan, pulsePlan } from './update-plan.ts';
import { visitWindowSegments } from './window-segments.ts';
import type { Word } from './word.ts';
import type { WriteBack } from './write-back.ts';
import { readOperands } from './write-back.ts';

/** An outer product whose vectors go to the tiles one after the other. */
interface RunningUpdate {
  readonly word: Word;
  readonly plan: UpdatePlan;
  /** Vectors fetched, and when the tiles are done with their pulses. */
  fetched: number;
  pulsedPs: number;
}

/**
 * Parallel and row-serial updates (OPU, PUL). Of an outer product, the operands of the next vector are fetched while the pulses of
 * one are applied: per vector set-up, then its pulse slots, each a pulse and a pause, all tiles of the group at once.
 */
export function createUpdateUnit(fabric: Fabric, writeBack: WriteBack): StartWord {
  const { engine, clock, parameters, network, scratchpad } = fabric;
  const slotPs = parameters.pulsePs + parameters.gapPs;
  const running: (RunningUpdate | undefined)[] = [];
  engine.onRebase((delta) => {
    for (const entry of running) if (entry !== undefined) entry.pulsedPs -= delta;
  });
  fabric.jobs.push(({ slot }, into) => {
    const entry = running[slot];
    if (entry !== undefined) into.push(entry.fetched, Math.max(0, entry.pulsedPs - engine.now()));
  });

  /** Sends what the tiles need, from `at` on; returns when the last tile has it in its buffer. */
  function send({ packets, bufferCycles }: UpdatePlan, at: number): number {
    let arrived = at;
    for (const packet of packets) arrived = Math.max(arrived, network.send(packet, at));
    return clock.after(arrived, bufferCycles);
  }

  const pulsesEnd = (start: number, slots: number): number =>
    slots === 0 ? start : clock.atOrAfter(start + parameters.updateSetupPs + slots * slotPs);

  function readVectors({ operation }: Word, { rowBytes, columnBytes }: UpdatePlan, vector: number): number {
    const now = engine.now();
    const { a, b } = operation;
    let done = now;
    if (a.kind === 'spm') done = scratchpad.read(a.address + vector * rowBytes, rowBytes, now);
    if (a.kind === 'window') {
      const element = formatBytes[operation.group!.csrs.inFormat];
      visitWindowSegments(a.window, element, vector, 0, rowBytes, (address, bytes) => {
        done = Math.max(done, scratchpad.read(address, bytes, now));
      });
    }
    return b.kind === 'spm' ? Math.max(done, scratchpad.read(b.address + vector * columnBytes, columnBytes, now)) : done;
  }

  const vectorEvent = engine.register((slot) => {
    const entry = running[slot]!;
    const { word, plan } = entry;
    const { operation, activity } = word;
    const vector = entry.fetched++;
    const ready = send(plan, readVectors(word, plan, vector));
    const start = Math.max(ready, entry.pulsedPs);
    entry.pulsedPs = pulsesEnd(start, activity.pulseSlots?.[vector] ?? 0);
    if (entry.fetched < operation.length) {
      engine.schedule(start, operation.sequence, vectorEvent, slot, 0);
      return;
    }
    running[slot] = undefined;
    fabric.finish(word, entry.pulsedPs);
  });

  const countsEvent = engine.register((slot) => {
    const word = fabric.words[slot]!;
    const { operation, activity } = word;
    const ready = send(pulsePlan(operation, operation.group!, parameters), engine.now());
    const steps = Math.ceil(Math.max(0, ...(activity.programSteps ?? [])));
    const reads = Math.max(0, ...(activity.programReads ?? []));
    const verified = clock.atOrAfter(ready + steps * (parameters.pulsePs + parameters.verifyPs) + reads * parameters.verifyPs);
    writeBack(word, pulsesEnd(verified, activity.pulseSlots?.[0] ?? 0));
  });

  return (word) => {
    const { operation, slot } = word;
    if (operation.mnemonic === 'PUL') {
      engine.schedule(readOperands(fabric, word, engine.now()), operation.sequence, countsEvent, slot, 0);
      return;
    }
    running[slot] = { word, plan: outerPlan(operation, operation.group!, parameters), fetched: 0, pulsedPs: 0 };
    engine.schedule(engine.now(), operation.sequence, vectorEvent, slot, 0);
  };
}
