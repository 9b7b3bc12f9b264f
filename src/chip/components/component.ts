import type { ChipPath } from '../chip-path.ts';
import type { ComponentName } from '../cost-table.ts';
import type { ChipDescription } from '../description.ts';
import type { Parameter } from '../parameter.ts';

/** A number inside a cost formula that is not a parameter of the chip. SI units. */
export interface ModelConstant {
  readonly value: number;
  readonly unit: string;
  readonly source: string;
  readonly doc: string;
}

/** A cost as text to read and as function to evaluate; overhead and wiring factors are applied by the cost table. */
export interface Formula {
  readonly text: string;
  readonly source: string;
  /** Parameters the value depends on directly. */
  readonly uses: readonly ChipPath[];
  readonly value: (chip: ChipDescription) => number;
  /** Formula and source of the alternative this chip uses, where `text` lists several. */
  readonly inUse?: (chip: ChipDescription) => { readonly text: string; readonly source: string };
}

export interface CostModel {
  /** Row of every report. */
  readonly component: ComponentName;
  /** Instances on the chip. */
  readonly count: (chip: ChipDescription) => number;
  /** J per action, by action name. */
  readonly actions: Readonly<Record<string, Formula>>;
  /** m^2 of one instance. */
  readonly area: Formula;
  /** W of one instance. */
  readonly leakage: Formula;
  /** s of one action, where the block has a time of its own. */
  readonly latency?: Formula;
  /** s until its lines are where they should be: a bound on the latency. */
  readonly settling?: Formula;
  /** Clocked logic: its dynamic energy counts towards the clock tree. */
  readonly digital: boolean;
  /** On-die circuits take the post-layout energy and wiring area factors; an interface to another die does not. */
  readonly onDie: boolean;
}

/** Everything the project says about one block of the chip. Validation, explain, reports and the manual are derived from it. */
export interface Component {
  /** Where its parameters live in a chip file, such as `tile.adc`. */
  readonly path: string;
  readonly doc: string;
  /** What the model leaves out. */
  readonly inaccuracies: readonly string[];
  readonly parameters: Readonly<Partial<Record<ChipPath, Parameter>>>;
  readonly constants: Readonly<Record<string, ModelConstant>>;
  /** The constants this chip rests on, where its block has alternatives; all of them otherwise. */
  readonly constantsInUse?: (chip: ChipDescription) => Readonly<Record<string, ModelConstant>>;
  readonly cost?: CostModel;
}

/** Keeps the literal keys of a component, so that the list of all parameters is checked against the description's type. */
export const component = <const T extends Component>(declaration: T): T => declaration;

export const zeroFormula = (why: string): Formula => ({ text: '0', source: why, uses: [], value: () => 0 });
export const tileCount = (chip: ChipDescription): number => chip.grid.rows * chip.grid.columns;
