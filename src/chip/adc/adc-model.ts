import type { ModelConstant } from '../components/component.ts';
import type { ChipDescription } from '../description.ts';

export type AdcKind = ChipDescription['tile']['adc']['kind'];

/** One way to say what a converter costs. Energies are of one conversion of one converter, before calibration and post-layout. */
export interface AdcModel {
  readonly kind: AdcKind;
  readonly doc: string;
  readonly joulesText: string;
  readonly joulesSource: string;
  readonly joules: (chip: ChipDescription) => number;
  readonly areaText: string;
  readonly areaSource: string;
  /** m^2, before the wiring factor. */
  readonly area: (chip: ChipDescription) => number;
  /** Standard duration of one conversion, s. */
  readonly seconds: (chip: ChipDescription) => number;
  readonly secondsText: string;
  /** Columns that share one converter, when nothing else is said. */
  readonly mux: number;
  readonly constants: Readonly<Record<string, ModelConstant>>;
}
