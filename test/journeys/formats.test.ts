import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { faultsIn, strictValidator } from '../report/json-schema.js'
import { all, parseXml } from '../report/json-xml.js'
import { startJourney } from '../support/journey.js'
import { runHere } from '../support/run-here.js'

const strict = strictValidator()
const formats = ['json', 'ndjson', 'junit', 'sarif', 'github', 'markdown'] as const
type Format = (typeof formats)[number]

/** Reads an answer as the tool that it is for would; returns what it says of the run. */
const readers: Readonly<Record<Format, (stdout: string) => { readonly failed: boolean }>> = {
  json: (stdout) => {
    const document = JSON.parse(stdout)
    expect(faultsIn(strict, document)).toEqual([])
    return { failed: !document.ok }
  },
  ndjson: (stdout) => {
    const lines = stdout.trimEnd().split('\n')
    const summary = lines.map((line) => JSON.parse(line)).at(-1)
    expect(summary.type).toBe('summary')
    return { failed: !summary.ok }
  },
  junit: (stdout) => {
    const root = parseXml(stdout)
    return { failed: all(root, 'failure').length + all(root, 'error').length > 0 }
  },
  sarif: (stdout) => {
    const [run] = JSON.parse(stdout).runs
    const [{ toolExecutionNotifications: told }] = run.invocations
    const levels = [...run.results, ...told].map(({ level }) => level)
    return { failed: levels.includes('error') }
  },
  github: (stdout) => {
    const lines = stdout.split('\n').slice(0, -1)
    expect(lines.filter((line) => !/^::(error|warning|notice) title=[^:,]+::./.test(line))).toEqual([])
    return { failed: lines.some((line) => line.startsWith('::error')) }
  },
  markdown: (stdout) => {
    expect(stdout).toMatch(/^### sqs-trigger preflight/)
    return { failed: !/^\*\*Nothing /m.test(stdout) }
  },
}

/** What is run, the exit code, and what stderr says of it. */
const runs: readonly (readonly [string, readonly string[], number, RegExp | undefined])[] = [
  ['well', ['orders', 'worker'], 0, undefined],
  ['checks that fail', ['orders', 'slow-worker'], 3, /1 of \d+ checks failed/],
  ['checks that fail, and exit 0 all the same', ['orders', 'slow-worker', '--exit-zero'], 0, /checks failed/],
  ['unknown, strictly', [foreign(), 'worker', '--strict=core'], 3, /unknown.* would settle the first/s],
  ['a queue that does not exist', ['no-such-queue', 'worker'], 5, /no-such-queue/],
  ['an unknown profile', ['orders', 'worker', '--profile', 'nobody'], 4, /nobody/],
  ['a wrong flag', ['orders', 'worker', '--no-such-flag'], 2, /--no-such-flag/],
]

function foreign() {
  return 'https://sqs.us-east-1.amazonaws.com/444455556666/orders'
}

async function journey() {
  const started = await startJourney()
  await started.addFunction('slow-worker', 'export const handler = () => {}', { timeoutSeconds: 60 })
  return started
}

describe.each(formats)('%s', (format) => {
  test('stdout is the document, stderr says why', async () => {
    const { run, env } = await journey()
    await Promise.all(
      runs.map(async ([what, args, expected, why]) => {
        const line = ['preflight', ...args, '-o', format]
        // Once by the built command: each form is a file of its own in it.
        const built = what === 'checks that fail'
        const { code, stdout, stderr } = await (built ? run(line) : runHere(line, env))
        expect(code, `${what}: ${stderr}`).toBe(expected)
        expect(readers[format](stdout), what).toEqual({ failed: why !== undefined })
        if (why) expect(stderr.replace(/\s+/g, ' '), what).toMatch(why)
        else expect(stderr, what).toBe('')
      }),
    )
  })
})

test('--json and another form contradict each other', async () => {
  const { run } = await journey()
  const { code, stdout } = await run(['preflight', 'orders', 'worker', '--json', '--output', 'sarif'])
  expect(code).toBe(2)
  expect(JSON.parse(stdout).error.message).toBe('--json and --output sarif contradict each other.')
})

test('a form that a command does not have is named, in that form', async () => {
  const { run } = await journey()
  const { code, stdout, stderr } = await run(['list', '--output', 'junit'])
  expect(code).toBe(2)
  expect(all(parseXml(stdout), 'error')).toHaveLength(1)
  expect(stderr).toContain('--output junit is not offered by list; it has text and json.')
})

test('an interrupt ends the stream with its last line', async () => {
  const { run, faults } = await journey()
  faults.inject({ service: 'sqs', operation: 'GetQueueAttributes', effect: { kind: 'hang' } })
  const { code, stdout, stderr } = await run(['preflight', 'orders', 'worker', '-o', 'ndjson'], {
    watch: (said, child) => {
      if (said.includes('target-resolved') && !child.killed) child.kill('SIGINT')
    },
  })
  expect(code).toBe(130)
  const lines = stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line))
  expect(lines.map(({ type }) => type)).toEqual(['caller-identified', 'target-resolved', 'summary'])
  expect(lines.at(-1)).toMatchObject({ exitCode: 130, error: { code: 'INTERRUPTED' } })
  expect(stderr).toContain('Nothing was changed.')
})

test('inside a step of GitHub Actions the summary is written beside the annotations', async () => {
  const { run } = await journey()
  const folder = mkdtempSync(join(tmpdir(), 'sqs-trigger-step-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const file = join(folder, 'summary.md')
  writeFileSync(file, '')
  const { stdout } = await run(['preflight', 'orders', 'slow-worker', '-o', 'github'], {
    env: { GITHUB_STEP_SUMMARY: file },
  })
  expect(stdout).toMatch(/^::error title=visibility-timeout-below-function-timeout::/)
  expect(readFileSync(file, 'utf8')).toContain('| ❌ fails | `visibility-timeout-below-function-timeout` |')
})
