import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A table as SQL gives it. */
export interface Answer {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly (string | number | null)[])[];
}

export interface TraceProcessor {
  /** Throws Error when the trace is refused. */
  load(trace: Uint8Array): void;
  query(sql: string): Answer;
}

/** TraceProcessorRpc of protos/perfetto/trace_processor/trace_processor.proto: method numbers and fields. */
const methods = { append: 1, finalize: 2, query: 3 } as const;
const fields = { seq: 1, request: 2, fatal: 5, appendData: 101, queryArgs: 103, appendResult: 201, queryResult: 203 } as const;

function varint(value: number): number[] {
  const bytes: number[] = [];
  for (let rest = value; ; rest = Math.floor(rest / 128)) {
    if (rest < 128) return [...bytes, rest];
    bytes.push((rest % 128) + 128);
  }
}

const wireVarint = 0;
const wireFixed64 = 1;
const wireBytes = 2;
const number = (field: number, value: number): Uint8Array =>
  Uint8Array.from([...varint(8 * field + wireVarint), ...varint(value)]);
const message = (field: number, ...parts: readonly Uint8Array[]): Uint8Array => {
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  return Buffer.concat([Uint8Array.from([...varint(8 * field + wireBytes), ...varint(length)]), ...parts]);
};

type Field = readonly [field: number, value: bigint | Uint8Array];

function* parse(bytes: Uint8Array): Generator<Field> {
  let at = 0;
  const read = (): bigint => {
    let value = 0n;
    for (let shift = 0n; ; shift += 7n) {
      const byte = bytes[at++]!;
      value |= BigInt(byte & 127) << shift;
      if (byte < 128) return value;
    }
  };
  while (at < bytes.length) {
    const key = Number(read());
    const wire = key % 8;
    if (wire === wireVarint) yield [key >> 3, read()];
    else if (wire === wireFixed64) yield [key >> 3, bytes.subarray(at, (at += 8))];
    else if (wire === wireBytes) {
      const length = Number(read());
      yield [key >> 3, bytes.subarray(at, (at += length))];
    } else throw new Error(`wire type is ${wire}; want 0, 1 or 2`);
  }
}

const bytesOf = (all: readonly Field[], field: number): readonly Uint8Array[] =>
  all.filter(([own]) => own === field).map(([, value]) => value as Uint8Array);
const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

/** Packed or single varints of a repeated field. */
function numbers(all: readonly Field[], field: number): readonly bigint[] {
  return all
    .filter(([own]) => own === field)
    .flatMap(([, value]) => {
      if (typeof value === 'bigint') return [value];
      const found: bigint[] = [];
      // A packed field reads like single fields behind a key each.
      for (let at = 0; at < value.length; ) {
        let end = at;
        while (value[end]! >= 128) end += 1;
        const [[, one]] = [...parse(Uint8Array.from([8, ...value.subarray(at, end + 1)]))] as [Field];
        found.push(one as bigint);
        at = end + 1;
      }
      return found;
    });
}

/** Cells of one batch: a type each, and the values of every type in a list of its own. */
function cellsOf(batch: Uint8Array): readonly (string | number | null)[] {
  const all = [...parse(batch)];
  const whole = numbers(all, 2).map((value) => Number(BigInt.asIntN(64, value)));
  const floats = bytesOf(all, 3).flatMap((raw) => [...new Float64Array(raw.slice().buffer)]);
  const strings = bytesOf(all, 5).flatMap((raw) => text(raw).split('\0'));
  return numbers(all, 1).map((kind) => {
    if (kind === 2n) return whole.shift()!;
    if (kind === 3n) return floats.shift()!;
    return kind === 4n ? strings.shift()! : null;
  });
}

function answerOf(replies: readonly Uint8Array[]): Answer {
  const columns: string[] = [];
  const cells: (string | number | null)[] = [];
  for (const reply of replies)
    for (const result of bytesOf([...parse(reply)], fields.queryResult)) {
      const all = [...parse(result)];
      for (const error of bytesOf(all, 2)) throw new Error(text(error));
      columns.push(...bytesOf(all, 1).map(text));
      for (const batch of bytesOf(all, 3)) cells.push(...cellsOf(batch));
    }
  const rows = columns.length === 0 ? 0 : cells.length / columns.length;
  return {
    columns,
    rows: Array.from({ length: rows }, (_, row) => cells.slice(row * columns.length, (row + 1) * columns.length)),
  };
}

interface Port {
  onmessage?: (event: { readonly data: Uint8Array }) => void;
  postMessage(data: Uint8Array): void;
}

/**
 * The trace processor of the Perfetto UI, as WebAssembly: `folder` is that of a release of the UI, with engine_bundle.js and
 * trace_processor*.wasm. The bundle is a worker's; it gets the little of a worker that it asks for.
 */
export async function openTraceProcessor(folder: string): Promise<TraceProcessor> {
  const replies: Uint8Array[] = [];
  const port: Port = { postMessage: (data) => void replies.push(Uint8Array.from(data)) };
  const scope: Record<string, unknown> = {
    ...{ process: undefined, console: { log() {}, warn() {}, error() {} }, WorkerGlobalScope: {} },
    self: { location: { href: 'http://localhost/' } } as { onmessage?: (event: unknown) => void },
    // Called with `new`; the bundle asks for one file, and waits for it.
    XMLHttpRequest: function request() {
      let path = '';
      const own = {
        open: (_method: string, name: string) => void (path = name.split('/').at(-1)!),
        send: () => void Object.assign(own, { response: new Uint8Array(readFileSync(join(folder, path))).buffer }),
      };
      return own;
    },
  };
  // Of this realm, so that its errors and arrays are ours; these names alone are what a worker has and Node has not, or the other way round.
  new Function(...Object.keys(scope), readFileSync(join(folder, 'engine_bundle.js'), 'utf8'))(...Object.values(scope));
  (scope.self as { onmessage(event: unknown): void }).onmessage({ data: port });
  let seq = 0;
  const call = (method: number, ...parts: readonly Uint8Array[]): readonly Uint8Array[] => {
    replies.length = 0;
    port.onmessage!({ data: message(1, number(fields.seq, ++seq), number(fields.request, method), ...parts) });
    const found = replies.flatMap((stream) => bytesOf([...parse(stream)], 1));
    for (const reply of found) for (const error of bytesOf([...parse(reply)], fields.fatal)) throw new Error(text(error));
    return found;
  };
  // The module is made at once and says so to what waits for it.
  await new Promise((resolve) => setTimeout(resolve, 0));
  return {
    load(trace) {
      for (let at = 0; at < trace.length; at += 1 << 24)
        for (const reply of call(methods.append, message(fields.appendData, trace.subarray(at, at + (1 << 24)))))
          for (const result of bytesOf([...parse(reply)], fields.appendResult))
            for (const error of bytesOf([...parse(result)], 2)) throw new Error(text(error));
      call(methods.finalize);
    },
    query: (sql) => answerOf(call(methods.query, message(fields.queryArgs, message(1, Buffer.from(sql))))),
  };
}
