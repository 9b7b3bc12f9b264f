import { adc } from './adc.ts';
import { array } from './array.ts';
import { buffer } from './buffer.ts';
import { digital } from './digital.ts';
import { input } from './input.ts';
import { sampleHold } from './sample-hold.ts';
import { train } from './train.ts';

/** Blocks of a tile, from the inputs to the outputs. */
export const tileComponents = [array, input, sampleHold, adc, digital, buffer, train] as const;
