// Bundles the command and the library into dist/ without runtime dependencies, writes the types of the public
// API and THIRD_PARTY_NOTICES.md. Run by `npm run build`; by `dependencies`, so that bin/ works after
// `npm ci`; and by `prepack`. A `prepare` would do both, but npm warns of it wherever the package is installed.
import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { build, transform } from 'esbuild'
import { leanPrompts } from './bundled/lean-prompts.mjs'
import { leanSdk } from './bundled/lean-sdk.mjs'
import { leanYargs } from './bundled/lean-yargs.mjs'
import { yamlToRead } from './bundled/yaml-to-read.mjs'
import { commonJs } from './common-js.mjs'
import { fewFiles } from './few-files.mjs'
import { publicTypes } from './public-types.mjs'
import { thirdPartyNotices } from './third-party-notices.mjs'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const out = join(root, 'dist')
const target = 'node20.19'
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))

/**
 * The part of the option set that every bundle shares.
 * @type {import('esbuild').BuildOptions}
 */
const base = {
  absWorkingDir: root,
  bundle: true,
  platform: 'node',
  target,
  format: 'esm',
  // esbuild prefers the CommonJS `main` on this platform: half as big again, and slower to start.
  mainFields: ['module', 'main'],
  legalComments: 'none',
  logLevel: 'warning',
  define: { SQS_TRIGGER_VERSION: JSON.stringify(version) },
  plugins: [replaceModules(), asText()],
}

rmSync(out, { recursive: true, force: true })
mkdirSync(out, { recursive: true })

/** @type {import('esbuild').BuildOptions & { metafile: true }} */
const whole = {
  ...base,
  entryPoints: {
    'run-process': 'src/cli/run-process.ts',
    index: 'src/index.ts',
  },
  outdir: out,
  splitting: true,
  minify: true,
  metafile: true,
  chunkNames: '[name]-[hash]',
  outExtension: { '.js': '.cjs' },
}
const { metafile } = await build({ ...whole, write: false })
const result = await build({ ...whole, plugins: [replaceModules(), asText(), fewFiles(root, metafile)] })

/** `import()` would start the loader of ES modules after all. */
const quickToStart = /** @type {const} */ ({
  platform: 'node',
  target,
  format: 'cjs',
  supported: { 'dynamic-import': false },
  minify: true,
})
const files = Object.keys(result.metafile.outputs).map((file) => join(root, file))
await commonJs(files, quickToStart)
// Imported as it stands, a CommonJS module would also have a default export.
const exported = result.metafile.outputs['dist/index.cjs']?.exports ?? []
writeFileSync(join(out, 'index.js'), `export { ${exported.join(', ')} } from './index.cjs'\n`)

await build({
  ...base,
  ...quickToStart,
  entryPoints: [join(root, 'src/cli/main.ts')],
  outfile: join(out, 'main.cjs'),
  plugins: [replaceModules(), outside('./run-process')],
  define: { ...base.define, SQS_TRIGGER_ROOT_HELP: JSON.stringify(await rootHelp()) },
})

// For the tab key: a bundle of its own, with all that can be completed in it.
await build({
  ...base,
  ...quickToStart,
  entryPoints: [join(root, 'src/cli/completion/complete-main.ts')],
  outfile: join(out, 'complete.cjs'),
  define: { ...base.define, SQS_TRIGGER_COMPLETIONS: JSON.stringify(await completions()) },
})

// These run in processes of their own, started by their path.
await build({
  ...base,
  plugins: [],
  minify: true,
  entryPoints: [join(root, 'src/sandbox/lambda/bootstrap.mjs')],
  outfile: join(out, 'bootstrap.mjs'),
})
copyFileSync(join(root, 'src/sandbox/demo-handler.mjs'), join(out, 'demo-handler.mjs'))
publicTypes(root, out)
writeFileSync(join(root, 'THIRD_PARTY_NOTICES.md'), thirdPartyNotices(root, result.metafile))

/**
 * A module of the source that stands in the package as a file of its own.
 * @param {string} name without its extension
 * @returns {import('esbuild').Plugin}
 */
