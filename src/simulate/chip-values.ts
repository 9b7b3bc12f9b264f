import type { ChipDescription } from '../chip/description.ts';
import { InputError, type Issue } from '../config/issue.ts';
import type { CellModel } from '../device/cell-model.ts';
import type { Program } from '../isa/program.ts';
import { createDram, type DramImage } from '../machine/dram.ts';
import { createMachine, type Machine } from '../machine/machine.ts';
import { takeMessage } from '../machine/messages.ts';
import { Trap } from '../machine/trap.ts';
import { createKernels } from '../numeric/create-kernels.ts';
import type { Activity } from '../sequence/activity.ts';
import { decodeProgram } from '../sequence/decode-program.ts';
import { groupDefaults } from '../sequence/group-defaults.ts';
import type { IssuedOperation } from '../sequence/issued-operation.ts';
import { createMessageBox, type MessageBox, type Peers } from '../sequence/message-box.ts';
import { createSequencer, type Sequencer } from '../sequence/sequencer.ts';
import type { Ending } from '../timing/outcome.ts';
import type { IssuedWord } from '../timing/word.ts';
import { type AccessOrder, createAccessOrder } from './access-order.ts';
import { createDeclaredActivity } from './declared-activity.ts';
import { findRaces, type Race } from './find-races.ts';
import type { GroupStatistics } from './manifest.ts';

/** One controller: its program, and the chip it runs on. */
export interface ControllerInput {
  readonly program: Program;
  readonly chip: ChipDescription;
  readonly device: CellModel;
  readonly chipSeed: number;
  /** What stands for its values in a run without. */
  readonly declared: readonly GroupStatistics[];
}

export interface ValuesSettings {
  readonly seed: number;
  /** At `timing` fidelity no values are computed: declared statistics stand for them, messages are as long as they are. */
  readonly fidelity: 'full' | 'timing';
  /** All controllers see one DRAM, and races in it are found. */
  readonly sharedDram: boolean;
}

/** What one controller computed. */
export interface ControllerValues {
  /** Undefined without values. */
  readonly machine: Machine | undefined;
  /** Its words in program order, with what their values mean for cost. */
  readonly words: readonly IssuedWord[];
  readonly ending: Ending;
}

export interface ChipValues {
  readonly controllers: readonly ControllerValues[];
  /** None where every chip has a DRAM of its own. */
  readonly races: readonly Race[];
}

interface Running {
  readonly own: number;
  readonly machine: Machine | undefined;
  readonly execute: (operation: IssuedOperation) => Activity;
  readonly sequencer: Sequencer;
  readonly words: IssuedWord[];
  /** The word that waits for another controller. */
  held: IssuedOperation | undefined;
  ending: Ending | undefined;
}

const numberIn = (operand: IssuedOperation['b']): number => (operand.kind === 'value' ? operand.value : 0);
const nameOf = ({ mnemonic, word }: IssuedOperation): string => `${mnemonic} at word ${word}`;

/** What a word does to others where no values are computed. */
function declaredWords({ chip, device, declared }: ControllerInput, peers: Peers): Running['execute'] {
  const activityOf = createDeclaredActivity(chip, device, declared);
  return (operation) => {
    const { mnemonic, unit, length, b } = operation;
    if (mnemonic === 'SEND') peers.box.send(peers.own, unit, numberIn(b), new Uint8Array(length));
    if (mnemonic === 'RECV') takeMessage(peers, operation);
    return activityOf(operation);
  };
}

function start(
  input: ControllerInput,
  peers: Peers,
  { seed, fidelity }: ValuesSettings,
  dram: { readonly dram?: DramImage },
): Running {
  const { program, chip, device, chipSeed } = input;
  const machine =
    fidelity === 'timing'
      ? undefined
      : createMachine({ ...dram, chip, device, kernels: createKernels(), program, seed, chipSeed, peers });
  const sequencer = createSequencer({
    ...{ instructions: decodeProgram(program.words), regions: program.regions, groupDefaults: groupDefaults(chip) },
    scopes: program.scopes,
    ...{ format: chip.vector.format, special: machine?.special },
    ...(machine === undefined ? {} : { setSpecial: machine.setSpecial }),
  });
  const execute = machine === undefined ? declaredWords(input, peers) : machine.execute;
  return { own: peers.own, machine, execute, sequencer, words: [], held: undefined, ending: undefined };
}

const mustWait = ({ own }: Running, operation: IssuedOperation, box: MessageBox): boolean =>
  operation.mnemonic === 'BAR' || (operation.mnemonic === 'RECV' && !box.waiting(operation.unit, own, numberIn(operation.b)));

