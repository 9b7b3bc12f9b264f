import type { Fabric, StartWord } from './fabric.ts';
import type { Word, WordStep } from './word.ts';
import { unitClassOf } from './word.ts';

/** A transfer and the step it is at. */
interface RunningTransfer {
  readonly word: Word;
  readonly steps: readonly WordStep[];
  at: number;
  readonly resume: () => void;
}

/** Steps run in the place of their transfer. */
const noUnits: readonly number[] = [];

/** Readers and writers of one step, by class of unit. */
export type StepStarters = Readonly<Record<'tile' | 'vector' | 'dma', StartWord>>;

/**
 * Transfers (XFR): the words of the expansion, one after the other, each one cycle after the end of the one before, as the
 * controller would issue them. They run in the slot of the transfer, which holds its tiles and its vector unit all the time.
 */
export function createTransferUnit(fabric: Fabric, starters: StepStarters): StartWord {
  const { engine, clock } = fabric;
  const running: (RunningTransfer | undefined)[] = [];
  fabric.jobs.push(({ slot }, into) => {
    const entry = running[slot];
    if (entry !== undefined) into.push(entry.at);
  });

  function begin(entry: RunningTransfer): void {
    const { word, steps } = entry;
    const now = engine.now();
    const { operation, activity, task } = steps[entry.at]!;
    // Written out: a transfer has thousands of steps.
    const step: Word = {
      operation,
      activity,
      task,
      slot: word.slot,
      units: noUnits,
      behind: 0,
      stuck: undefined,
      done: false,
      fetchedPs: now,
      issuedPs: now,
      startedPs: now,
      resume: entry.resume,
    };
    fabric.words[word.slot] = step;
    const kind = unitClassOf(step.operation);
    if (kind === 'tile' || kind === 'vector' || kind === 'dma') starters[kind](step);
  }

  const stepEvent = engine.register((slot) => begin(running[slot]!));

  function resume(entry: RunningTransfer): void {
    const { word, steps } = entry;
    const { slot, operation } = word;
    if (++entry.at < steps.length) {
      engine.schedule(clock.after(engine.now(), 1), operation.sequence, stepEvent, slot, 0);
      return;
    }
    running[slot] = undefined;
    fabric.words[slot] = word;
    fabric.finish(word, engine.now());
  }

  return (word) => {
    const entry: RunningTransfer = { word, steps: word.steps ?? [], at: 0, resume: () => resume(entry) };
    running[word.slot] = entry;
    begin(entry);
  };
}
