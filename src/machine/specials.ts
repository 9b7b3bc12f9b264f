import { registerIds } from '../../isa/limits.ts';
import type { Specials } from './context.ts';

const names: Readonly<Record<number, keyof Specials>> = {
  [registerIds.loss]: 'loss',
  [registerIds.hits]: 'hits',
  [registerIds.count]: 'count',
  [registerIds.saturations]: 'saturations',
  [registerIds.retries]: 'retries',
  [registerIds.pulses]: 'pulses',
  [registerIds.nonzeros]: 'nonzeros',
};

export const createSpecials = (): Specials => ({
  loss: 0,
  hits: 0,
  count: 0,
  saturations: 0,
  retries: 0,
  pulses: 0,
  nonzeros: 0,
});

/** Counter behind a special register id; RangeError when the id is none. */
export function specialName(id: number): keyof Specials {
  const name = names[id];
  if (name === undefined) throw new RangeError(`special is ${id}; want one of ${Object.keys(names).join(', ')}`);
  return name;
}
