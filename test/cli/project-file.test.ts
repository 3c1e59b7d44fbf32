import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import preflight from '../../src/cli/commands/preflight.js'
import { parseInProject } from '../../src/cli/files/project-file.js'
import { usageError } from '../../src/cli/usage-error.js'
import { startJourney } from '../support/journey.js'
import { runHere } from '../support/run-here.js'

function written(text: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'sqs-trigger-project-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const file = join(folder, 'sqs-trigger.yaml')
  writeFileSync(file, text)
  return file
}

const all = `settings:
  batch-size: 100
  batch-window: 5
  max-concurrency: 9
  report-batch-item-failures: true
  filters: [{ body: { a: [1] } }]
  tags: { team: orders }
  enabled: false
environments:
  prod: { settings: { batch-size: 200 } }
`

const parse = async (words: readonly string[], env = {}) => {
  const { input, variables } = await parseInProject(preflight, ['q', 'f', ...words], env)
  return { values: input.values, variables }
}

test('its settings stand for flags that nobody typed', async () => {
  const file = written(all)
  const { values, variables } = await parse(['--config', file])
  expect(values).toMatchObject({
    batchSize: 100,
    batchWindow: 5,
    maxConcurrency: 9,
    reportBatchItemFailures: true,
    filter: ['{"body":{"a":[1]}}'],
    tag: ['team=orders'],
    startDisabled: true,
  })
  expect(variables.map(({ name, variable }) => `${name} ${variable}`)).toContain(`batchSize ${file}:2`)
})

test.each([
  ['a flag goes first', ['--batch-size', '3', '--no-report-batch-item-failures'], {}, 3],
  ['a variable goes before the file', [], { SQS_TRIGGER_BATCH_SIZE: '4' }, 4],
  ['an environment goes before the rest of the file', ['--environment', 'prod'], {}, 200],
])('%s', async (_, words, env, batchSize) => {
  expect((await parse(['--config', written(all), ...words], env)).values).toMatchObject({ batchSize })
})

const withTriggers = `name: shop
settings: { batch-size: 50, max-concurrency: 9 }
triggers:
  - { queue: q, function: f, settings: { batch-size: 20, max-concurrency: null } }
  - { queue: q, function: 'f:live', settings: { batch-size: 30 } }
`

test.each([
  [['q', 'f'], { batchSize: 20, maxConcurrency: undefined }],
  [
    [
      'https://sqs.us-east-1.amazonaws.com/111122223333/q',
      'arn:aws:lambda:us-east-1:111122223333:function:f',
    ],
    { batchSize: 20 },
  ],
  [['q', 'f:live'], { batchSize: 30, maxConcurrency: 9 }],
  [['q', 'g'], { batchSize: 50, maxConcurrency: 9 }],
  [['--queue', 'q', '--function', 'f'], { batchSize: 20 }],
  [['q', 'f', '--batch-size', '5'], { batchSize: 5, maxConcurrency: undefined }],
])('%j: the trigger of the file for these goes before its settings for all', async (words, wanted) => {
  const { input, variables } = await parseInProject(
    preflight,
    [...words, '--config', written(withTriggers)],
    {},
  )
  expect(input.values).toMatchObject(wanted)
  for (const { variable } of variables) expect(variable).toMatch(/:[245]$/)
})

test('what the file sets is said in one line, but not with --quiet', async () => {
  const { env } = await startJourney()
  const file = written('settings:\n  batch-size: 50\n  batch-window: 2\n')
  const run = async (...words: readonly string[]) =>
    (await runHere(['preflight', 'orders', 'worker', '--config', file, ...words], env)).stderr.replaceAll(
      /\s+/g,
      ' ',
    )
  const line = `Settings from ${file}: batch size 50 (line 2), batch window 2 (line 3)`
  expect(await run()).toContain(line)
  expect(await run('--json')).toContain(line)
  expect(await run('--quiet')).not.toContain('Settings from')
  expect(await run('--batch-size', '9', '--batch-window', '1')).not.toContain('Settings from')
})

test('a file that is not there is the one to be written, and its name keeps its small letters', async () => {
  const missing = await runHere(['preflight', 'q', 'f', '--config', 'nope.yaml'], {})
  expect(missing.stderr).toContain('sqs-trigger export > nope.yaml')
  const nameless = await runHere(['plan', '-f', written('# nothing\n')], {})
  expect(nameless.stderr).not.toContain('Sqs-trigger')
  const other = await runHere(['apply', '--auto-approve'], {})
  expect(other.stderr).toContain('The flag is --yes.')
  expect(usageError('sqs-trigger.yaml names no triggers').message).toBe('sqs-trigger.yaml names no triggers.')
})

test('a variable names it, and none switches it off', async () => {
  const file = written(all)
  expect((await parse([], { SQS_TRIGGER_CONFIG: file })).values).toMatchObject({ batchSize: 100 })
  const off = await parse(['--config', 'none'], { SQS_TRIGGER_CONFIG: file })
  expect(off.values).toMatchObject({ batchSize: undefined })
})

test.each([
  [['--config', '-'], '--config takes a file'],
  [['--config', '/nowhere/x.yaml'], 'does not exist'],
  [['--environment', 'prod'], '--environment needs a file'],
])('%j is refused', async (words, message) => {
  await expect(parse(words)).rejects.toThrow(message)
})

test('its ignores count for the queues that they name, and --verbose says why', async () => {
  const { env, addQueue } = await startJourney()
  await addQueue('audit-log')
  const file = written(`ignore:
  - { rule: no-dead-letter-queue, queue: 'audit-*', reason: sent again by the shop }
  - { rule: queue-has-backlog, queue: 'audit-*', reason: old, expires: 2020-01-01 }
`)
  const only = ['--only', 'no-dead-letter-queue', '--config', file]
  const audit = await runHere(['preflight', 'audit-log', 'worker', ...only, '--verbose'], env)
  expect(audit.stderr).toContain('no-dead-letter-queue is ignored by')
  expect(audit.stderr.replace(/\s+/g, ' ')).toContain('sent again by the shop')
  expect(audit.stderr.replace(/\s+/g, ' ')).toContain('held until 2020-01-01')
  expect(audit.stdout).toContain('1 ignored')
  const orders = await runHere(['preflight', 'orders', 'worker', ...only], env)
  expect(orders.stdout).not.toContain('ignored')
})
