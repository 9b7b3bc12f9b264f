import type { Growth, Step, StepOperation, Value } from './steps.ts';

/** Collects the steps of a graph. */
export interface LowerContext {
  readonly steps: Step[];
  readonly values: Map<string, Value>;
  readonly constants: Float32Array[];
  /** Number of a constant; equal arrays are kept once. */
  constant(values: Float32Array): number;
  /** A value of its own for intermediate results. */
  temporary(layer: string, elements: number): string;
  emit(step: {
    readonly layer: string;
    readonly reads: readonly string[];
    readonly writes: string;
    readonly growth: Growth;
    readonly partial?: boolean;
    readonly operation: StepOperation;
  }): void;
}

export function createLowerContext(): LowerContext {
  const context: Omit<LowerContext, 'constant' | 'temporary' | 'emit'> = { steps: [], values: new Map(), constants: [] };
  const known = new Map<Float32Array, number>();
  let temporaries = 0;
  return {
    ...context,
    constant: (values) => {
      const found = known.get(values);
      if (found !== undefined) return found;
      const id = context.constants.push(values) - 1;
      known.set(values, id);
      return id;
    },
    temporary: (layer, elements) => {
      const name = `${layer} #${++temporaries}`;
      context.values.set(name, { name, elements, codes: false });
      return name;
    },
    emit: (step) => void context.steps.push({ partial: false, ...step }),
  };
}
