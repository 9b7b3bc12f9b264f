import type { ModelConstant } from '../components/component.ts';
import type { ChipDescription } from '../description.ts';
import type { AdcKind, AdcModel } from './adc-model.ts';
import { cco } from './cco.ts';
import { chargeDecrement } from './charge-decrement.ts';
import { fixed } from './fixed.ts';
import { flash } from './flash.ts';
import { neurosimSar } from './neurosim-sar.ts';
import { ramp } from './ramp.ts';
import { sar } from './sar.ts';
import { survey } from './survey.ts';

/** Every converter model, in the order they are listed. */
export const adcModels: readonly AdcModel[] = [sar, flash, cco, ramp, chargeDecrement, survey, neurosimSar, fixed];
export const adcKinds: readonly AdcKind[] = adcModels.map(({ kind }) => kind);

export const adcModelOf = ({ tile }: ChipDescription): AdcModel => adcModels.find(({ kind }) => kind === tile.adc.kind)!;

/** Constants of every model, whichever is chosen. */
export const adcConstants: Readonly<Record<string, ModelConstant>> = Object.assign(
  {},
  ...adcModels.map((model) => model.constants),
);

const described = (text: (model: AdcModel) => string): string =>
  adcModels.map((model) => `${model.kind}: ${text(model)}`).join('; ');
export const adcJoulesText = `calibration x perOutput x { ${described((model) => model.joulesText)} }`;
export const adcAreaText = described((model) => model.areaText);
export const adcJoulesSources = described((model) => model.joulesSource);
export const adcAreaSources = described((model) => model.areaSource);
export const adcSecondsText = described((model) => model.secondsText);

/** Energy of one output's conversion, J, before the post-layout factor. */
export const adcJoules = (chip: ChipDescription): number =>
  chip.tile.adc.calibration * chip.tile.adc.perOutput * adcModelOf(chip).joules(chip);

/** Area of one converter, m^2, before the wiring factor. */
export const adcArea = (chip: ChipDescription): number => adcModelOf(chip).area(chip);
