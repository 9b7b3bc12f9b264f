import type { Fabric, StartWord } from './fabric.ts';
import { vectorWork } from './vector-work.ts';
import type { WriteBack } from './write-back.ts';
import { readOperands } from './write-back.ts';

/** Vector units: start-up, then lanes and operand reads overlap, then write-back through the scratchpad ports. */
export function createVectorUnit(fabric: Fabric, writeBack: WriteBack): StartWord {
  const { engine, clock, parameters } = fabric;
  return (word) => {
    const now = engine.now();
    const { cycles } = vectorWork(word.operation, parameters);
    const computed = clock.after(now, parameters.vectorStartCycles + cycles);
    writeBack(word, Math.max(computed, readOperands(fabric, word, now)));
  };
}
