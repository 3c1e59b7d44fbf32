import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** Smaller files cost more to find, open and link than to read. */
const smallFile = 6_000
/** What fewer entries share stays apart, so that a command does not load what only others need. */
const manyEntries = 3

/**
 * esbuild makes a file for each set of entries that share a module. Every `import()` is an entry, so a command came
 * to load sixty files of a few hundred bytes, which took it a tenth of its time. Here every entry is made to import the
 * small modules that many share: then all of them have the same entries, and stand in one file.
 * @param {string} root
 * @param {import('esbuild').Metafile} metafile of the same build without this
 * @returns {import('esbuild').Plugin}
 */
export function fewFiles(root, { inputs, outputs }) {
  const shared = sharedModules({ inputs, outputs })
  const entries = new Set(
    Object.values(outputs).flatMap(({ entryPoint }) =>
      // What answers --version must not load more.
      entryPoint === undefined || entryPoint === 'src/cli/run-process.ts' ? [] : [join(root, entryPoint)],
    ),
  )
  const imports = (/** @type {readonly string[]} */ paths) =>
    paths.map((path) => `import ${JSON.stringify(join(root, path))};`).join('\n')
  return {
    name: 'few-files',
    setup(context) {
      context.onResolve({ filter: /^shared-modules$/ }, () => ({ path: 'shared', namespace: 'shared' }))
      context.onLoad({ filter: /.*/, namespace: 'shared' }, () => ({
        contents: imports(shared),
        resolveDir: root,
      }))
      context.onLoad({ filter: /\/src\/.*\.ts$/ }, ({ path }) =>
        entries.has(path)
          ? { contents: `import 'shared-modules';${readFileSync(path, 'utf8')}`, loader: 'ts' }
          : undefined,
      )
    },
  }
}

/**
 * Ours alone: a module that brings a package would bring it to commands that do without.
 * @param {Pick<import('esbuild').Metafile, 'inputs' | 'outputs'>} built
 */
function sharedModules({ inputs, outputs }) {
  const files = Object.entries(outputs)
  const reached = files.flatMap(([file, { entryPoint }]) =>
    entryPoint === undefined ? [] : [[...closure(file, (path) => outputs[path]?.imports ?? [])]],
  )
  return files
    .filter(([, { bytes, entryPoint }]) => entryPoint === undefined && bytes < smallFile)
    .filter(([file]) => reached.filter((paths) => paths.includes(file)).length >= manyEntries)
    .flatMap(([, output]) => Object.keys(output.inputs))
    .filter((path) =>
      [...closure(path, (one) => inputs[one]?.imports ?? [])].every(
        (one) => one.startsWith('src/') && !one.startsWith('src/sandbox/'),
      ),
    )
}

/**
 * A path and all that it imports at once, not with `import()`.
 * @param {string} path
 * @param {(path: string) => readonly { path: string, kind: string, external?: boolean }[]} importsOf
 */
function closure(path, importsOf) {
  const seen = new Set([path])
  for (const one of seen) {
    for (const { path: next, kind, external } of importsOf(one)) {
      if (kind === 'import-statement' && !external) seen.add(next)
    }
  }
  return seen
}
