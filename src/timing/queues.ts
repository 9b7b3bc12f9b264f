import type { Fabric, StartWord } from './fabric.ts';
import type { UnitClass, Word } from './word.ts';
import { unitClassOf } from './word.ts';

/** In-order queues, one per tile, vector unit and DMA channel. A word starts when it heads the queue of each of its units. */
export interface UnitQueues {
  /** First of the units whose queue is full; undefined when all can take a word. */
  fullUnit(units: readonly number[]): number | undefined;
  /** Appends a word to the queues of its units. */
  enqueue(word: Word): void;
  /** The word that heads a unit's queue. */
  head(unit: number): Word | undefined;
}

/** `starters`: what a word of each class does once it starts. `ended` is called when a word has left its units. */
export function createUnitQueues(
  fabric: Fabric,
  starters: Readonly<Record<Exclude<UnitClass, 'control'>, StartWord>>,
  ended: (word: Word) => void,
): UnitQueues {
  const { engine, resources, parameters } = fabric;
  const queues: Word[][] = fabric.layout.names.map(() => []);

  const startEvent = engine.register((slot) => {
    const word = fabric.words[slot]!;
    word.startedPs = engine.now();
    starters[unitClassOf(word.operation) as Exclude<UnitClass, 'control'>](word);
  });

  const finishEvent = engine.register((slot) => {
    const word = fabric.words[slot]!;
    if (word.resume !== undefined) {
      word.resume();
      return;
    }
    for (const unit of word.units) {
      resources.busyPs[unit]! += engine.now() - word.startedPs;
      resources.operations[unit]!++;
      const queue = queues[unit]!;
      queue.shift();
      const next = queue[0];
      if (next !== undefined && --next.behind === 0) {
        engine.schedule(engine.now(), next.operation.sequence, startEvent, next.slot, 0);
      }
    }
    ended(word);
  });

  fabric.finish = (word, time) => engine.schedule(time, word.operation.sequence, finishEvent, word.slot, 0);

  return {
    fullUnit: (units) => units.find((unit) => queues[unit]!.length >= parameters.queueDepth),
    enqueue(word) {
      for (const unit of word.units) {
        const queue = queues[unit]!;
        if (queue.length > 0) word.behind++;
        queue.push(word);
      }
      if (word.behind === 0) {
        engine.schedule(fabric.clock.after(engine.now(), 1), word.operation.sequence, startEvent, word.slot, 0);
      }
    },
    head: (unit) => queues[unit]![0],
  };
}
