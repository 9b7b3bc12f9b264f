import { inputError } from '../config/issue.ts';
import { nearestName } from '../config/nearest-name.ts';
import type { Dimension } from '../units/dimensions.ts';
import { formatQuantity } from '../units/format-quantity.ts';
import { describeConstant } from './assumptions.ts';
import { type ChipPath, readPath } from './chip-path.ts';
import type { Chip } from './chip-source.ts';
import type { Component, CostModel, Formula } from './components/component.ts';
import { chipPaths, components, parameterAt } from './components/components.ts';
import { areaFactor, calibrationFactor, energyFactor } from './cost-table-of.ts';
import type { ChipDescription } from './description.ts';
import { type ActionBand, actionBands } from './model-spreads.ts';
import { describeRange, describeValueOf } from './parameter-value.ts';

export interface ExplainedParameter {
  readonly path: ChipPath;
  readonly value: string;
  readonly doc: string;
  readonly range: string;
  readonly standard: boolean;
  readonly source: string;
  readonly assumed: boolean;
}

export interface ExplainedCost {
  /** `convert`, `area`, `leakage` … */
  readonly name: string;
  /** SI: J per action, m^2 and W of one instance, overhead, wiring and calibration factors included; s of one action. */
  readonly si: number;
  readonly value: string;
  readonly formula: string;
  /** What multiplies the formula: `x 1.22 post-layout`; empty when nothing. */
  readonly factor: string;
  readonly uses: readonly { readonly path: ChipPath; readonly value: string }[];
  readonly source: string;
}

export interface ExplainedComponent {
  readonly path: string;
  /** Its row in reports; absent when it costs nothing of its own. */
  readonly component?: string;
  readonly doc: string;
  readonly inaccuracies: readonly string[];
  readonly count: number;
  readonly costs: readonly ExplainedCost[];
  readonly parameters: readonly ExplainedParameter[];
  /** Where models of its actions disagree, and how far; empty where there is one model only. */
  readonly bands: readonly ActionBand[];
  readonly constants: readonly { readonly name: string; readonly value: string; readonly source: string; readonly doc: string }[];
}

/**
 * What there is to know of a chip, or of one part of it: a component by path (`tile.adc`) or report row (`adc`), a group
 * (`tile`), or one parameter (`tile.adc.bits`). @throws InputError with the nearest path for an unknown one.
 */
export function explainChip(chip: Chip, path = ''): ExplainedComponent[] {
  const wanted = components.filter(
    (item) => path === '' || shownPath(item) === path || item.path.startsWith(`${path}.`) || item.cost?.component === path,
  );
  if (wanted.length > 0) return wanted.map((item) => explainComponent(chip, item));
  const parameter = chipPaths.find((candidate) => candidate === path);
  const owner = components.find((item) => parameter !== undefined && Object.hasOwn(item.parameters, parameter));
  if (parameter === undefined || owner === undefined)
    throw inputError('explain', `unknown ${path}`, 'a component or a path of a chip value', nearestPart(path));
  const { costs, ...whole } = explainComponent(chip, owner);
  return [
    {
      ...whole,
      costs: costs.filter(({ uses }) => uses.some((use) => use.path === parameter)),
      parameters: [explainParameter(chip, parameter)],
      constants: [],
    },
  ];
}

const nearestPart = (path: string): string | undefined =>
  nearestName(path, [
    ...components.flatMap((item) => [shownPath(item), ...(item.cost === undefined ? [] : [item.cost.component])]),
    ...chipPaths,
  ]);

/** The values of no component are shown as `chip`. */
const shownPath = ({ path }: Component): string => (path === '' ? 'chip' : path);

function explainComponent(chip: Chip, item: Component): ExplainedComponent {
  const { doc, inaccuracies, parameters, constants, cost } = item;
  return {
    path: shownPath(item),
    ...(cost === undefined ? {} : { component: cost.component }),
    doc,
    inaccuracies,
    count: cost?.count(chip.description) ?? 1,
    costs: cost === undefined ? [] : explainCosts(chip, cost),
    bands: cost === undefined ? [] : actionBands(cost, chip.description),
    parameters: (Object.keys(parameters) as ChipPath[]).map((path) => explainParameter(chip, path)),
    constants: Object.entries(constants).map(([name, constant]) => ({
      name,
      value: describeConstant(constant),
      source: constant.source,
      doc: constant.doc,
    })),
  };
}

function explainParameter({ sources }: Chip, path: ChipPath): ExplainedParameter {
  const { text, source, assumed, given } = sources[path];
  const parameter = parameterAt(path);
  return { path, value: text, doc: parameter.doc, range: describeRange(parameter), standard: !given, source, assumed };
}

/** What multiplies a formula, and why. */
type Factor = readonly [value: number, what: string];

function explainCosts(chip: Chip, model: CostModel): ExplainedCost[] {
  const { description } = chip;
  const row = (name: string, formula: Formula, factors: readonly Factor[], dimension: Dimension): ExplainedCost => {
    const factor = factors.reduce((product, [value]) => product * value, 1);
    const si = formula.value(description) * factor;
    const { text, source } = formula.inUse?.(description) ?? formula;
    return {
      name,
      si,
      value: formatQuantity(si, dimension),
      formula: text,
      factor: factors
        .filter(([value]) => value !== 1)
        .map(([value, what]) => `x ${value} ${what}`)
        .join(' '),
      uses: formula.uses.map((path) => ({ path, value: valueText(description, path) })),
      source,
    };
  };
  const onEnergy: readonly Factor[] = [
    [energyFactor(model, description), 'post-layout'],
    [calibrationFactor(model, description), 'calibration'],
  ];
  return [
    ...Object.entries(model.actions).map(([name, formula]) => row(name, formula, onEnergy, 'J')),
    row('area', model.area, [[areaFactor(model, description), 'wiring']], 'm2'),
    row('leakage', model.leakage, [], 'W'),
    ...(model.latency === undefined ? [] : [row('latency', model.latency, [], 's')]),
    ...(model.settling === undefined ? [] : [row('settling', model.settling, [], 's')]),
  ];
}

const valueText = (chip: ChipDescription, path: ChipPath): string => describeValueOf(parameterAt(path), readPath(chip, path));
