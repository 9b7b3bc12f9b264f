import { printManual } from '../../isa/manual.ts';
import type { Configure } from '../context.ts';
import { examples } from '../examples.ts';

/** `ohmic isa`: the manual, as Markdown. */
export const configureIsa: Configure = (command, { io }) => {
  command.addHelpText('after', examples(['ohmic isa | less', 'ohmic isa > reference.md'])).action(() => io.stdout(printManual()));
};
