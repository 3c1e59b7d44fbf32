import { readFileSync } from 'node:fs'

/**
 * yargs prepares a --help and a --version of its own for everybody, for which it looks for a package.json in the current
 * folder and in all above it; and it answers a hidden flag with words to complete, on stdout. Help, version and
 * completion are ours.
 * @param {import('esbuild').PluginBuild} context
 */
export function leanYargs(context) {
  context.onLoad({ filter: /\/yargs\/build\/lib\/yargs-factory\.js$/ }, ({ path }) => {
    const source = readFileSync(path, 'utf8')
    const contents = source.replace(/^ +yargs\.help\(\);\n +yargs\.version\(\);\n/m, '')
    if (contents === source) throw new Error(`${path} is not what it was: does it still look for a version?`)
    return { contents }
  })
  context.onLoad({ filter: /\/yargs\/build\/lib\/completion\.js$/ }, () => ({
    contents: 'export const completion = () => ({ setParsed() {} })',
  }))
}
