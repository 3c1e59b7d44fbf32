import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { ordinaryHandler, startJourney } from '../support/journey.js'
import { run } from '../support/run-command.js'

const root = join(import.meta.dirname, '../..')
const page = readFileSync(join(root, 'docs/library.md'), 'utf8')
const [first = '', wiring = '', auditing = '', explaining = ''] = [
  ...page.matchAll(/```js\n([\s\S]*?)```/g),
].map(([, code = '']) => code)

/** A program of somebody who has installed the built package. */
async function program(code: string, env: Readonly<Record<string, string>> = {}) {
  const cwd = mkdtempSync(join(tmpdir(), 'sqs-trigger-library-'))
  onTestFinished(() => rmSync(cwd, { recursive: true }))
  mkdirSync(join(cwd, 'node_modules'))
  symlinkSync(root, join(cwd, 'node_modules/sqs-trigger'))
  writeFileSync(join(cwd, 'program.mjs'), code)
  return run(process.execPath, ['program.mjs'], { cwd, env })
}

async function startPlace() {
  const journey = await startJourney({ region: 'eu-west-1' })
  await journey.addFunction('order-worker', ordinaryHandler)
  return journey
}

test('the examples of docs/library.md run: preflight and wire', async () => {
  const { env } = await startPlace()
  const { code, stdout, stderr } = await program(first, env)
  expect(code, stderr).toBe(0)
  expect(stderr).toBe('')
  expect(stdout).toBe('[]\ncreated\n')
})

test('the examples of docs/library.md run: wire, and again', async () => {
  const { env } = await startPlace()
  const first = await program(wiring, env)
  expect(first.code, first.stderr).toBe(0)
  expect(first.stderr).toBe('')
  expect(first.stdout).toMatch(/^(?:Creating\n)?(?:.*\n)*Enabled\ncreated 5\n$/)
  expect((await program(wiring, env)).stdout).toMatch(/unchanged 5\n$/)
})

test('the examples of docs/library.md run: audit', async () => {
  const { env } = await startPlace()
  await program(wiring, env)
  const { code, stdout, stderr } = await program(auditing, env)
  expect(code, stderr).toBe(0)
  expect(stdout).toMatch(/^arn:aws:lambda:eu-west-1:\d+:function:order-worker (warning|healthy|unknown) \[/)
})

test('the examples of docs/library.md run: explain', async () => {
  const { code, stdout, stderr } = await program(explaining)
  expect(code, stderr).toBe(0)
  expect(stdout.trim()).toBe('visibility-timeout-below-function-timeout')
})

test('importing does nothing: it prints, opens, starts and changes nothing', async () => {
  const { code, stdout, stderr } = await program(`
    import { createRequire, syncBuiltinESMExports } from 'node:module'
    const require = createRequire(import.meta.url)
    const did = []
    const watched = {
      'node:net': ['connect', 'createConnection', 'createServer'],
      'node:http': ['request', 'createServer'], 'node:https': ['request'], 'node:dns': ['lookup'],
      'node:child_process': ['spawn', 'execFile', 'fork', 'spawnSync', 'execFileSync'],
      'node:fs': ['writeFileSync', 'writeFile', 'mkdirSync', 'mkdir', 'appendFileSync', 'watch', 'createWriteStream'],
    }
    for (const [name, functions] of Object.entries(watched))
      for (const one of functions) {
        const own = require(name)[one]
        require(name)[one] = (...words) => { did.push(name + '.' + one); return own(...words) }
      }
    syncBuiltinESMExports()
    const properties = (of) => Reflect.ownKeys(of).map(String).sort()
    const look = () => JSON.stringify({
      globals: properties(globalThis),
      prototypes: [Object, Array, String, Promise, Error, Function, Map, Date].map((one) => properties(one.prototype)),
      listeners: process.eventNames().map((name) => [String(name), process.listenerCount(name)]),
      env: process.env, cwd: process.cwd(), title: process.title, umask: process.umask(),
      stack: Error.stackTraceLimit, exitCode: process.exitCode ?? null, argv: process.argv,
      resources: process.getActiveResourcesInfo().sort(),
    })
    // The loader of this program is still at work.
    await new Promise((resolve) => setImmediate(resolve))
    const before = look()
    await import('sqs-trigger')
    await new Promise((resolve) => setImmediate(resolve))
    const after = look()
    const [was, is] = [JSON.parse(before), JSON.parse(after)]
    for (const part of Object.keys(was)) {
      const known = new Set([was[part]].flat(2).map((one) => JSON.stringify(one)))
      const fresh = [is[part]].flat(2).filter((one) => !known.has(JSON.stringify(one)))
      if (JSON.stringify(was[part]) !== JSON.stringify(is[part])) did.push([part, fresh])
    }
    require('node:fs').writeSync(1, JSON.stringify(did))
  `)
  expect({ code, stdout, stderr }).toEqual({ code: 0, stdout: '[]', stderr: '' })
})