function carryOut(running: Running, operation: IssuedOperation, order: AccessOrder | undefined): void {
  const { own, execute, words } = running;
  try {
    words.push({ operation, activity: execute(operation) });
    order?.follow(own, operation);
    if (operation.mnemonic === 'HALT') running.ending = { ended: 'halted', exitCode: numberIn(operation.a) };
  } catch (error) {
    if (!(error instanceof Trap)) throw error;
    running.ending = { ended: 'trapped', word: operation.word, reason: error.reason };
  }
}

/** Runs a controller until it ends or needs another one. */
function runOn(running: Running, box: MessageBox, order: AccessOrder | undefined): void {
  while (running.ending === undefined) {
    const operation = running.held ?? running.sequencer.next();
    running.held = undefined;
    if (operation === undefined) {
      const { trapped } = running.sequencer;
      running.ending = { ended: 'trapped', ...(trapped ?? { word: -1, reason: 'the program ended before HALT' }) };
      return;
    }
    if (mustWait(running, operation, box)) {
      running.held = operation;
      return;
    }
    carryOut(running, operation, order);
  }
}

/** Lets everybody through a barrier at which all have come with one id; false when they have not. */
function openBarrier(controllers: readonly Running[], order: AccessOrder | undefined): boolean {
  const ids = controllers.map(({ held }) => (held?.mnemonic === 'BAR' ? numberIn(held.a) : undefined));
  if (ids.some((id) => id === undefined || id !== ids[0])) return false;
  for (const running of controllers) {
    const { held } = running;
    running.held = undefined;
    carryOut(running, held!, order);
  }
  return true;
}

function waitOf(controllers: readonly Running[], { held, own }: Running): string {
  if (held!.mnemonic === 'RECV')
    return `controller ${own}: ${nameOf(held!)} waits for a message of controller ${held!.unit} with tag ${numberIn(held!.b)}`;
  const elsewhere = controllers.filter((other) => other.held?.mnemonic !== 'BAR' || numberIn(other.held.a) !== numberIn(held!.a));
  return `controller ${own}: ${nameOf(held!)} waits at barrier ${numberIn(held!.a)} for controller ${elsewhere.map((other) => other.own).join(', ')}`;
}

/** One image with the data of all programs. Throws InputError where two of them place different bytes. */
function sharedImage(inputs: readonly ControllerInput[]): DramImage {
  const owned = inputs.flatMap(({ program }, own) => program.data.map((segment) => ({ ...segment, program, own })));
  const sorted = owned.sort((a, b) => a.address - b.address || a.own - b.own);
  const issues: Issue[] = [];
  let last: (typeof sorted)[number] | undefined;
  for (const segment of sorted) {
    const { address, bytes, program, own } = segment;
    const end = last === undefined ? 0 : last.address + last.bytes.length;
    const both = last === undefined ? 0 : Math.min(end, address + bytes.length) - address;
    const differ = both > 0 && bytes.subarray(0, both).some((byte, at) => byte !== last!.bytes[address - last!.address + at]);
    if (differ && last!.own !== own)
      issues.push({
        file: program.sourceName,
        found: `data at DRAM bytes ${address} to ${address + bytes.length - 1}, where ${last!.program.sourceName} places other bytes`,
        expected: 'bytes of its own in the shared memory: .dram name bytes at=address',
      });
    if (last === undefined || address + bytes.length > end) last = segment;
  }
  if (issues.length > 0) throw new InputError(issues);
  return createDram(sorted);
}

/**
 * Values of several controllers. Each runs as far as it can; messages meet by sender, receiver, tag and order, so the result does not
 * depend on whose turn it is, nor does what they share in DRAM where no race is reported. Controllers that wait for one another for ever
 * are deadlocked, with who waits for whom. Throws InputError where programs place different bytes in one DRAM.
 */
export function runChipValues(inputs: readonly ControllerInput[], settings: ValuesSettings): ChipValues {
  const box = createMessageBox();
  const order = settings.sharedDram ? createAccessOrder(inputs.length) : undefined;
  const memory = settings.sharedDram ? { dram: sharedImage(inputs) } : {};
  const controllers = inputs.map((input, own) => start(input, { own, box }, settings, memory));
  const counted = (): number => controllers.reduce((sum, { words }) => sum + words.length, 0);
  for (let before = -1; before < counted(); ) {
    before = counted();
    for (const running of controllers) runOn(running, box, order);
    openBarrier(controllers, order);
  }
  const waits = controllers.filter(({ held }) => held !== undefined).map((running) => waitOf(controllers, running));
  return {
    controllers: controllers.map(({ machine, words, ending }) => ({
      ...{ machine, words },
      ending: ending ?? { ended: 'deadlocked', waits },
    })),
    races: order === undefined ? [] : findRaces(order.accesses()),
  };
}
