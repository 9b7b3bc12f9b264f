import { InputError, type Issue, inputError } from '../../config/issue.ts';
import { nearestName } from '../../config/nearest-name.ts';
import { readCifar } from './cifar.ts';
import { readCsv } from './csv.ts';
import { type DataSplit, type LabelledImages, makeSplit } from './data-set.ts';
import type { Files } from './files.ts';
import { readIdxPair } from './idx.ts';
import { readNpyPair } from './npy.ts';

/** A file read for one role. */
interface Source {
  readonly file: string;
  readonly bytes: Uint8Array;
}

/** The files of one half of a format, by role, each with the name people know it by. */
interface Role {
  readonly usual: string;
  readonly pattern: RegExp;
}

interface Format {
  readonly name: string;
  readonly train: readonly Role[];
  readonly test: readonly Role[];
  /** `sources[i]` holds every file that plays role i, sorted by name. */
  readonly read: (name: string, sources: readonly (readonly Source[])[]) => LabelledImages;
}

const role = (usual: string, pattern: RegExp): Role => ({ usual, pattern });

const formats: readonly Format[] = [
  {
    name: 'IDX',
    train: [
      role('train-images-idx3-ubyte[.gz]', /^train-images[-.]idx3-ubyte(\.gz)?$/),
      role('train-labels-idx1-ubyte[.gz]', /^train-labels[-.]idx1-ubyte(\.gz)?$/),
    ],
    test: [
      role('t10k-images-idx3-ubyte[.gz]', /^(t10k|test)-images[-.]idx3-ubyte(\.gz)?$/),
      role('t10k-labels-idx1-ubyte[.gz]', /^(t10k|test)-labels[-.]idx1-ubyte(\.gz)?$/),
    ],
    read: (name, [images, labels]) => readIdxPair(name, images![0]!.bytes, images![0]!.file, labels![0]!.bytes, labels![0]!.file),
  },
  {
    name: 'NumPy',
    train: [
      role('train_images.npy', /^(x[-_]train|train[-_](images|x))\.npy(\.gz)?$/i),
      role('train_labels.npy', /^(y[-_]train|train[-_](labels|y))\.npy(\.gz)?$/i),
    ],
    test: [
      role('test_images.npy', /^(x[-_]test|test[-_](images|x))\.npy(\.gz)?$/i),
      role('test_labels.npy', /^(y[-_]test|test[-_](labels|y))\.npy(\.gz)?$/i),
    ],
    read: (name, [images, labels]) => readNpyPair(name, images![0]!.bytes, images![0]!.file, labels![0]!.bytes, labels![0]!.file),
  },
  {
    name: 'CIFAR-10 binary',
    train: [role('data_batch_1.bin[.gz]', /^(data_batch_\d+|.*train.*)\.bin(\.gz)?$/i)],
    test: [role('test_batch.bin[.gz]', /^.*test.*\.bin(\.gz)?$/i)],
    read: (name, [files]) => readCifar(name, files!),
  },
  {
    name: 'CSV',
    train: [role('train.csv[.gz]', /^.*train.*\.csv(\.gz)?$/i)],
    test: [role('test.csv[.gz]', /^.*test.*\.csv(\.gz)?$/i)],
    read: (name, [files]) => readCsv(name, files![0]!.bytes, files![0]!.file),
  },
];

/**
 * Reads the training and the test set in `directory`, whatever format lies there: IDX (MNIST), CIFAR-10 binary, NumPy or CSV, gzipped or
 * plain. Throws InputError saying what was looked for and what lies there instead.
 */
export function findData(files: Files, directory: string): DataSplit {
  const names = withoutTwins([...files.list(directory)].sort());
  if (names.length === 0) throw inputError(directory, 'no files', `a directory with a data set: ${lookedFor()}`);
  const started = formats.filter((format) => rolesOf(format).some(({ pattern }) => names.some((name) => pattern.test(name))));
  const complete = started.find((format) => missing(format, names).length === 0);
  if (complete === undefined) throw notFound(directory, names, started);
  const title = directory.split(/[\\/]/).filter(Boolean).at(-1) ?? directory;
  const half = (roles: readonly Role[], suffix: string): LabelledImages =>
    complete.read(
      `${title}-${suffix}`,
      roles.map(({ pattern }) => names.filter((name) => pattern.test(name)).map((name) => open(files, directory, name))),
    );
  return makeSplit(half(complete.train, 'train'), half(complete.test, 'test'));
}

const rolesOf = (format: Format): readonly Role[] => [...format.train, ...format.test];

const missing = (format: Format, names: readonly string[]): readonly Role[] =>
  rolesOf(format).filter(({ pattern }) => !names.some((name) => pattern.test(name)));

const lookedFor = (): string =>
  formats
    .map(
      (format) =>
        `${rolesOf(format)
          .map(({ usual }) => usual)
          .join(' + ')} (${format.name})`,
    )
    .join(', or ');

/** A file that lies there both plain and gzipped is read once. */
const withoutTwins = (names: readonly string[]): readonly string[] =>
  names.filter((name) => !(name.endsWith('.gz') && names.includes(name.slice(0, -3))));

function open(files: Files, directory: string, name: string): Source {
  const file = `${directory.replace(/[\\/]+$/, '')}/${name}`;
  try {
    return { file, bytes: files.read(file) };
  } catch (error) {
    throw inputError(
      file,
      `a file that cannot be read (${error instanceof Error ? error.message : String(error)})`,
      'a readable file',
    );
  }
}

function notFound(directory: string, names: readonly string[], started: readonly Format[]): InputError {
  const shown = names.slice(0, 8).join(', ') + (names.length > 8 ? `, … (${names.length} files)` : '');
  const [format] = started;
  if (format === undefined) return inputError(directory, shown, lookedFor(), nearestOfAny(names));
  const issues = missing(format, names).map(({ usual }): Issue => {
    const nearest = nearestName(usual.replace('[.gz]', ''), names);
    return {
      file: directory,
      found: `no ${usual} among ${shown}`,
      expected: `all files of the ${format.name} data set`,
      ...(nearest === undefined ? {} : { nearest }),
    };
  });
  return new InputError(issues);
}

/** The file name looked for that resembles one of the names there. */
function nearestOfAny(names: readonly string[]): string | undefined {
  const usual = formats.flatMap((format) => rolesOf(format).map((wanted) => wanted.usual.replace('[.gz]', '')));
  for (const name of names) {
    const nearest = nearestName(name, usual);
    if (nearest !== undefined) return nearest;
  }
  return undefined;
}
