import { compactRows } from '../../laboratory/compact-rows.ts';
import { disturbRows } from '../../laboratory/disturb-rows.ts';
import { programmingRows } from '../../laboratory/programming-rows.ts';
import { stateRows } from '../../laboratory/state-rows.ts';
import type { RowFamily } from '../row-family.ts';

export const cellRows: RowFamily = { name: 'levels and relaxation of CMO/HfOx', ids: ['V8', 'V9', 'V10'], measure: stateRows };

export const programmingLoopRows: RowFamily = { name: 'closed programming loop', ids: ['V11'], measure: programmingRows };

export const compactModelRows: RowFamily = { name: 'compact model of CMO/HfOx', ids: ['V15'], measure: compactRows };

export const halfSelectRows: RowFamily = { name: 'half-select disturb', ids: ['V14'], measure: disturbRows };
