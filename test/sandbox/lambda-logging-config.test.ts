import { DescribeLogGroupsCommand, FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs'
import { type LoggingConfig, UpdateFunctionConfigurationCommand } from '@aws-sdk/client-lambda'
import { expect, test } from 'vitest'
import { startTestSandbox, type TestSandbox } from '../support/sandbox.js'
import { createFunction, invoke } from './lambda-fixture.js'

async function startWith(source: string, config: LoggingConfig) {
  const sandbox = await startTestSandbox()
  await createFunction(sandbox, { source })
  await sandbox.admin.lambda.send(
    new UpdateFunctionConfigurationCommand({ FunctionName: 'worker', LoggingConfig: config }),
  )
  return sandbox
}

async function linesOf({ admin }: TestSandbox, logGroupName = '/aws/lambda/worker') {
  const { events = [] } = await admin.logs.send(new FilterLogEventsCommand({ logGroupName }))
  return events.map(({ message = '' }) => message)
}

/** `platform.*` types and the levels of the handler's own lines. */
const kindsOf = (lines: readonly string[]) =>
  lines.map((line) => {
    const { type, level } = JSON.parse(line) as { type?: string; level?: string } // of JSON format
    return type ?? level
  })

const talking = `export const handler = async (event) => {
  console.debug('a'); console.info('b'); console.warn('c'); console.error('d')
  if (event.fail) throw new Error('no')
}`

test('a log group of its own gets the lines, and the usual one is not made', async () => {
  const sandbox = await startWith(talking, { LogGroup: 'shared-by-many' })
  await invoke(sandbox)
  const lines = await linesOf(sandbox, 'shared-by-many')
  expect(lines.filter((line) => line.startsWith('REPORT RequestId: '))).toHaveLength(1)
  const { logGroups = [] } = await sandbox.admin.logs.send(new DescribeLogGroupsCommand({}))
  expect(logGroups.map(({ logGroupName }) => logGroupName)).toEqual(['shared-by-many'])
  await expect(linesOf(sandbox)).rejects.toMatchObject({
    name: 'ResourceNotFoundException',
    message: 'The specified log group does not exist.',
  })
})

test.each<{ config: Partial<LoggingConfig>; kinds: readonly string[] }>([
  {
    config: {},
    kinds: ['platform.initStart', 'platform.start', 'INFO', 'WARN', 'ERROR', 'platform.report'],
  },
  {
    config: { ApplicationLogLevel: 'ERROR' },
    kinds: ['platform.initStart', 'platform.start', 'ERROR', 'platform.report'],
  },
  { config: { SystemLogLevel: 'WARN' }, kinds: ['INFO', 'WARN', 'ERROR'] },
  { config: { SystemLogLevel: 'WARN', ApplicationLogLevel: 'FATAL' }, kinds: [] },
])('JSON with $config', async ({ config, kinds }) => {
  const sandbox = await startWith(talking, { LogFormat: 'JSON', ...config })
  await invoke(sandbox)
  const lines = kinds.length === 0 ? linesOf(sandbox).catch(() => []) : linesOf(sandbox)
  expect(kindsOf(await lines)).toEqual(kinds)
})

test('JSON: a handler that throws leaves its error and the status', async () => {
  const sandbox = await startWith(talking, { LogFormat: 'JSON' })
  await invoke(sandbox, 'worker', { fail: true })
  const lines = (await linesOf(sandbox)).map((line): unknown => JSON.parse(line))
  expect(lines).toContainEqual(
    expect.objectContaining({
      level: 'ERROR',
      message: expect.objectContaining({ errorType: 'Error', errorMessage: 'no' }),
    }),
  )
  expect(lines.at(-1)).toMatchObject({ type: 'platform.report', record: { status: 'error' } })
})

test('JSON at WARN: of a failure the report is left', async () => {
  const config = { LogFormat: 'JSON', SystemLogLevel: 'WARN', ApplicationLogLevel: 'FATAL' } as const
  const sandbox = await startWith(talking, config)
  await invoke(sandbox)
  await invoke(sandbox, 'worker', { fail: true })
  const lines = (await linesOf(sandbox)).map((line): unknown => JSON.parse(line))
  expect(lines).toEqual([
    {
      time: expect.any(String),
      type: 'platform.report',
      record: expect.objectContaining({ status: 'error' }),
    },
  ])
})
