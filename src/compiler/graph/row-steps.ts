import { outputSize } from '../../sequence/window-size.ts';
import type { StageWindow } from '../lower.ts';
import type { LoweredGraph, Step, StepOperation } from './steps.ts';

/** A step that can work on some rows of its maps at a time. */
export interface RowStep {
  readonly step: Step;
  /** Rows of the map it writes. */
  readonly height: number;
  /** Last row of what it reads that output row `row` needs. */
  readonly lastNeeded: (row: number) => number;
  /** The same step on `rows` rows. */
  readonly onRows: (rows: number) => Step;
  /** It reads the network's input row by row, not through a window. */
  readonly walksInput: boolean;
}

/** Rows of each map; 0 where its readers and writers do not agree. Values that are no maps are absent. */
export type MapHeights = ReadonlyMap<string, number>;

const windowOf = (operation: StepOperation): StageWindow | undefined =>
  operation.kind === 'matrix' || operation.kind === 'pool' ? operation.window : undefined;

const outputHeight = (window: StageWindow): number => outputSize(window).outputHeight;

/** Units, such as pixels or elements, that one row after the other makes up; undefined for what does not go row by row. */
function unitsOf(operation: StepOperation): number | undefined {
  switch (operation.kind) {
    case 'matrix':
      return operation.vectors;
    case 'act':
    case 'convert':
      return operation.elements;
    case 'vec':
      return operation.right?.kind === 'constant' ? operation.rows : operation.rows * operation.length;
    case 'reduce':
      return operation.rows;
    case 'strided':
    case 'spread':
      return operation.rows;
    case 'zero':
      return operation.elements;
    case 'broadcast':
      return operation.constant === undefined ? undefined : operation.count;
    default:
      return undefined;
  }
}

/** Rows of every map, as windows name them and as steps that keep rows carry them on, forwards and backwards. */
export function mapHeights({ steps }: Pick<LoweredGraph, 'steps'>): MapHeights {
  const heights = new Map<string, number>();
  let changed = true;
  const learn = (name: string, height: number): void => {
    const known = heights.get(name);
    if (known === height || known === 0) return;
    heights.set(name, known === undefined ? height : 0);
    changed = true;
  };
  for (const { operation, reads, writes } of steps) {
    const window = windowOf(operation);
    if (window === undefined) continue;
    learn(reads[0]!, window.height);
    learn(writes, outputHeight(window));
  }
  while (changed) {
    changed = false;
    for (const { operation, reads, writes } of steps) {
      const units = windowOf(operation) === undefined ? unitsOf(operation) : undefined;
      if (units === undefined) continue;
      const names = [...reads, writes];
      const height = names.map((name) => heights.get(name)).find((known) => known !== undefined && known > 0);
      if (height !== undefined && units % height === 0) for (const name of names) learn(name, height);
    }
  }
  return heights;
}

const scaled = (operation: StepOperation, rows: number, height: number): StepOperation => {
  const part = (units: number): number => (units / height) * rows;
  switch (operation.kind) {
    case 'matrix':
      return { ...operation, vectors: part(operation.vectors) };
    case 'pool':
      return { ...operation, pixels: part(operation.pixels) };
    case 'vec':
      return operation.right?.kind === 'constant'
        ? { ...operation, rows: part(operation.rows) }
        : { ...operation, rows: 1, length: part(operation.rows * operation.length) };
    case 'act':
    case 'convert':
    case 'zero':
      return { ...operation, elements: part(operation.elements) };
    case 'reduce':
    case 'strided':
    case 'spread':
      return { ...operation, rows: part(operation.rows) };
    case 'broadcast':
      return { ...operation, count: part(operation.count) };
    default:
      throw new RangeError(`operation is ${operation.kind}; want one that goes row by row`);
  }
};

/** Every window row lies on the map at least in part. */
const touchesMap = ({ padTop, padBottom, kernelHeight, dilation }: StageWindow): boolean =>
  Math.max(padTop, padBottom) <= dilation * (kernelHeight - 1);

/** Do moved rows make up all of both values, row after row? */
function coversBoth({ operation, reads, writes }: Step, { values }: LoweredGraph): boolean {
  if (operation.kind !== 'strided' && operation.kind !== 'spread') return true;
  const { rows, length, pitch, from, to } = operation;
  const [dense, wide] = operation.kind === 'strided' ? [writes, reads[0]!] : [reads[0]!, writes];
  const offset = operation.kind === 'strided' ? from : to;
  const isOnlyOffset = from + to === offset && offset + length <= pitch;
  return isOnlyOffset && rows * length === values.get(dense)!.elements && rows * pitch === values.get(wide)!.elements;
}

/** A step as rows, where it and its maps allow it; a map of one row is none. */
export function rowStepOf(step: Step, heights: MapHeights, lowered: LoweredGraph): RowStep | undefined {
  const { values, input } = lowered;
  const { operation, reads, writes } = step;
  const height = heights.get(writes) ?? 0;
  const common = { step, height, onRows: (rows: number): Step => ({ ...step, operation: scaled(operation, rows, height) }) };
  if (height < 2) return undefined;
  const window = windowOf(operation);
  if (window !== undefined) {
    if (heights.get(reads[0]!) !== window.height || height !== outputHeight(window) || !touchesMap(window)) return undefined;
    const { strideY, padTop, kernelHeight, dilation } = window;
    const lastNeeded = (row: number): number =>
      Math.min(window.height - 1, row * strideY - padTop + dilation * (kernelHeight - 1));
    return { ...common, lastNeeded, walksInput: false };
  }
  const units = unitsOf(operation);
  const keepsRows = reads.every((name) => heights.get(name) === height);
  const isWhole = [...reads, writes].every((name) => values.get(name)!.elements % height === 0);
  if (units === undefined || units % height !== 0 || !keepsRows || !isWhole || !coversBoth(step, lowered)) return undefined;
  return { ...common, lastNeeded: (row) => row, walksInput: reads.includes(input) };
}
