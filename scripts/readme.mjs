// Writes what the code knows better: parts of the README and of pages, docs/rules, and the rules in the schema of the file.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const bundle = join(root, 'dist/readme-blocks.mjs')
await build({
  entryPoints: [join(root, 'scripts/readme-blocks.ts')],
  outfile: bundle,
  bundle: true,
  platform: 'node',
  format: 'esm',
  logLevel: 'warning',
})
const { ignorableRules, pageBlocks, rulePages, withBlocks } = await import(bundle)
rmSync(bundle)
for (const [page, blocks] of Object.entries(pageBlocks)) {
  const file = join(root, page)
  const texts = Object.entries(blocks).map(([name, block]) => [name, /** @type {() => string} */ (block)()])
  writeFileSync(file, withBlocks(readFileSync(file, 'utf8'), Object.fromEntries(texts)))
}

const pages = join(root, 'docs/rules')
rmSync(pages, { recursive: true, force: true })
mkdirSync(pages, { recursive: true })
for (const [name, text] of rulePages()) writeFileSync(join(pages, name), text)

const schemaFile = join(root, 'schemas/manifest-v1.json')
const schema = readFileSync(schemaFile, 'utf8')
// As the formatter lays it out.
const list = ignorableRules()
  .map((/** @type {string} */ slug) => `              "${slug}"`)
  .join(',\n')
writeFileSync(schemaFile, schema.replace(/("enum": \[)[^\]]*\]/, `$1\n${list}\n            ]`))
