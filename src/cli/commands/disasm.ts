import { readProgram } from '../../isa/container.ts';
import { disassemble } from '../../isa/disassemble.ts';
import type { Configure } from '../context.ts';
import { examples } from '../examples.ts';

/** `ohmic disasm prog.obin`: text that assembles to the same words. */
export const configureDisasm: Configure = (command, { io }) => {
  command
    .argument('<program>', 'a program (.obin)')
    .addHelpText('after', examples(['ohmic disasm prog.obin', 'ohmic disasm prog.obin > prog.oasm']))
    .action((file: string) => io.stdout(disassemble(readProgram(io.files.read(file), file))));
};
