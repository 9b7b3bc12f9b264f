import type { ChipDescription } from '../description.ts';
import { adcJoules } from './adc-models.ts';
import { neurosimSar } from './neurosim-sar.ts';
import { survey } from './survey.ts';

export interface AdcBand {
  readonly minimum: number;
  readonly value: number;
  readonly maximum: number;
  readonly source: string;
}

/** Models of the successive-approximation family, for which published tools disagree. */
const family: readonly string[] = ['sar', 'survey', 'neurosim-sar'];
/** Fitted to one chip each; no second model to compare with. */
const fittedSpread = 1.25;

/**
 * How far published models of this converter lie apart, J per output before the post-layout factor: NeuroSim to the survey
 * regression for the SAR family; a quarter either way for a model fitted to one chip; nothing for given numbers.
 */
export function adcBand(chip: ChipDescription): AdcBand {
  const value = adcJoules(chip);
  const { kind, calibration, perOutput } = chip.tile.adc;
  if (kind === 'fixed') return { minimum: value, value, maximum: value, source: 'given with the chip' };
  if (!family.includes(kind))
    return {
      minimum: value / fittedSpread,
      value,
      maximum: value * fittedSpread,
      source: 'assumed: a quarter either way of the one chip the model was fitted to',
    };
  const ends = [neurosimSar.joules(chip), survey.joules(chip)].map((joules) => joules * calibration * perOutput);
  return {
    minimum: Math.min(value, ...ends),
    value,
    maximum: Math.max(value, ...ends),
    source: 'NeuroSim V2.1 SarADC to Accelergy ADC plug-in',
  };
}
