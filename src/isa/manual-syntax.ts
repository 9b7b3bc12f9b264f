/** The chapter of the manual on the text form; the rest of the manual is made from the table. */
export const assemblySyntax = `## Assembly (.oasm)

One instruction or directive a line; \`;\` begins a comment. Names are case-sensitive.

\`\`\`
label:  OP[.function][.FLAG…]  D, A, B, W0, len=…, unit=…   ; comment
\`\`\`

Operands stand in the order D, A, B of those the instruction has; \`-\` leaves an optional one out. \`W3\` names the group of a tile
instruction, \`unit=\` any other unit. A number the \`sub\` field holds is written by its name: \`rows=4\`, \`shift=2\`, \`csr=ADC_BITS\`.

| text | operand |
| --- | --- |
| \`[64]\` \`[x]\` \`[x+16]\` | scratchpad address |
| \`$a3\` \`$a3+16\` | address generator, with a byte offset |
| \`#1.5\` \`#-3\` \`#0x1f\` | immediate |
| \`r3\` \`L1\` \`!loss\` \`!hits\` \`!count\` \`!saturations\` \`!retries\` | register, loop counter, special |
| \`@w0\` | window |
| \`label\` | branch target |

\`LOOP L0, #10\` … \`.end\` encloses a loop body; \`start=\` sets the first counter. \`SETR.lit r1, #0.01\` loads all 32 bits (an integer with
\`.I\`); other float immediates keep 16 significant bits.

| directive | effect |
| --- | --- |
| \`.spm name bytes [at=address]\` | names a scratchpad area, by default after the last one, on a multiple of 64 |
| \`.dram name bytes [at=address]\` | the same in DRAM |
| \`.data name u8\\|i32\\|f32 values\` | places values in a DRAM area, after those placed there before; declares the area if need be |
| \`.region id phase\\|layer\\|evaluation "name"\` | what \`MARK\` opens and closes |
| \`.scope id\` … \`.end\` | the words between belong to a layer or phase: as between \`MARK.begin\` and \`MARK.end\`, without their words |
| \`.group W0 tile=0 rows=784 cols=256 [rowblocks=] [colblocks=] [replicas=] [rowoffset= coloffset=]\` | GRP |
| \`.agu a0 base=dram:name+off\\|spm:name [L1:25088 L2:784 …] [mod=bytes] [phase=bytes]\` | AGU, up to four strides in bytes; their sum, phase added, is taken modulo mod |
| \`.window w0 agu=a0 height= width= channels= kernel=5x5 [stride=1x1] [pad=0 or before:after] [dil=1] [first=a1 rows= rowbytes=]\` | WIN; with \`first\` only \`rows\` output rows from the one that a1 counts to |
| \`.csr W0\\|all\\|global NAME=value …\` | one SETC each; a value is a number, a choice or a register |
| \`.word 0x…, 0x…, 0x…, 0x…\` | a word as it is |

Declarations (\`.spm .dram .data .region\`) may stand anywhere; the other directives make words where they stand.

\`\`\`
        .spm x 784
        .spm y 40
        .dram images 784000
        .region 0 phase "forward"
        .group W0 tile=0 rows=784 cols=10 rowblocks=4
        .agu a0 base=dram:images L0:784
        .csr all IN_FORMAT=u8 IN_UNIT=0.00392
        MARK.begin #0
        LOOP L0, #1000
          DLD [x], $a0, len=784
          MVM [y], [x], W0
        .end
        MARK.end #0
        HALT
\`\`\``;
