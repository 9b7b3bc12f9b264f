import { dramTraffic, dramTransfer, silentDram } from './dma-unit.ts';
import type { Fabric, StartWord } from './fabric.ts';
import { vectorWork } from './vector-work.ts';
import type { Word } from './word.ts';
import type { WriteBack } from './write-back.ts';
import { readOperands } from './write-back.ts';

/** Operands in DRAM (the matrix of OPD and THA) are streamed in and out once: the time the last byte has passed. */
function throughDram(fabric: Fabric, { operation }: Word, computed: number): number | undefined {
  const bytes = dramTraffic(operation);
  return bytes === 0 ? computed : dramTransfer(fabric, bytes, computed);
}

/** Vector units: start-up, then lanes and operand reads overlap, then write-back through the scratchpad ports. */
export function createVectorUnit(fabric: Fabric, writeBack: WriteBack): StartWord {
  const { engine, clock, parameters } = fabric;
  return (word) => {
    const now = engine.now();
    const { cycles } = vectorWork(word.operation, parameters);
    const computed = clock.after(now, parameters.vectorStartCycles + cycles);
    const done = throughDram(fabric, word, Math.max(computed, readOperands(fabric, word, now)));
    if (done === undefined) word.stuck = silentDram;
    else writeBack(word, done);
  };
}
