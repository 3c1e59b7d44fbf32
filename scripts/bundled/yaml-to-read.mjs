import { join } from 'node:path'

/**
 * The library `yaml`, for reading alone: the part that writes YAML, the tags of YAML 1.1 and what makes objects of nodes
 * are left out, a third of it. Its file for Node is CommonJS, of which nothing can be left out, so that the one for
 * browsers is taken.
 * @param {import('esbuild').PluginBuild} context
 * @param {string} root
 */
export function yamlToRead(context, root) {
  context.onResolve({ filter: /^yaml$/ }, () => ({
    path: join(root, 'node_modules/yaml/browser/dist/index.js'),
    sideEffects: false,
  }))
  context.onLoad({ filter: /\/yaml\/browser\/dist\/schema\/tags\.js$/ }, () => ({
    contents: `import { schema } from './core/schema.js'
export const coreKnownTags = {}
export const getTags = () => schema.slice()`,
  }))
  context.onLoad({ filter: /\/yaml\/browser\/dist\/nodes\/addPairToJSMap\.js$/ }, () => ({
    contents:
      'export const addPairToJSMap = () => { throw new Error("nothing makes objects of nodes here") }',
  }))
  context.onLoad({ filter: /\/yaml\/browser\/dist\/stringify\/[a-zA-Z]+\.js$/ }, () => ({
    contents: writers.map((name) => `export const ${name} = () => ''`).join('\n'),
  }))
}

/** Everything that the files in `stringify/` export; none of it is ever called. */
const writers = [
  'FOLD_BLOCK',
  'FOLD_FLOW',
  'FOLD_QUOTED',
  'foldFlowLines',
  'createStringifyContext',
  'stringify',
  'stringifyCollection',
  'indentComment',
  'lineComment',
  'stringifyComment',
  'stringifyDocument',
  'stringifyNumber',
  'stringifyPair',
  'stringifyString',
]