function outside(name) {
  return {
    name: 'outside',
    setup(context) {
      context.onResolve({ filter: /^\.\// }, ({ path }) =>
        path === `${name}.js` ? { path: `${name}.cjs`, external: true } : undefined,
      )
    },
  }
}

/** Everything that can be typed. */
async function completions() {
  const { completionTable, packed } = await loaded(
    "export { completionTable } from './src/cli/completion/table.ts'; export { packed } from './src/cli/completion/packed-table.ts'",
  )
  return JSON.stringify(packed(await completionTable()))
}

/** The help of the bare command, rendered once here so that asking for it loads nothing. */
async function rootHelp() {
  const { renderRootHelp } = await loaded("export { renderRootHelp } from './src/cli/root-help.ts'")
  return renderRootHelp(80)
}

/**
 * A module of the source, for this build alone. It is bundled apart: as one more entry of the package it would split
 * what every command loads into more and smaller files.
 * @param {string} contents
 */
async function loaded(contents) {
  const file = join(out, 'for-the-build.mjs')
  await build({ ...base, stdin: { contents, resolveDir: root, loader: 'ts' }, outfile: file })
  const exported = await import(`${pathToFileURL(file)}?${contents.length}`)
  rmSync(file)
  return exported
}

/**
 * Replaces modules that cost more than what is used of them, or do what nobody asked for. `string-width` costs 35 ms at
 * every start, because yargs lays its help out even when nobody asked for it; the SDK prints eight lines about Node 20 at
 * the first client (the README says what they say); `cli-spinners` brings ninety of which ora itself names two; of `yaml`
 * only reading is kept. And Lambda's store of traces would make a global wherever the library is imported, and not only
 * in Lambda.
 * @returns {import('esbuild').Plugin}
 */
function replaceModules() {
  return {
    name: 'replace-modules',
    setup(context) {
      context.onResolve({ filter: /^string-width$/ }, () => ({
        path: join(root, 'scripts/bundled/string-width.mjs'),
      }))
      yamlToRead(context, root)
      leanPrompts(context)
      leanSdk(context)
      leanYargs(context)
      context.onLoad({ filter: /cli-spinners\/index\.js$/ }, ({ path }) => {
        const { dots, line } = JSON.parse(readFileSync(join(dirname(path), 'spinners.json'), 'utf8'))
        return { contents: `export default ${JSON.stringify({ dots, line })}` }
      })
      context.onLoad({ filter: /lambda-invoke-store\/dist-es\/invoke-store\.js$/ }, ({ path }) => {
        const source = readFileSync(path, 'utf8')
        const contents = source.replace(
          /^const NO_GLOBAL_AWS_LAMBDA =\s/m,
          "$&!('awslambda' in globalThis) || ",
        )
        if (contents === source) throw new Error(`${path} is not what it was: does it still make a global?`)
        return { contents }
      })
      context.onLoad({ filter: /emitWarningIfUnsupportedVersion\.js$/ }, () => ({
        contents:
          'export const state = { warningEmitted: true }; export const emitWarningIfUnsupportedVersion = () => {}',
      }))
    },
  }
}

/**
 * `import text from './style.css?raw'`: the file as text, without what only its reader needs. The name is Vite's, so
 * that the tests have the same text as it was written.
 * @returns {import('esbuild').Plugin}
 */
function asText() {
  return {
    name: 'as-text',
    setup(context) {
      context.onResolve({ filter: /\?raw$/ }, ({ path, resolveDir }) => ({
        path: join(resolveDir, path.slice(0, -'?raw'.length)),
        namespace: 'as-text',
      }))
      context.onLoad({ filter: /.*/, namespace: 'as-text' }, async ({ path }) => {
        const loader = path.endsWith('.css') ? 'css' : 'js'
        const text = readFileSync(path, 'utf8')
        const { code } = await transform(text, { loader, format: 'iife', minify: true, target: 'es2023' })
        return { contents: code.trim(), loader: 'text' }
      })
    },
  }
}
