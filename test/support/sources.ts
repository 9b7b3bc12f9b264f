import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';

/** A TypeScript file of the project, by its path from the package root. */
export interface Source {
  readonly path: string;
  readonly text: string;
  /** Without comments, so that rules look at code alone. */
  readonly code: string;
  readonly lines: number;
}

/** Block and line comments; `://` in a string is not one. */
const withoutComments = (text: string): string => text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|[^:'"`])\/\/.*$/gm, '$1');

function pathsBelow(folder: string): readonly string[] {
  return readdirSync(folder)
    .sort()
    .map((name) => join(folder, name))
    .flatMap((path) => (statSync(path).isDirectory() ? pathsBelow(path) : [path]));
}

/** Every .ts file below a folder but generated ones. */
export const sourcesBelow = (folder: string): readonly Source[] =>
  pathsBelow(folder)
    .filter((path) => path.endsWith('.ts') && !path.endsWith('.generated.ts'))
    .map((path) => {
      const text = readFileSync(path, 'utf8');
      return { path, text, code: withoutComments(text), lines: text.trimEnd().split('\n').length };
    });

/** Specifiers of static, dynamic and type imports and of re-exports. */
export function importSpecifiers({ code }: Source): readonly string[] {
  const forms = [
    /\b(?:import|export)\b[^'"`;()]*?\bfrom\s*['"]([^'"]+)['"]/g,
    /\bimport\s*\(\s*['"]([^'"]+)['"]/g,
    /\bimport\s+['"]([^'"]+)['"]/g,
  ];
  return forms.flatMap((form) => [...code.matchAll(form)].map((match) => match[1]!));
}

/** TypeScript files imported relatively, as paths from the package root. */
export const importedPaths = (source: Source): readonly string[] =>
  importSpecifiers(source)
    .filter((specifier) => specifier.startsWith('.') && specifier.endsWith('.ts'))
    .map((specifier) => normalize(join(dirname(source.path), specifier)));
