import { writeFileSync } from 'node:fs';
import { printManual } from '../isa/manual.ts';

writeFileSync(new URL('../../isa/reference.md', import.meta.url), printManual());
