import type { TimingParameters } from '../chip/cost-table.ts';
import type { Clock } from './clock.ts';
import { createClock } from './clock.ts';
import type { DramPort } from './dram-port.ts';
import type { Engine } from './engine.ts';
import { createEngine } from './engine.ts';
import type { GroupPlans } from './mvm-plan.ts';
import { createGroupPlans } from './mvm-plan.ts';
import type { Network } from './network.ts';
import { createNetwork } from './network.ts';
import type { ResourceLayout, Resources } from './resources.ts';
import { createResources, layOutResources } from './resources.ts';
import type { ScratchpadPorts } from './scratchpad-ports.ts';
import { createScratchpadPorts } from './scratchpad-ports.ts';
import type { Word } from './word.ts';

/** Everything the units share: time, the contended resources, and the table of words in flight. */
export interface Fabric {
  readonly parameters: TimingParameters;
  readonly clock: Clock;
  readonly engine: Engine;
  readonly layout: ResourceLayout;
  readonly resources: Resources;
  readonly scratchpad: ScratchpadPorts;
  readonly network: Network;
  /** Of a DRAM that other chips use too. */
  readonly dramPort: DramPort | undefined;
  readonly plans: GroupPlans;
  /** Each appends the state of what it runs for a word, times relative to now; nothing when it does not run it. */
  readonly jobs: ((word: Word, into: number[]) => void)[];
  /** Words in flight by slot. */
  readonly words: Word[];
  /** Ends a word at `time`; set by the queues. */
  finish: (word: Word, time: number) => void;
}

export function createFabric(parameters: TimingParameters, rebaseAt?: number, peers = false, dramPort?: DramPort): Fabric {
  const clock = createClock(parameters.clockHz);
  const engine = createEngine(clock.repeatPs, rebaseAt);
  const layout = layOutResources(parameters, peers);
  const resources = createResources(layout.names.length);
  engine.onRebase((delta) => {
    for (let id = 0; id < resources.free.length; id++) resources.free[id]! -= delta;
  });
  const finish = () => {
    throw new RangeError('a word finished before the queues were made');
  };
  return {
    parameters,
    clock,
    engine,
    layout,
    resources,
    scratchpad: createScratchpadPorts(parameters, layout, resources, clock),
    network: createNetwork(layout, resources, clock),
    dramPort,
    plans: createGroupPlans(parameters, layout.tile),
    jobs: [],
    words: [],
    finish,
  };
}

/** Behaviour of one kind of unit: called at the edge where a word has all its units to itself; ends in `fabric.finish`. */
export type StartWord = (word: Word) => void;
