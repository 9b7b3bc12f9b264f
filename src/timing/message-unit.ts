import type { Fabric, StartWord } from './fabric.ts';
import type { PeerPort } from './peer-port.ts';
import type { WriteBack } from './write-back.ts';
import { readOperands } from './write-back.ts';

/** SEND: payload out of the scratchpad, then the link. RECV: its message is there when it issues; into the scratchpad with it. */
export function createMessageUnit(fabric: Fabric, writeBack: WriteBack, peers: PeerPort | undefined): StartWord {
  const { engine, clock } = fabric;
  return (word) => {
    if (peers === undefined) throw new RangeError(`${word.operation.mnemonic} has no peers; want a run of several controllers`);
    const read = readOperands(fabric, word, engine.now());
    if (word.operation.mnemonic === 'RECV') writeBack(word, read);
    else fabric.finish(word, clock.atOrAfter(Number(peers.send(word.operation, engine.absolute(read)) - engine.absolute(0))));
  };
}
