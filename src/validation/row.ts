/** Rows are judged where they are measured: in the laboratory. */
export { judge, type Measured, type ValidationClass, type ValidationRow } from '../laboratory/row.ts';
