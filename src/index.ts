/** The library behind the command line: what scripts and other tools may rely on. */

export { loadChip } from './chip/load.ts';
export { chipPreset, listPresets } from './chip/presets.ts';
export { varyChip } from './chip/vary.ts';
export { InputError, type Issue } from './config/issue.ts';
export { assemble } from './isa/assemble.ts';
export { createProgramBuilder, type ProgramBuilder } from './isa/builder.ts';
export { readProgram, writeProgram } from './isa/container.ts';
export { disassemble } from './isa/disassemble.ts';
export type { Program } from './isa/program.ts';
export type { Files } from './network/data/files.ts';
export { compileExperiment } from './simulate/compile-experiment.ts';
export { type Experiment, parseExperiment } from './simulate/experiment.ts';
export { type Progress, silentProgress } from './simulate/progress.ts';
export type { Report } from './simulate/report.ts';
export { simulateProgram } from './simulate/simulate-program.ts';
export { validate } from './validation/validate.ts';
