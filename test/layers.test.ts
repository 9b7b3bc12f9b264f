import { describe, expect, test } from 'vitest';
import { importedPaths, importSpecifiers, type Source, sourcesBelow } from './support/sources.ts';

/** Bottom to top: a file imports from its own layer and from lines above it. Layers on one line do not know each other. */
const order: readonly (readonly string[])[] = [
  ['isa'],
  ['src/units'],
  ['src/config'],
  ['src/numeric'],
  ['src/isa'],
  ['src/device'],
  ['src/network'],
  ['src/chip'],
  ['src/sequence'],
  ['src/machine', 'src/timing'],
  ['src/compiler'],
  ['src/simulate'],
  ['src/laboratory'],
  ['src/validation'],
  ['src/explore'],
  ['src/report'],
  ['src/cli'],
];
/** Scripts that run before the package exists, and its front door: above everything, imported by nothing. */
const outside = ['src/build', 'src/index.ts'];

const sources = [...sourcesBelow('isa'), ...sourcesBelow('src')];
const kernelSources = 'src/numeric/kernels/assembly/';
const typescript = sources.filter(({ path }) => !path.startsWith(kernelSources));
const isOutside = (path: string): boolean => outside.some((place) => path === place || path.startsWith(`${place}/`));
const layered = typescript.filter(({ path }) => !isOutside(path));

const layerOf = (path: string): string | undefined => order.flat().find((layer) => path.startsWith(`${layer}/`));
const rankOf = (layer: string): number => order.findIndex((line) => line.includes(layer));

/** May a file of layer `from` import one of layer `to`? */
const mayImport = (from: string, to: string): boolean => from === to || rankOf(to) < rankOf(from);

function cycleThrough(start: string, imports: ReadonlyMap<string, readonly string[]>): readonly string[] | undefined {
  const seen = new Set<string>();
  const walk = (path: string, trail: readonly string[]): readonly string[] | undefined => {
    for (const next of imports.get(path) ?? []) {
      if (next === start) return [...trail, next];
      if (seen.has(next)) continue;
      seen.add(next);
      const cycle = walk(next, [...trail, next]);
      if (cycle !== undefined) return cycle;
    }
    return undefined;
  };
  return walk(start, [start]);
}

describe('imports', () => {
  test('there are sources in every layer', () => {
    for (const layer of order.flat())
      expect(layered.filter(({ path }) => layerOf(path) === layer).length, layer).toBeGreaterThan(0);
  });

  test('every source belongs to a layer', () => {
    expect(layered.filter(({ path }) => layerOf(path) === undefined).map(({ path }) => path)).toEqual([]);
  });

  test('go down only, types included', () => {
    const upward = layered.flatMap((source) =>
      importedPaths(source)
        .filter((target) => isOutside(target) || !mayImport(layerOf(source.path)!, layerOf(target) ?? 'none'))
        .map((target) => `${source.path} imports ${target}`),
    );
    expect(upward).toEqual([]);
  });

  test('make no cycles', () => {
    const imports = new Map(layered.map((source) => [source.path, importedPaths(source)]));
    const cycles = layered.map(({ path }) => cycleThrough(path, imports)?.join(' > ')).filter((cycle) => cycle !== undefined);
    expect(cycles).toEqual([]);
  });

  test('reach Node below the command line only for hashes and inflation', () => {
    const allowed = ['node:crypto', 'node:zlib'];
    const reached = layered
      .filter(({ path }) => layerOf(path) !== 'src/cli')
      .flatMap((source) =>
        importSpecifiers(source)
          .filter((specifier) => specifier.startsWith('node:') && !allowed.includes(specifier))
          .map((specifier) => `${source.path} imports ${specifier}`),
      );
    expect(reached).toEqual([]);
  });
});

describe('below the command line', () => {
  test.each([
    ['process', /\bprocess\s*\./],
    ['console', /\bconsole\s*\./],
    ['the time of day', /\bnew Date\b|\bDate\.now\b|\bperformance\.now\b/],
    ['unseeded randomness', /\bMath\.random\b|\brandomBytes\b|\brandomUUID\b/],
  ])('nothing touches %s', (_, pattern) => {
    const touching = layered.filter(({ path, code }) => layerOf(path) !== 'src/cli' && pattern.test(code));
    expect(touching.map(({ path }) => path)).toEqual([]);
  });
});

describe('files', () => {
  const most = 400;
  /** The instruction table is one table: data, a row an instruction. */
  const longer = ['isa/instructions.ts'];

  test(`have at most ${most} lines, tests too`, () => {
    const long = [...sources, ...sourcesBelow('test')].filter(({ path, lines }) => lines > most && !longer.includes(path));
    expect(long.map(({ path, lines }) => `${path}: ${lines}`)).toEqual([]);
  });

  test('are mostly small', () => {
    const lengths = sources.map(({ lines }) => lines).sort((a, b) => a - b);
    expect(lengths[Math.floor(lengths.length / 2)]).toBeLessThan(100);
  });

  test('are named in kebab case', () => {
    const odd = typescript.filter(({ path }) => !/^[a-z0-9]+(-[a-z0-9]+)*\.ts$/.test(path.split('/').at(-1)!));
    expect(odd.map(({ path }) => path)).toEqual([]);
  });

  test('hold no classes but errors', () => {
    const classes = typescript.filter(({ code }) =>
      /\bclass \w+(?! extends \w*Error\b)\s*(extends (?!\w*Error\b)|\{)/.test(code),
    );
    expect(classes.map(({ path }) => path)).toEqual([]);
  });
});

describe('tests', () => {
  /** The shell around tested parts: only a process of its own shows what it does (test/cli/main.test.ts). */
  const processOnly = ['src/cli/main.ts', 'src/cli/node-io.ts'];
  const hasBehaviour = ({ code }: Source): boolean =>
    /^export (const|function|async function|function\*|class|let)\b/m.test(code);

  /** Files that a test imports or mirrors, and the parts of those: what they import of their own layer. */
  function testedFiles(): ReadonlySet<string> {
    const tests = sourcesBelow('test');
    const mirrored = tests.map(({ path }) => path.replace(/^test\//, 'src/').replace(/\.test\.ts$/, '.ts'));
    const tested = new Set([...tests.flatMap(importedPaths), ...mirrored]);
    const imports = new Map(layered.map((source) => [source.path, importedPaths(source)]));
    for (const path of tested) {
      for (const part of imports.get(path) ?? []) if (layerOf(part) === layerOf(path)) tested.add(part);
    }
    return tested;
  }

  test('reach every source that does something', () => {
    const tested = testedFiles();
    const missed = layered.filter(
      (source) => hasBehaviour(source) && !tested.has(source.path) && !processOnly.includes(source.path),
    );
    expect(missed.map(({ path }) => path)).toEqual([]);
  });
});
