import { type Format, formatBytes, formats } from '../../isa/limits.ts';
import { InputError, type Issue } from '../config/issue.ts';
import { nearestName } from '../config/nearest-name.ts';
import type { Program, ProgramSymbol } from '../isa/program.ts';
import { fromBf16Bits } from '../numeric/bf16.ts';
import type { InstanceRun } from '../simulate/run-instance.ts';

/** A scratchpad area to print, and how its bytes are read. */
export interface MemoryRequest {
  readonly symbol: ProgramSymbol;
  readonly format: Format;
}

/** `name` or `name:format`, for every `--print`. Throws InputError with all that do not exist. */
export function memoryRequests(program: Program, texts: readonly string[]): readonly MemoryRequest[] {
  const symbols = program.symbols.filter(({ space }) => space === 'spm');
  const issues: Issue[] = [];
  const requests = texts.flatMap((text): MemoryRequest[] => {
    const [name = '', written = 'f32'] = text.split(':');
    const symbol = symbols.find((candidate) => candidate.name === name);
    const format = formats.find((candidate) => candidate === written);
    if (symbol !== undefined && format !== undefined) return [{ symbol, format }];
    const known = symbol === undefined ? symbols.map((candidate) => candidate.name) : formats;
    const nearest = nearestName(symbol === undefined ? name : written, known);
    issues.push({
      file: '--print',
      found: text,
      expected: `one of ${known.join(', ')}`,
      ...(nearest === undefined ? {} : { nearest }),
    });
    return [];
  });
  if (issues.length > 0) throw new InputError(issues);
  return requests;
}

function readElement(view: DataView, at: number, format: Format): number {
  switch (format) {
    case 'f32':
      return view.getFloat32(at, true);
    case 'bf16':
      return fromBf16Bits(view.getUint16(at, true));
    case 'i32':
      return view.getInt32(at, true);
    case 'i16':
      return view.getInt16(at, true);
    case 'i8':
      return view.getInt8(at);
    case 'u8':
      return view.getUint8(at);
  }
}

/** One line per area: its name and values, as the first chip instance left them. */
export function describeMemory({ scratchpad }: Pick<InstanceRun, 'scratchpad'>, requests: readonly MemoryRequest[]): string {
  if (scratchpad === undefined) return '';
  return requests
    .map(({ symbol, format }) => {
      const bytes = scratchpad(symbol.address, symbol.bytes);
      const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
      const count = Math.floor(symbol.bytes / formatBytes[format]);
      const values = Array.from({ length: count }, (_, index) => readElement(view, index * formatBytes[format], format));
      return `${symbol.name} = ${values.map((value) => Number(value.toPrecision(6))).join(' ')}\n`;
    })
    .join('');
}
