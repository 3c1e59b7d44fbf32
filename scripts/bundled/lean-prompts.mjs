/**
 * Of inquirer's ten kinds of questions three are put. The others would bring an editor, and half a megabyte of tables
 * of characters with it.
 * @param {import('esbuild').PluginBuild} context
 */
export function leanPrompts(context) {
  context.onLoad({ filter: /@inquirer\/prompts\/dist\/index\.js$/ }, ({ path }) => ({
    contents: [
      "export { default as select, Separator } from '@inquirer/select'",
      ...['confirm', 'input'].map((kind) => `export { default as ${kind} } from '@inquirer/${kind}'`),
      ...neverPut.map((kind) => `export const ${kind} = undefined`),
    ].join('\n'),
    resolveDir: path.replace(/index\.js$/, ''),
  }))
}

const neverPut = ['checkbox', 'editor', 'number', 'expand', 'rawlist', 'password', 'search']
