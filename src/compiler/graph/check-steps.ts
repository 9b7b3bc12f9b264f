import { csrs } from '../../../isa/csrs.ts';
import { limits } from '../../../isa/limits.ts';
import { InputError, type Issue } from '../../config/issue.ts';
import type { FieldProblem } from '../../isa/field-error.ts';
import { windowProblem } from '../check-stages.ts';
import type { LoweredGraph, StepOperation } from './steps.ts';

/** Columns field of GRP; channels field of an integer immediate. */
const mostColumns = 65535;
const mostPitch = 2 ** 23 - 1;
/** One word each: a program of more is no program. */
const mostProducts = 4096;

const over = (what: string, found: number, most: number): FieldProblem[] =>
  found > most ? [{ found: `${found} ${what}`, expected: `at most ${most}` }] : [];

function problemsOf(operation: StepOperation): readonly FieldProblem[] {
  switch (operation.kind) {
    case 'matrix': {
      const { rows, columns } = operation.matrix;
      const window = operation.window === undefined ? undefined : windowProblem(operation.window);
      const sizes = [...over('inputs', rows, limits.maxLength), ...over('outputs', columns, mostColumns)];
      return [...sizes, ...over('output pixels', operation.vectors, limits.maxLength), ...(window === undefined ? [] : [window])];
    }
    case 'lstm':
      return [...over('gates', 4 * operation.lstm.units, mostColumns), ...over('steps', operation.steps, csrs.ROWS.max)];
    case 'product':
      return [
        ...over('products', operation.times, mostProducts),
        ...over('rows of a product', operation.rows, csrs.ROWS.max),
        ...over('columns of a product', operation.columns, csrs.COLUMNS.max),
        ...over('inner elements', operation.inner, limits.maxLength),
      ];
    case 'pool': {
      const window = windowProblem(operation.window);
      return [...over('output pixels', operation.pixels, limits.maxLength), ...(window === undefined ? [] : [window])];
    }
    case 'vec':
      return operation.rows > 1 ? over('elements in a row', operation.length, limits.maxLength) : [];
    case 'reduce':
      return [...over('rows', operation.rows, csrs.ROWS.max), ...over('elements in a row', operation.length, limits.maxLength)];
    case 'transpose':
      return [...over('rows', operation.rows, csrs.ROWS.max), ...over('elements in a row', operation.length, limits.maxLength)];
    case 'strided':
    case 'spread':
      return [
        ...over('elements in a row', operation.length, limits.maxLength),
        ...over('elements between rows', operation.pitch, mostPitch),
      ];
    case 'broadcast':
      return over('elements in a row', operation.length, limits.maxLength);
    default:
      return [];
  }
}

/** Throws InputError with every reason why the fields of instruction words cannot hold a step. */
export function checkSteps({ steps }: LoweredGraph, network: string): void {
  const issues = steps.flatMap(({ layer, operation }) =>
    problemsOf(operation).map(
      ({ found, expected }): Issue => ({ file: `network ${network}`, found: `${layer} with ${found}`, expected }),
    ),
  );
  if (issues.length > 0) throw new InputError(issues);
}
