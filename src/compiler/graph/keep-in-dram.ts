import type { LoweredGraph, Step, StepOperation } from './steps.ts';

/** A value that leaves the scratchpad: where its home in DRAM is made, and which readers take a loaded copy. */
export interface DramHome {
  readonly value: string;
  /** A place for each image of a batch: another image loop reads it. */
  readonly perImage: boolean;
  /** Name of the copy a step reads; undefined: the value itself, before it leaves. */
  readonly copyFor: (step: Step) => string | undefined;
}

const renamed = (operation: StepOperation, from: string, to: string): StepOperation =>
  operation.kind === 'vec' && operation.right?.kind === 'value' && operation.right.name === from
    ? { ...operation, right: { kind: 'value', name: to } }
    : operation;

const roundOf = ({ round }: Step) => (round === undefined ? {} : { round });

/** Can a value leave: complete before it is read, and neither the data set's codes nor the result? */
export function canLeave({ steps, input, output, values }: LoweredGraph, value: string): boolean {
  if (value === input || value === output || values.get(value)?.codes !== false) return false;
  const lastWrite = steps.findLastIndex(({ writes }) => writes === value);
  return lastWrite >= 0 && steps.every(({ reads }, at) => !reads.includes(value) || at > lastWrite);
}

/** Stores a value when it is complete and loads copies of it where steps ask for them. */
export function keepInDram(lowered: LoweredGraph, { value, perImage, copyFor }: DramHome): LoweredGraph {
  if (!canLeave(lowered, value)) throw new RangeError(`value is ${value}; want one that is complete before it is read`);
  const { elements } = lowered.values.get(value)!;
  const values = new Map(lowered.values);
  const lastWrite = lowered.steps.findLastIndex(({ writes }) => writes === value);
  const steps: Step[] = [];
  lowered.steps.forEach((step, at) => {
    const copy = step.reads.includes(value) ? copyFor(step) : undefined;
    if (copy === undefined) steps.push(step);
    else {
      const plain = { layer: step.layer, partial: false, growth: 'none', ...roundOf(step) } as const;
      if (!values.has(copy)) {
        values.set(copy, { name: copy, elements, codes: false });
        steps.push({ ...plain, reads: [], writes: copy, operation: { kind: 'load', value, elements } });
      }
      const reads = step.reads.map((name) => (name === value ? copy : name));
      steps.push({ ...step, reads, operation: renamed(step.operation, value, copy) });
    }
    if (at === lastWrite) {
      const operation = { kind: 'store', value, elements } as const;
      const own = { layer: step.layer, partial: true, growth: 'none', ...roundOf(step) } as const;
      steps.push({ ...own, reads: [value], writes: value, operation });
    }
  });
  const homes = new Map(lowered.homes);
  homes.set(value, { elements, perImage });
  return { ...lowered, steps, values, homes };
}
