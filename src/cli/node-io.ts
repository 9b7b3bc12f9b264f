import { createInterface } from 'node:readline';
import type { Io } from './io.ts';
import { nodeFiles } from './node-files.ts';

const patienceMs = 60_000;

async function download(url: string): Promise<Uint8Array> {
  const response = await fetch(url, { signal: AbortSignal.timeout(patienceMs) });
  if (!response.ok) throw new Error(`${response.status} ${response.statusText}`);
  return new Uint8Array(await response.arrayBuffer());
}

/** Whoever listens decides how the process ends; a second signal ends it at once. */
function onStop(listener: () => void): () => void {
  const signals = ['SIGINT', 'SIGTERM'] as const;
  const stopListening = (): void => {
    for (const signal of signals) process.off(signal, heard);
  };
  const heard = (): void => {
    stopListening();
    listener();
  };
  for (const signal of signals) process.on(signal, heard);
  return stopListening;
}

/** This process: its streams, environment, files and network. */
export const nodeIo = (): Io => ({
  stdout: (text) => void process.stdout.write(text),
  stderr: (text) => void process.stderr.write(text),
  progressTerminal: process.stderr.isTTY ? process.stderr : undefined,
  stdoutColumns: process.stdout.isTTY ? process.stdout.columns : undefined,
  environment: process.env,
  files: nodeFiles,
  now: () => performance.now(),
  today: () => new Date().toISOString().slice(0, 10),
  inputLines: () => createInterface({ input: process.stdin }),
  onStop,
  download,
});
