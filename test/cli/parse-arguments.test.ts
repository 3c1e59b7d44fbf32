import { describe, expect, test } from 'vitest'
import list, { listRequest } from '../../src/cli/commands/list.js'
import preflight from '../../src/cli/commands/preflight.js'
import send, { sendRequest } from '../../src/cli/commands/send.js'
import unwire, { unwireOptions } from '../../src/cli/commands/unwire.js'
import wire from '../../src/cli/commands/wire.js'
import type { AnyCommand, CommandDefinition, PositionalSet } from '../../src/cli/define-command.js'
import type { GlobalValues } from '../../src/cli/options/global-options.js'
import type { OptionSet, Values } from '../../src/cli/options/options.js'
import { preflightRequest } from '../../src/cli/options/preflight-options.js'
import { parseArguments } from '../../src/cli/parse-arguments.js'

const words = (line: string) => line.split(' ').filter((word) => word !== '')

/** The values have the types of the command whose arguments were parsed: its own options read them. */
async function valuesOf<Options extends OptionSet, Positionals extends PositionalSet>(
  command: CommandDefinition<Options, Positionals>,
  line: readonly string[],
) {
  const { input, globals } = await parseArguments(command as AnyCommand, line)
  return { values: input.values as Values<Options>, positionals: input.positionals, globals }
}

describe('the settings of a mapping', () => {
  const target = { queue: 'orders', function: 'worker' }
  test.each<[string, object]>([
    ['', {}],
    ['--batch-size 100 --batch-window=5', { batchSize: 100, batchWindowSeconds: 5 }],
    ['--batch-window 0', { batchWindowSeconds: 0 }],
    ['--max-concurrency 2', { maxConcurrency: 2 }],
    ['--minimum-pollers 2 --maximum-pollers 20', { minimumPollers: 2, maximumPollers: 20 }],
    ['--report-batch-item-failures', { reportBatchItemFailures: true }],
    ['--no-report-batch-item-failures', { reportBatchItemFailures: false }],
    ['--event-count-metrics', { eventCountMetrics: true }],
    ['--filter {"body":{"a":[1]}} --filter {}', { filters: ['{"body":{"a":[1]}}', '{}'] }],
    ['--tag team=orders --tag url=a=b', { tags: { team: 'orders', url: 'a=b' } }],
    ['--start-disabled', { enabled: false }],
  ])('%s', async (line, settings) => {
    const { values } = await valuesOf(preflight, words(line))
    expect(preflightRequest(values, target)).toEqual({
      ...target,
      settings,
      sendTest: false,
      ignore: [],
      only: [],
    })
  })

  test('rules to leave out are repeated or joined by commas', async () => {
    const { values } = await valuesOf(
      preflight,
      words('--ignore no-dead-letter-queue,function-not-active --ignore x'),
    )
    expect(preflightRequest(values, target).ignore).toEqual([
      'no-dead-letter-queue',
      'function-not-active',
      'x',
    ])
  })
})

describe('wire', () => {
  test.each<[string, object]>([
    ['orders worker', { queue: 'orders', function: 'worker' }],
    ['orders --yes worker', { queue: 'orders', function: 'worker' }],
    ['-y orders -- worker', { queue: 'orders', function: 'worker' }],
    ['007 1e3', { queue: '007', function: '1e3' }],
    ['', { queue: undefined, function: undefined }],
  ])('names in "%s"', async (line, positionals) => {
    expect((await valuesOf(wire, words(line))).positionals).toEqual(positionals)
  })

  test.each<[string, object]>([
    ['--prove', { prove: 'medium' }],
    ['--prove orders', { prove: 'medium' }],
    ['--prove=strong', { prove: 'strong' }],
    ['--prove weak orders', { prove: 'weak' }],
    ['--no-wait', { wait: false }],
    ['--wait', { wait: true }],
    ['', { wait: undefined, prove: undefined, sendTest: false, acceptRetries: false }],
  ])('flags in "%s"', async (line, expected) => {
    expect((await valuesOf(wire, words(line))).values).toMatchObject(expected)
  })
})

describe('global flags', () => {
  test.each<[string, Partial<GlobalValues>]>([
    ['--region eu-west-1 --profile dev', { region: 'eu-west-1', profile: 'dev' }],
    ['-yn -q', { yes: true, dryRun: true, quiet: true }],
    ['-o json', { output: 'json' }],
    ['-ojson -y', { output: 'json', yes: true }],
    ['-o=json', { output: 'json' }],
    ['--json --output json', { json: true, output: 'json' }],
    ['--timeout 90s', { timeout: 90_000 }],
    ['--timeout 2m', { timeout: 120_000 }],
    ['--timeout 500ms', { timeout: 500 }],
    ['--timeout 45', { timeout: 45_000 }],
    ['--timeout 1.5m', { timeout: 90_000 }],
    ['--connect-timeout 1s --read-timeout 2s', { connectTimeout: 1000, readTimeout: 2000 }],
    ['--no-color --no-input', { color: false, input: false }],
    ['--region a --region a', { region: 'a' }],
  ])('%s', async (line, expected) => {
    expect((await valuesOf(wire, words(line))).globals).toMatchObject(expected)
  })
})

test('list', async () => {
  const { values } = await valuesOf(list, words('--queue orders --function worker --limit 3'))
  expect(listRequest(values)).toEqual({ queue: 'orders', function: 'worker', limit: 3 })
  expect(listRequest((await valuesOf(list, [])).values)).toEqual({})
})

test.each<[readonly string[], object]>([
  [[], { queue: 'q', count: 1, prove: null }],
  [['--body', '{"id":42}', '--prove'], { queue: 'q', count: 1, body: '{"id":42}', prove: 'medium' }],
  [['--body', '-'], { queue: 'q', count: 1, body: '-', prove: null }],
  [['--body=-5'], { queue: 'q', count: 1, body: '-5', prove: null }],
  [['--body', 'two\nlines'], { queue: 'q', count: 1, body: 'two\nlines', prove: null }],
  [
    ['--count', '25', '--group-id', 'g', '--prove', '--timeout', '1m'],
    { queue: 'q', count: 25, groupId: 'g', prove: 'medium', timeoutMs: 60_000 },
  ],
  [['--deduplication-id', 'd'], { queue: 'q', count: 1, deduplicationId: 'd', prove: null }],
  [
    words('--attribute tenant=a=b --attribute n:Number=3 --attribute raw:Binary.gzip=AAE='),
    {
      queue: 'q',
      count: 1,
      attributes: [
        { name: 'tenant', type: 'String', value: 'a=b' },
        { name: 'n', type: 'Number', value: '3' },
        { name: 'raw', type: 'Binary.gzip', value: 'AAE=' },
      ],
      prove: null,
    },
  ],
])('send %j', async (line, request) => {
  const { values, globals } = await valuesOf(send, line)
  expect(sendRequest('q', values, globals, values.body)).toEqual(request)
})

test.each<[string, object]>([
  ['', { wait: true }],
  ['--no-wait', { wait: false }],
  ['--timeout 5s', { wait: true, timeoutMs: 5000 }],
])('unwire %s', async (line, expected) => {
  const { values, globals } = await valuesOf(unwire, words(line))
  expect(unwireOptions(values, globals)).toEqual(expected)
})
