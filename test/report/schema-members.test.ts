import { describe, expect, test } from 'vitest'
import { runProgram } from '../../src/cli/program.js'
import { fakeHost } from '../cli/fake-host.js'
import { startJourney } from '../support/journey.js'
import { faultsIn, openValidator, strictValidator } from './json-schema.js'

const strict = strictValidator()
const open = openValidator()

/** Hold what others define: any member may be there, or not. */
const free = [
  'observed',
  'expected',
  'policy',
  'input',
  'previous',
  'Statement',
  'tags',
  'attributes',
  'wanted',
  'found',
]
/** Depend on what was asked for. */
const optional = ['samples', 'repairs', 'settings.batchSize']

type Path = readonly (string | number)[]

/** The way to every member of every object, but for what is free. */
function paths(value: unknown, at: Path = []): readonly Path[] {
  if (typeof value !== 'object' || value === null || free.includes(String(at.at(-1)))) return []
  const below = Array.isArray(value)
    ? value.slice(0, 1).map((item, index) => [index, item] as const)
    : Object.entries(value)
  const own: readonly Path[] = Array.isArray(value) ? [] : Object.keys(value).map((key) => [...at, key])
  return [...own, ...below.flatMap(([key, item]) => paths(item, [...at, key]))]
}

/** A copy in which the member at the end of the path is gone, or is another. */
function changed(document: unknown, path: Path, value?: unknown): unknown {
  const [key, ...rest] = path
  if (typeof document !== 'object' || document === null || key === undefined) return value
  if (Array.isArray(document))
    return document.map((item, index) => (index === key ? changed(item, rest, value) : item))
  const entries = Object.entries(document).flatMap(([name, item]) => {
    if (name !== key) return [[name, item] as const]
    if (rest.length > 0) return [[name, changed(item, rest, value)] as const]
    return value === undefined ? [] : [[name, value] as const]
  })
  return Object.fromEntries(entries)
}

async function documentOf(argv: readonly string[], env: Readonly<Record<string, string>>) {
  const { host, stdout } = fakeHost([...argv, '--json'], { env })
  await runProgram(host, new AbortController().signal)
  const document = JSON.parse(stdout())
  expect(faultsIn(strict, document)).toEqual([])
  return document
}

const commandLines: readonly (readonly [string, ...string[]])[] = [
  ['wire', 'orders', 'worker', '--yes', '--send-test'],
  ['wire', 'orders', 'worker', '--dry-run', '--batch-size', '5'],
  ['preflight', 'no-such-queue', 'worker'],
  ['preflight', 'bare', 'worker', '--fix', '--dry-run', '--fail-on', 'warning'],
  ['policy', 'orders', 'worker'],
  ['explain', 'queue-not-found'],
  ['explain', 'Function does not exist'],
  ['audit', '--all-findings'],
  ['list', '--endpoint-url', 'http://127.0.0.1:9'],
]

describe('the schema refuses what is not as it says', () => {
  test.each(commandLines.map((argv) => [argv.join(' '), argv] as const))('%s', async (_, argv) => {
    const { env, addQueue } = await startJourney()
    await addQueue('bare')
    const document = await documentOf(argv, { ...env, HOME: '/nonexistent' })
    const all = paths(document)
    expect(all.length).toBeGreaterThan(25)
    const named = all.filter((path) => !optional.some((name) => path.join('.').endsWith(name)))
    const missed = named.filter((path) => strict(changed(document, path)))
    expect(missed.map((path) => path.join('.'))).toEqual([])
    const fixed = all.filter((path) => !free.includes(String(path.at(-1))))
    const mistyped = fixed.filter((path) => strict(changed(document, path, [{ no: 'such' }])))
    expect(mistyped.map((path) => path.join('.'))).toEqual([])
  })

  test('a member that it does not name is for readers to ignore, and for us to name', async () => {
    const document = await documentOf(['list', '--no-such-flag'], {})
    for (const path of [['more'], ['tool', 'more'], ['timing', 'more'], ['error', 'more']]) {
      const [last = '', ...rest] = path.toReversed()
      const parent = rest.toReversed()
      const inside = parent.reduce((value, key) => value[key], document)
      const more =
        parent.length === 0 ? { ...document, [last]: 1 } : changed(document, parent, { ...inside, [last]: 1 })
      expect(faultsIn(open, more)).toEqual([])
      expect(faultsIn(strict, more)).not.toEqual([])
    }
  })
})

describe('the lines of ndjson', () => {
  test('findings are those of the schema, and the summary is the rest of the document', async () => {
    const { env } = await startJourney()
    const { host, stdout, stderr } = fakeHost(['preflight', 'orders', 'worker', '--output', 'ndjson'], {
      env,
    })
    expect(await runProgram(host, new AbortController().signal), stderr()).toBe(0)
    const lines = stdout()
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
    const finding = strictValidator('finding')
    const findings = lines.filter(({ type }) => type === 'finding').map(({ type: _, ...rest }) => rest)
    expect(findings.length).toBeGreaterThan(20)
    expect(findings.flatMap((one) => faultsIn(finding, one))).toEqual([])
    const { type, ...summary } = lines.at(-1)
    expect(type).toBe('summary')
    expect(faultsIn(strict, { ...summary, findings })).toEqual([])
    const passed = findings.filter(({ status }) => status === 'pass')
    expect(summary.summary.pass).toBe(passed.length)
  })
})
