import { choiDisturb } from './choi-disturb.ts';
import { falconeMvm } from './falcone-mvm.ts';
import { falconeStates } from './falcone-states.ts';
import { glukhovVat } from './glukhov-vat.ts';
import type { LaboratoryExperiment } from './laboratory-experiment.ts';

/** The experiments of the source papers, by name. */
export const laboratoryExperiments: readonly LaboratoryExperiment[] = [falconeMvm, falconeStates, choiDisturb, glukhovVat];
