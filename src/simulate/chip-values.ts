import type { ChipDescription } from '../chip/description.ts';
import type { CellModel } from '../device/cell-model.ts';
import type { Program } from '../isa/program.ts';
import { createMachine, type Machine } from '../machine/machine.ts';
import { Trap } from '../machine/trap.ts';
import { createKernels } from '../numeric/create-kernels.ts';
import { decodeProgram } from '../sequence/decode-program.ts';
import { groupDefaults } from '../sequence/group-defaults.ts';
import type { IssuedOperation } from '../sequence/issued-operation.ts';
import { createMessageBox, type MessageBox } from '../sequence/message-box.ts';
import { createSequencer, type Sequencer } from '../sequence/sequencer.ts';
import type { Ending } from '../timing/outcome.ts';
import type { IssuedWord } from '../timing/word.ts';

/** One controller: its program, and the chip it runs on. */
export interface ControllerInput {
  readonly program: Program;
  readonly chip: ChipDescription;
  readonly device: CellModel;
  readonly chipSeed: number;
}

/** What one controller computed. */
export interface ControllerValues {
  readonly machine: Machine;
  /** Its words in program order, with what their values mean for cost. */
  readonly words: readonly IssuedWord[];
  readonly ending: Ending;
}

interface Running {
  readonly own: number;
  readonly machine: Machine;
  readonly sequencer: Sequencer;
  readonly words: IssuedWord[];
  /** The word that waits for another controller. */
  held: IssuedOperation | undefined;
  ending: Ending | undefined;
}

const numberIn = (operand: IssuedOperation['b']): number => (operand.kind === 'value' ? operand.value : 0);
const nameOf = ({ mnemonic, word }: IssuedOperation): string => `${mnemonic} at word ${word}`;

function start(input: ControllerInput, own: number, seed: number, box: MessageBox): Running {
  const { program, chip, device, chipSeed } = input;
  const machine = createMachine({ chip, device, kernels: createKernels(), program, seed, chipSeed, peers: { own, box } });
  const sequencer = createSequencer({
    ...{ instructions: decodeProgram(program.words), regions: program.regions, groupDefaults: groupDefaults(chip) },
    ...{ format: chip.vector.format, special: machine.special, setSpecial: machine.setSpecial },
  });
  return { own, machine, sequencer, words: [], held: undefined, ending: undefined };
}

const mustWait = ({ own }: Running, operation: IssuedOperation, box: MessageBox): boolean =>
  operation.mnemonic === 'BAR' || (operation.mnemonic === 'RECV' && !box.waiting(operation.unit, own, numberIn(operation.b)));

function carryOut(running: Running, operation: IssuedOperation): void {
  const { machine, words } = running;
  try {
    words.push({ operation, activity: machine.execute(operation) });
    if (operation.mnemonic === 'HALT') running.ending = { ended: 'halted', exitCode: numberIn(operation.a) };
  } catch (error) {
    if (!(error instanceof Trap)) throw error;
    running.ending = { ended: 'trapped', word: operation.word, reason: error.reason };
  }
}

/** Runs a controller until it ends or needs another one. */
function runOn(running: Running, box: MessageBox): void {
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
    carryOut(running, operation);
  }
}

/** Lets everybody through a barrier at which all have come with one id; false when they have not. */
function openBarrier(controllers: readonly Running[]): boolean {
  const ids = controllers.map(({ held }) => (held?.mnemonic === 'BAR' ? numberIn(held.a) : undefined));
  if (ids.some((id) => id === undefined || id !== ids[0])) return false;
  for (const running of controllers) {
    const { held } = running;
    running.held = undefined;
    carryOut(running, held!);
  }
  return true;
}

function waitOf(controllers: readonly Running[], { held, own }: Running): string {
  if (held!.mnemonic === 'RECV')
    return `controller ${own}: ${nameOf(held!)} waits for a message of controller ${held!.unit} with tag ${numberIn(held!.b)}`;
  const elsewhere = controllers.filter((other) => other.held?.mnemonic !== 'BAR' || numberIn(other.held.a) !== numberIn(held!.a));
  return `controller ${own}: ${nameOf(held!)} waits at barrier ${numberIn(held!.a)} for controller ${elsewhere.map((other) => other.own).join(', ')}`;
}

/**
 * Values of several controllers. Each runs as far as it can; messages meet by sender, receiver, tag and order, so the result does not
 * depend on whose turn it is. Controllers that wait for one another for ever are deadlocked, with who waits for whom.
 */
export function runChipValues(inputs: readonly ControllerInput[], seed: number): readonly ControllerValues[] {
  const box = createMessageBox();
  const controllers = inputs.map((input, own) => start(input, own, seed, box));
  const counted = (): number => controllers.reduce((sum, { words }) => sum + words.length, 0);
  for (let before = -1; before < counted(); ) {
    before = counted();
    for (const running of controllers) runOn(running, box);
    openBarrier(controllers);
  }
  const waits = controllers.filter(({ held }) => held !== undefined).map((running) => waitOf(controllers, running));
  return controllers.map(({ machine, words, ending }) => ({
    ...{ machine, words },
    ending: ending ?? { ended: 'deadlocked', waits },
  }));
}
