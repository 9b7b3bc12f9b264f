import { sha256 } from '../config/hash.ts';
import type { Progress } from '../simulate/progress.ts';
import type { DataSource, SourceFile } from './data-sources.ts';
import type { Io } from './io.ts';
import { TryAgainError } from './try-again.ts';

const isRight = (bytes: Uint8Array, { bytes: size, digest }: SourceFile): boolean =>
  bytes.length === size && sha256(bytes) === digest;

/** The file from the first mirror that has it right; every refusal is told when none has. */
async function download(io: Io, { name, mirrors }: DataSource, file: SourceFile): Promise<Uint8Array> {
  const refusals: string[] = [];
  for (const mirror of mirrors) {
    try {
      const bytes = await io.download(mirror + file.name);
      if (isRight(bytes, file)) return bytes;
      refusals.push(`${mirror}${file.name}: ${bytes.length} bytes with another checksum`);
    } catch (error) {
      refusals.push(`${mirror}${file.name}: ${reasonOf(error)}`);
    }
  }
  throw new TryAgainError(
    `${name} cannot be downloaded: ${refusals.join('; ')}. Without a network, put the files in a folder yourself and pass it with --data.`,
  );
}

/** fetch says only "fetch failed"; the reason is in its cause. */
function reasonOf(error: unknown): string {
  const { message, cause } = error as Error;
  return cause instanceof Error ? `${message} (${cause.message})` : message;
}

/** Puts the files of a data set into a folder, leaving alone those that are there and right. */
export async function fetchData(io: Io, source: DataSource, folder: string, progress: Progress): Promise<void> {
  const stage = progress.stage(`fetch ${source.name}`, source.files.length);
  for (const [index, file] of source.files.entries()) {
    const path = `${folder.replace(/\/+$/, '')}/${file.name}`;
    stage.update(index, file.name);
    if (io.files.exists(path) && isRight(io.files.read(path), file)) continue;
    io.files.write(path, await download(io, source, file));
  }
  stage.done(`${source.files.length} files in ${folder}, checksums right`);
}
