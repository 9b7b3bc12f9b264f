import type { Fabric } from './fabric.ts';
import type { MvmJob } from './mvm-job.ts';
import { vectorBytes } from './mvm-task.ts';
import { occupy, startOf } from './resources.ts';
import { passStages } from './tile-stages.ts';
import { longestPatch, patchSegments } from './window-segments.ts';
import type { Word } from './word.ts';

/** What becomes of one vector of a read, each at the time it begins, in reservations of whatever it needs. */
export interface MvmSteps {
  /** Input from the scratchpad over the network through the lane's tiles; returns when its results are out of their buffers. */
  fetch(word: Word, job: MvmJob, lane: number, vector: number, now: number): number;
  /** Results of a lane home to the hub; returns when the last is there. */
  sendHome(job: MvmJob, lane: number, now: number): number;
  /** Adds row blocks and the old output, then writes back; returns when the vector is in the scratchpad. */
  writeBack(job: MvmJob, vector: number, now: number): number;
}

export function createMvmSteps({ clock, parameters, network, scratchpad, resources, layout }: Fabric): MvmSteps {
  const segments = new Int32Array(2 * longestPatch);

  function readInput(job: MvmJob, lane: number, vector: number, now: number): number {
    const { source, plan } = job.task;
    const { inputOffset, inputBytes } = plan.lanes[lane]!;
    if (source.kind === 'none') return now;
    if (source.kind === 'dense') {
      return scratchpad.read(source.address + vector * vectorBytes(plan) + inputOffset, inputBytes, now);
    }
    const count = patchSegments(source.window, source.elementBytes, job.patches[lane]!, vector, segments);
    return scratchpad.readAll(segments, count, now);
  }

  return {
    fetch(word, job, lane, vector, now) {
      const { plan, source, reads } = job.task;
      const { outward, inputBufferCycles, outputBufferCycles } = plan.lanes[lane]!;
      const read = readInput(job, lane, vector, now);
      const commandOnly = source.kind === 'none';
      const arrived = commandOnly ? network.send(outward, read, 1) : network.send(outward, read);
      const ready = clock.after(arrived, commandOnly ? 1 : inputBufferCycles);
      const stages = job.stages[lane]!;
      const attempts = 1 + (word.activity.retries?.[vector] ?? 0);
      const converted = passStages(
        stages,
        ready,
        attempts,
        parameters.passes * reads,
        parameters.readPs,
        plan.conversionPs,
        clock,
      );
      // One cycle of shift-and-add after the last conversion, the others overlap; then the output register is read out.
      return clock.after(clock.atOrAfter(converted), 1 + outputBufferCycles);
    },
    sendHome(job, lane, now) {
      const { homeward } = job.task.plan.lanes[lane]!;
      let arrived = now;
      for (let at = 0; at < homeward.length; at++) arrived = Math.max(arrived, network.send(homeward[at]!, now));
      return arrived;
    },
    writeBack(job, vector, now) {
      const { outputAddress, outputBytes, accumulates, writesOnce, lanesPerReplica, plan } = job.task;
      const address = outputAddress === undefined ? 0 : outputAddress + (writesOnce ? 0 : vector * outputBytes);
      let done = accumulates ? scratchpad.read(address, outputBytes, now) : now;
      const cycles = (lanesPerReplica - 1 + (accumulates ? 1 : 0)) * plan.addCycles;
      if (cycles > 0) {
        const start = startOf(resources, layout.accumulator, done);
        done = clock.after(start, cycles);
        occupy(resources, layout.accumulator, start, done);
      }
      const writes = outputAddress !== undefined && (!writesOnce || job.left === 1);
      return writes ? scratchpad.write(address, outputBytes, done) : done;
    },
  };
}
