import { limits } from '../../isa/limits.ts';
import { InputError, type Issue } from '../config/issue.ts';
import { FieldError, type FieldProblem } from '../isa/field-error.ts';
import { packWindow } from '../isa/pack-fields.ts';
import type { Stage, StageWindow } from './lower.ts';

/** Largest values of CSR ROWS and of the columns field of GRP. */
const mostRows = 65536;
const mostColumns = 65535;

/** Generators that are not stage outputs: images, labels (two), input (two), last map as a batch, biases, weights. */
const otherGenerators = 8;

/** Why a window descriptor cannot hold a window; undefined when it can. */
export function windowProblem(window: StageWindow): FieldProblem | undefined {
  try {
    packWindow(window);
    return undefined;
  } catch (error) {
    if (!(error instanceof FieldError)) throw error;
    return error.problem;
  }
}

function stageProblems(stage: Stage): readonly FieldProblem[] {
  const window = stage.window === undefined ? undefined : windowProblem(stage.window);
  const problems = window === undefined ? [] : [window];
  if (stage.vectors > mostRows) problems.push({ found: `${stage.vectors} output pixels`, expected: `at most ${mostRows}` });
  if (stage.kind === 'pool') return problems;
  if (stage.columns > mostColumns) problems.push({ found: `${stage.columns} outputs`, expected: `at most ${mostColumns}` });
  if (stage.rows > limits.maxLength) problems.push({ found: `${stage.rows} inputs`, expected: `at most ${limits.maxLength}` });
  if (stage.window !== undefined && stage.vectors * stage.columns > limits.maxLength)
    problems.push({ found: `${stage.vectors * stage.columns} outputs`, expected: `a map of at most ${limits.maxLength}` });
  return problems;
}

/** Throws InputError with every reason why words and registers of the ISA cannot hold the stages of a network. */
export function checkStages(stages: readonly Stage[], network: string): void {
  const file = `network ${network}`;
  const issues = stages.flatMap((stage): readonly Issue[] =>
    stageProblems(stage).map(({ found, expected }) => ({ file, found: `layer ${stage.name} with ${found}`, expected })),
  );
  const most = limits.aguCount - otherGenerators;
  if (stages.length > most)
    issues.push({ file, found: `${stages.length} layers`, expected: `at most ${most}, as address generators are few` });
  const image = stages[0]?.inputElements ?? 0;
  if (image > limits.maxLength)
    issues.push({ file, found: `an input of ${image} bytes`, expected: `at most ${limits.maxLength}` });
  // Images are u8 codes; only a matrix scales its inputs.
  if (stages[0]?.kind === 'pool')
    issues.push({ file, found: `pooling layer ${stages[0].name} first`, expected: 'a linear or convolution layer before it' });
  if (issues.length > 0) throw new InputError(issues);
}

/** Programs that classify with layers one after the other have no words for a recurrence; programs of graphs have, and those that train. */
export function refuseRecurrence(stages: readonly Stage[], network: string): void {
  const recurrent = stages.find((stage) => stage.kind === 'matrix' && stage.recurrent !== undefined);
  if (recurrent === undefined) return;
  const found = `recurrent layer ${recurrent.name} in an experiment without training on the chip`;
  throw new InputError([{ file: `network ${network}`, found, expected: 'an algorithm, or ohmic run of the network itself' }]);
}
