import { assemble } from '../../isa/assemble.ts';
import { writeProgram } from '../../isa/container.ts';
import type { Configure } from '../context.ts';
import { examples } from '../examples.ts';
import { readText } from '../read-text.ts';

/** `ohmic asm prog.oasm -o prog.obin`. */
export const configureAsm: Configure = (command, { io }) => {
  command
    .argument('<source>', 'assembly text (.oasm)')
    .requiredOption('-o, --output <file>', 'the program to write (.obin)')
    .addHelpText('after', examples(['ohmic asm dot-product.oasm -o dot-product.obin']))
    .action((source: string, { output }: { output: string }) => {
      const program = assemble(readText(io.files, source), source);
      io.files.write(output, writeProgram(program));
      io.stderr(`${output}: ${program.words.length / 4} words\n`);
    });
};
