import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { cleanEnv, type Ran, run } from '../support/run-command.js'

const root = join(import.meta.dirname, '../..')
const folder = mkdtempSync(join(tmpdir(), 'sqs trigger packed ä '))
let tarball = ''

const here = (program: string, args: readonly string[]): Promise<Ran> =>
  run(program, args, { cwd: folder, env: { ...cleanEnv, HOME: folder } })

beforeAll(async () => {
  const packed = await run('npm', ['pack', '--json', '--pack-destination', folder], {
    cwd: root,
    env: { HOME: process.env.HOME },
  })
  expect(packed.code, packed.stderr).toBe(0)
  // `prepack` may print before the JSON.
  tarball = join(folder, JSON.parse(packed.stdout.slice(packed.stdout.search(/^\[/m)))[0].filename)
  writeFileSync(join(folder, 'package.json'), '{"name":"empty","version":"1.0.0","type":"module"}')
  const installed = await here('npm', ['install', '--no-audit', '--no-fund', tarball])
  expect(installed.code, installed.stderr).toBe(0)
})
afterAll(() => rmSync(folder, { recursive: true }))

test('the tarball is at most 700 KB and has no runtime dependency', () => {
  expect(statSync(tarball).size).toBeLessThan(700_000)
  const manifest = JSON.parse(readFileSync(join(folder, 'node_modules/sqs-trigger/package.json'), 'utf8'))
  expect(manifest.dependencies ?? {}).toEqual({})
  const lock = JSON.parse(readFileSync(join(folder, 'package-lock.json'), 'utf8'))
  expect(Object.keys(lock.packages).toSorted()).toEqual(['', 'node_modules/sqs-trigger'])
})

test('every link of the packed README leads into the package, and the repository has its own README again', () => {
  const installed = join(folder, 'node_modules/sqs-trigger')
  const linksOf = (text: string) =>
    [...text.matchAll(/\]\(([^)#]+)(?:#[^)]*)?\)/g)]
      .map(([, link = '']) => link)
      .filter((link) => !link.startsWith('https:'))
  const links = linksOf(readFileSync(join(installed, 'README.md'), 'utf8'))
  expect(links.length).toBeGreaterThan(80)
  expect(links.filter((link) => !existsSync(join(installed, link)))).toEqual([])
  expect(linksOf(readFileSync(join(root, 'README.md'), 'utf8'))).toContain('src/operations/wire.ts')
})

test('the packed README has only commands that work with the package, and no part of the picture', () => {
  const text = readFileSync(join(folder, 'node_modules/sqs-trigger/README.md'), 'utf8')
  expect(text).toContain('```\nnpx sqs-trigger demo\n```')
  expect(text).not.toMatch(
    /npm ci|^npm test|npm link|node bin\/|picture|A terminal:|<!-- \/?(?:clone|packed)/m,
  )
  expect(text).not.toMatch(/\n\n\n/)
})

test('the installed command tells the whole story', async () => {
  const demo = await here('npx', ['--no-install', 'sqs-trigger', 'demo'])
  expect(demo.code, demo.stdout + demo.stderr).toBe(0)
})

test('the installed command says its version', async () => {
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  expect((await here('npx', ['--no-install', 'sqs-trigger', '--version'])).stdout.trim()).toBe(version)
})

test('the library can be imported and exports what it documents', async () => {
  const program = "import * as library from 'sqs-trigger'; console.log(Object.keys(library).sort().join(' '))"
  const { stdout, code } = await here(process.execPath, ['--input-type=module', '-e', program])
  expect(code).toBe(0)
  expect(stdout.trim()).toBe('SqsTriggerError connect explainError preflight runToEnd wire')
})

test("the README's library example runs against the sandbox", async () => {
  const readme = readFileSync(join(root, 'README.md'), 'utf8')
  const [, example = ''] = /```js\n([\s\S]*?)```/.exec(readme) ?? []
  expect(example).toContain("from 'sqs-trigger'")
  writeFileSync(join(folder, 'example.mjs'), example)
  writeFileSync(join(folder, 'handler.mjs'), 'export const handler = () => {}')
  const sandbox = [
    'sandbox',
    '--region',
    'eu-west-1',
    '--queue',
    'orders',
    '--function',
    'order-worker=handler.mjs',
  ]
  const ran = await here('npx', [
    '--no-install',
    'sqs-trigger',
    ...sandbox,
    '--',
    process.execPath,
    'example.mjs',
  ])
  expect(ran.code, ran.stderr).toBe(0)
  // Nothing fails: queue and function are there, and the role may poll.
  expect(ran.stdout.trim()).toBe('[]')
})
