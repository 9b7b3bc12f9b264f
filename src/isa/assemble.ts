import { InputError } from '../config/issue.ts';
import { nearestName } from '../config/nearest-name.ts';
import { assembleDirective, declare, directiveNames, isDeclaration } from './assemble-directive.ts';
import { assembleInstruction } from './assemble-instruction.ts';
import { type Assembly, attempt, createAssembly, report } from './assembly.ts';
import { createProgramBuilder } from './builder.ts';
import type { Program } from './program.ts';
import { labelPattern, type SourceLine, splitLines, type Token } from './source-line.ts';

type CodeLine = SourceLine & { readonly head: Token };

/**
 * Assembly text to a program. Symbols and regions may be used before the line that declares them.
 * @throws InputError with every mistake, each with line and column.
 */
export function assemble(text: string, file: string): Program {
  const assembly = createAssembly(file, createProgramBuilder(file));
  const lines = splitLines(text);
  for (const line of lines)
    if (isCode(line) && isDeclaration(line.head.text)) step(assembly, line, () => declare(assembly, line));
  for (const line of lines) assembleLine(assembly, line);
  finish(assembly, lines);
  if (assembly.issues.length > 0)
    throw new InputError([...assembly.issues].sort((a, b) => a.line! - b.line! || a.column! - b.column!));
  return assembly.builder.build();
}

const isCode = (line: SourceLine): line is CodeLine => line.head !== undefined;

function step(assembly: Assembly, line: CodeLine, run: () => void): boolean {
  assembly.line = line.line;
  return attempt(assembly, line.head, run);
}

function assembleLine(assembly: Assembly, line: SourceLine): void {
  assembly.line = line.line;
  if (line.label !== undefined) defineLabel(assembly, line.label);
  if (!isCode(line) || isDeclaration(line.head.text)) return;
  assembly.builder.at(line.line, line.head.column);
  const good = step(assembly, line, () => {
    if (line.head.text.startsWith('.')) assembleDirective(assembly, line);
    else assembleInstruction(assembly, line);
  });
  // A stand-in keeps one bad line from making the loop around it look empty.
  if (!good) assembly.builder.emit('NOP');
}

function defineLabel(assembly: Assembly, label: Token): void {
  const { labels, builder } = assembly;
  if (!labelPattern.test(label.text))
    report(assembly, label, { found: JSON.stringify(label.text), expected: 'a label of letters, digits, _ and .' });
  else if (labels.has(label.text))
    report(assembly, label, { found: `label ${label.text} a second time`, expected: 'each label defined once' });
  else labels.set(label.text, builder.position);
}

function finish(assembly: Assembly, lines: readonly SourceLine[]): void {
  const { builder, branches, labels, open } = assembly;
  for (const { word, line, label } of branches) {
    const target = labels.get(label.text);
    const nearest = nearestName(label.text, labels.keys());
    assembly.line = line;
    if (target === undefined)
      report(assembly, label, {
        found: `unknown label ${label.text}`,
        expected: 'a label of this file',
        ...(nearest === undefined ? {} : { nearest }),
      });
    else if (assembly.issues.length === 0) builder.patchBranch(word, target);
  }
  for (const { what, line, column } of open) {
    assembly.line = line;
    report(
      assembly,
      { column },
      { found: `${what} without its end`, expected: what === 'LOOP' ? '.end after the loop body' : '.end after its words' },
    );
  }
  if (builder.position > 0 || assembly.issues.length > 0) return;
  assembly.line = Math.max(lines.length, 1);
  report(
    assembly,
    { column: 1 },
    { found: 'a program without instructions', expected: `instructions, or directives such as ${directiveNames.join(', ')}` },
  );
}
