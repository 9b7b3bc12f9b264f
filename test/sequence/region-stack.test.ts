import { describe, expect, it } from 'vitest';
import { instructions } from '../../isa/instructions.ts';
import { createRegionStack } from '../../src/sequence/region-stack.ts';

const { begin, end, point } = instructions.MARK.functions;
const regions = [
  { id: 10, kind: 'phase', name: 'load' },
  { id: 11, kind: 'layer', name: 'fc1' },
  { id: 12, kind: 'layer', name: 'fc2' },
  { id: 13, kind: 'evaluation', name: 'test set' },
] as const;

describe('region stack', () => {
  it('is outside any region at first', () => {
    const stack = createRegionStack(regions);
    expect([stack.layer, stack.phase]).toEqual([-1, -1]);
  });

  it('names the innermost layer and phase by index, apart', () => {
    const stack = createRegionStack(regions);
    stack.mark(begin, 10);
    stack.mark(begin, 11);
    stack.mark(begin, 12);
    expect([stack.layer, stack.phase]).toEqual([2, 0]);
    stack.mark(end, 12);
    expect([stack.layer, stack.phase]).toEqual([1, 0]);
    stack.mark(end, 10);
    expect([stack.layer, stack.phase]).toEqual([1, -1]);
  });

  it('closes an outer region before an inner one', () => {
    const stack = createRegionStack(regions);
    stack.mark(begin, 11);
    stack.mark(begin, 12);
    stack.mark(end, 11);
    expect(stack.layer).toBe(2);
  });

  it('leaves what is open alone when a region that is not open ends', () => {
    const stack = createRegionStack(regions);
    stack.mark(begin, 11);
    stack.mark(end, 12);
    expect(stack.layer).toBe(1);
  });

  it('is not moved by points, evaluations and unknown ids', () => {
    const stack = createRegionStack(regions);
    stack.mark(begin, 11);
    stack.mark(point, 12);
    stack.mark(begin, 13);
    stack.mark(begin, 99);
    expect([stack.layer, stack.phase]).toEqual([1, -1]);
  });
});
