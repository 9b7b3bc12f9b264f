import type { Configure } from './context.ts';

/** A command by name; its code is loaded only when it is asked for, so that help is quick. */
export interface CommandEntry {
  readonly name: string;
  readonly summary: string;
  readonly load: () => Promise<Configure>;
}

const entry = (name: string, summary: string, load: () => Promise<Configure>): CommandEntry => ({ name, summary, load });

/** Every command, in the order of the help. */
export const commandList: readonly CommandEntry[] = [
  entry('run', 'train, compile and simulate an experiment', async () => (await import('./commands/run.ts')).configureRun),
  entry(
    'compile',
    'write the program that run would execute',
    async () => (await import('./commands/compile.ts')).configureCompile,
  ),
  entry('simulate', 'run a program on a chip', async () => (await import('./commands/simulate.ts')).configureSimulate),
  entry('trace', 'write a timeline that Perfetto opens', async () => (await import('./commands/trace.ts')).configureTrace),
  entry('asm', 'assemble .oasm text into a program', async () => (await import('./commands/asm.ts')).configureAsm),
  entry('disasm', 'print a program as .oasm text', async () => (await import('./commands/disasm.ts')).configureDisasm),
  entry('isa', 'print the manual of the instruction set', async () => (await import('./commands/isa.ts')).configureIsa),
  entry('chip', 'list, show and explain chips', async () => (await import('./commands/chip.ts')).configureChip),
  entry(
    'device',
    'memory cells: list, show, characterise, fit',
    async () => (await import('./commands/device.ts')).configureDevice,
  ),
  entry('sweep', 'explore a space of designs', async () => (await import('./commands/sweep.ts')).configureSweep),
  entry('validate', 'compare with published figures', async () => (await import('./commands/validate.ts')).configureValidate),
  entry('data', 'look at data sets, fetch them', async () => (await import('./commands/data.ts')).configureData),
];
