import { part, whole } from './published-parts.ts';

/** Tables of PUMA (Ankit 2019), 32 nm; the printed cells are recalled, their sums close within a percent. */
export const pumaSource = 'Ankit 2019, tables of PUMA at 32 nm';

export const pumaCore = [
  part('control pipeline', 1, 0.25, 0),
  part('instruction memory 4 KB', 1, 1.52, 0.0031),
  part('register file', 1, 0.477, 0.00192),
  part('matrix unit', 2, 19.09, 0.012),
  part('vector unit', 1, 1.9, 0.004),
  part('function unit', 1, 0.055, 0.0006),
];

export const pumaTile = [
  whole('core', 8, pumaCore),
  part('tile control', 1, 0.5, 0),
  part('instruction memory', 1, 1.91, 0),
  part('data memory 64 KB', 1, 17.66, 0.086),
  part('bus', 1, 7, 0.09),
  part('attribute memory', 1, 2.77, 0.012),
  part('receive buffer', 1, 9.14, 0.0044),
];

/** The printed tile of 373.8 mW and 0.479 mm2 is not the exact sum of its parts: both are kept. */
const beside = [part('network', 1, 570.6, 1.62), part('HyperTransport', 1, 10400, 22.88)];
export const pumaNode = [whole('tile', 138, pumaTile), ...beside];
export const pumaNodeFromPrintedTile = [part('tile as printed', 138, 373.8, 0.479), ...beside];
