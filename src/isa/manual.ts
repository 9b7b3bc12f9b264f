import { csrs } from '../../isa/csrs.ts';
import { limits } from '../../isa/limits.ts';
import type { CsrSpec, InstructionSpec, OperandSpec, UnitClass } from '../../isa/spec.ts';
import { containerVersion, magic, sectionNames } from './container.ts';
import { assemblySyntax } from './manual-syntax.ts';
import { mnemonics, operandFields, rowOf } from './table.ts';
import { type WordField, wordFields } from './word-format.ts';

const classTitles: Readonly<Record<UnitClass, string>> = {
  control: 'Control',
  simulation: 'Simulation',
  dma: 'Memory transfer',
  noc: 'Messages',
  tile: 'Analog tiles',
  vector: 'Vector units',
};

/** The reference manual of the ISA as Markdown, made from the instruction table; `isa/reference.md` is its committed copy. */
export function printManual(): string {
  const parts = [
    '# The ohmic ISA',
    'Made from the instruction table by `npm run manual`; do not edit.',
    ...overview(),
    ...wordFormat(),
    ...(Object.keys(classTitles) as UnitClass[]).flatMap(instructionClass),
    ...registers(),
    ...fileFormat(),
    assemblySyntax,
  ];
  return `${parts.join('\n\n').trimEnd()}\n`;
}

const hex = (value: number): string => `0x${value.toString(16).padStart(2, '0')}`;

const cell = (text: string): string => text.replaceAll('|', '\\|');

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...rows].map((row) => `| ${row.map(cell).join(' | ')} |`).join('\n');

const overview = (): string[] => [
  [
    `Words are ${limits.wordBytes} bytes. A program sees ${limits.registers} scalar registers (r0 reads 0; f32 and i32 views), ${limits.loopLevels} loop`,
    `counters L0-L${limits.loopLevels - 1}, ${limits.aguCount} address generators, ${limits.windowCount} window descriptors, ${limits.groupCount} tile`,
    `groups, a scratchpad of up to ${limits.maxSpmBytes / 2 ** 20} MiB and DRAM of up to ${(limits.dramUnitBytes * 2 ** 24) / 2 ** 30} GiB. Nothing that depends on time or`,
    'energy is readable. Instructions issue in order; results become visible as if they ran one after the other.',
  ].join('\n'),
];

const wordFormat = (): string[] => [
  '## Word format',
  'Four little-endian 32-bit numbers. Fields an instruction does not use are zero. `len` is stored as three chunks, low bits first.',
  table(
    ['field', 'u32', 'bits', 'meaning'],
    Object.entries<WordField>(wordFields).map(([name, { word, low, bits, doc }]) => [
      name,
      `w${word}`,
      `${low + bits - 1}:${low}`,
      doc,
    ]),
  ),
  table(
    ['kind', 'operand', 'value', 'assembly'],
    [
      ['0', 'scratchpad', 'byte address', '`[symbol+16]`'],
      ['1', 'address generator', 'id in bits 4:0, signed byte offset in bits 23:5', '`$a3+16`'],
      ['2', 'immediate', 'top 24 bits of an f32, a signed 24-bit integer, or packed bits, as the instruction says', '`#1.5`'],
      ['3', 'register', 'r0-r15: 0-15, L0-L5: 32-37, specials: 48-52, windows: 64-71', '`r3` `L1` `!hits` `@w0`'],
    ],
  ),
  'An operand that may be left out is stored as immediate 0 and written `-` where another one follows.',
];

function instructionClass(unitClass: UnitClass): string[] {
  const rows = mnemonics.filter((mnemonic) => rowOf(mnemonic).class === unitClass);
  return rows.length === 0
    ? []
    : [`## ${classTitles[unitClass]}`, ...rows.map((mnemonic) => instruction(mnemonic, rowOf(mnemonic)))];
}

