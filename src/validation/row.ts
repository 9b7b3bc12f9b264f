/** Rows are judged where they are measured: in the laboratory. */
export {
  isRelative,
  judge,
  type Measured,
  type ToleranceKind,
  type ValidationClass,
  type ValidationRow,
} from '../laboratory/row.ts';
