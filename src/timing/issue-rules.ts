import { instructions } from '../../isa/instructions.ts';
import type { IssuedOperation } from '../sequence/issued-operation.ts';
import type { Fabric } from './fabric.ts';
import type { InFlight } from './in-flight.ts';
import type { UnitQueues } from './queues.ts';
import { describeWait, mustWait, rowsDecide } from './scoreboard.ts';
import type { Word } from './word.ts';
import { fenceBits, hasFlag, nameWord, unitClassOf } from './word.ts';

/** What keeps the next word in the controller: an older word, or a unit whose queue is full. */
export type Obstacle = { readonly kind: 'word'; readonly word: Word } | { readonly kind: 'full'; readonly unit: number };

/** Words that cost neither time nor energy: they exist for the simulation. */
export function isFree(operation: IssuedOperation): boolean {
  if (operation.mnemonic === 'MARK') return true;
  if (operation.mnemonic === 'DLY') return hasFlag(operation, instructions.DLY.flags.AGE.bit);
  return operation.mnemonic === 'PRG' && hasFlag(operation, instructions.PRG.flags.FREE.bit);
}

/** Classes a word must see idle before it issues, as FENCE bits. */
function drainedClasses(operation: IssuedOperation): number {
  const everything = fenceBits.tile | fenceBits.vector | fenceBits.dma | fenceBits.noc;
  switch (operation.mnemonic) {
    case 'HALT':
    case 'BAR':
      return everything;
    case 'DLY':
      return isFree(operation) ? 0 : everything;
    case 'FENCE': {
      const { ACQ, REL } = instructions.FENCE.flags;
      // A release alone holds nothing younger back, and what is older is visible when it finishes.
      if (hasFlag(operation, REL.bit) && !hasFlag(operation, ACQ.bit)) return 0;
      return operation.a.kind === 'value' && operation.a.value !== 0 ? operation.a.value : everything;
    }
    default:
      return 0;
  }
}

/** Resource ids of the units a word occupies. RangeError when one does not exist. */
export function unitsOf(operation: IssuedOperation, fabric: Fabric): readonly number[] {
  const { layout, parameters, plans } = fabric;
  const kind = unitClassOf(operation);
  if (kind === 'control') return [];
  if (kind === 'tile') {
    if (operation.group === undefined) throw new RangeError(`${nameWord(operation)} has no group; want one defined by GRP`);
    const units = plans.units(operation.group);
    // A transfer also pulses its target and does its arithmetic on the first vector unit.
    return operation.target === undefined ? units : [...new Set([...units, ...plans.units(operation.target)]), layout.vectorUnit];
  }
  if (kind === 'noc') {
    if (layout.ports === undefined)
      throw new RangeError(`${nameWord(operation)} has no peers; want a run of several controllers`);
    return [operation.mnemonic === 'SEND' ? layout.ports.send : layout.ports.receive];
  }
  // OPD names a group in place of a vector unit and takes the first.
  if (operation.mnemonic === 'OPD') return [layout.vectorUnit];
  const [first, count] = kind === 'vector' ? [layout.vectorUnit, parameters.vectorUnits] : [layout.dma, parameters.dmaChannels];
  if (!(operation.unit >= 0 && operation.unit < count)) {
    throw new RangeError(`unit of ${nameWord(operation)} is ${operation.unit}; want 0 to ${count - 1}`);
  }
  return [first + operation.unit];
}

const waitsFor = (drained: number, younger: IssuedOperation, older: IssuedOperation): boolean =>
  drained === 0 ? mustWait(younger, older) : (drained & fenceBits[unitClassOf(older)]) !== 0;

/** Must `older`, which is in flight, be done before `younger` issues? */
export const holdsBack = (younger: IssuedOperation, older: IssuedOperation): boolean =>
  waitsFor(drainedClasses(younger), younger, older);

/** Undefined when the word may issue now. */
export function findObstacle(word: Word, inFlight: InFlight, queues: UnitQueues): Obstacle | undefined {
  const { operation, units } = word;
  const drained = drainedClasses(operation);
  for (const older of inFlight.words) {
    if (!older.done && waitsFor(drained, operation, older.operation)) return { kind: 'word', word: older };
  }
  if (isFree(operation)) return undefined;
  const unit = queues.fullUnit(units);
  return unit === undefined ? undefined : { kind: 'full', unit };
}

/** Comparisons with words in flight that may hang on the rows a transfer is at. */
export function countRowDecisions(operation: IssuedOperation, { words }: InFlight): number {
  let count = 0;
  for (const older of words) if (!older.done && rowsDecide(operation, older.operation)) count++;
  return count;
}

/** The wait graph in sentences: every unfinished word and what it waits for. */
export function describeWaits(head: Word | undefined, inFlight: InFlight, queues: UnitQueues, fabric: Fabric): string[] {
  const { names } = fabric.layout;
  const sentences: string[] = [];
  for (const word of inFlight.words) {
    if (word.done) continue;
    const held = word.units.filter((unit) => queues.head(unit) !== word);
    for (const unit of held) {
      sentences.push(`${nameWord(word.operation)} waits for ${names[unit]}, held by ${nameWord(queues.head(unit)!.operation)}`);
    }
    if (word.stuck !== undefined) sentences.push(`${nameWord(word.operation)} waits for ${word.stuck}`);
  }
  const obstacle = head === undefined ? undefined : findObstacle(head, inFlight, queues);
  if (head === undefined || obstacle === undefined) return sentences;
  const { operation } = head;
  if (obstacle.kind === 'full') {
    const depth = fabric.parameters.queueDepth;
    return [
      ...sentences,
      `${nameWord(operation)} waits for room in the queue of ${names[obstacle.unit]}, which takes ${depth} words`,
    ];
  }
  const older = obstacle.word.operation;
  const why = mustWait(operation, older) ? describeWait(operation, older) : `${nameWord(older)} to finish`;
  return [...sentences, `${nameWord(operation)} waits for ${why}`];
}