function instruction(mnemonic: string, row: InstructionSpec): string {
  const reserved = row.status === 'reserved' ? ' — reserved for a later version' : '';
  const lines = [
    `### ${mnemonic} \`${hex(row.opcode)}\`${reserved}`,
    '',
    row.doc,
    '',
    ...operandFields.flatMap((field) =>
      row[field] === undefined ? [] : [`- **${field.toUpperCase()}** ${operand(row[field])}`],
    ),
    ...(row.length === undefined
      ? []
      : [
          `- **len** ${row.length.doc}${row.length.min === undefined ? '' : `, at least ${row.length.min}`}${row.length.default === undefined ? '' : `; ${row.length.default} when left out`}`,
        ]),
    ...(row.functions === undefined ? [] : [`- **functions** ${named(row.functions)}`]),
    ...(row.subNumber === undefined ? [] : [`- **${row.subNumber.name}** 0 to ${row.subNumber.max}: ${row.subNumber.doc}`]),
    ...Object.entries(row.flags ?? {}).map(([name, { bit, doc }]) => `- **.${name}** (bit ${bit}) ${doc}`),
    ...(row.unit === 'none' ? [] : [`- **unit** ${row.unit}`]),
    `- **time** ${row.timing}`,
  ];
  return lines.join('\n');
}

function operand({ kinds, access, space, immediate, window, optional, doc }: OperandSpec): string {
  const forms = kinds.map((kind) => {
    if (kind === 'imm') return `${immediate} immediate`;
    if (kind === 'reg') return window === true ? 'window' : 'register';
    return kind === 'spm' ? 'address' : 'address generator';
  });
  const use =
    access === 'none'
      ? ''
      : `; ${access} in ${space === 'any' ? 'scratchpad or DRAM' : space === 'dram' ? 'DRAM' : 'scratchpad'}`;
  return `${doc} (${forms.join(', ')}${use}${optional === true ? '; optional' : ''})`;
}

const named = (codes: Readonly<Record<string, number>>): string =>
  Object.entries(codes)
    .map(([name, code]) => `\`${name}\` ${code}`)
    .join(', ');

const registers = (): string[] => [
  '## Configuration registers',
  'Written by SETC. Group registers start with what the chip description says; a program writes what differs.',
  table(
    ['id', 'name', 'scope', 'value', 'meaning'],
    Object.entries<CsrSpec>(csrs).map(([name, { id, scope, type, choices, min, max, doc }]) => [
      String(id),
      name,
      scope,
      choices === undefined
        ? `${type}${min === undefined ? '' : `, ${min}${max === undefined ? ' or more' : ` to ${max}`}`}`
        : choices.join(', '),
      doc,
    ]),
  ),
];

const fileFormat = (): string[] => [
  '## File format (.obin)',
  [
    `Little-endian. Bytes 0-3 \`${magic}\`; u16 version (${containerVersion}); u16 bytes of header and section table; u32 bytes of the file; u32 CRC-32`,
    'of the file with that field zero. Then 12 bytes a section: four letters, u32 offset, u32 bytes.',
  ].join('\n'),
  table(
    ['section', 'holds'],
    sectionNames.map((name) => [name, sectionDocs[name]]),
  ),
];

const sectionDocs: Readonly<Record<(typeof sectionNames)[number], string>> = {
  NAME: 'name of the source, UTF-8',
  CODE: 'instruction words',
  SYMB: 'symbols, JSON: name, space, address, bytes',
  REGN: 'regions of MARK, JSON: id, kind, name',
  SCOP: 'scopes (absent: none): region id, first word and the word behind the last, u32 each',
  LINE: 'pairs of u32: word, source line',
  COLS: 'u32 for each pair of LINE: source column; absent where it is not known',
  DATA: 'u32 raw size, then deflated: u32 count, address and size of each segment (u32), bytes placed in DRAM before the start',
  MANI: 'what `ohmic simulate` needs to repeat a run, JSON; absent in hand-written programs',
};
