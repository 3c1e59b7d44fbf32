import { type FilteredLogEvent, paginateFilterLogEvents } from '@aws-sdk/client-cloudwatch-logs'
import { describe, expect, test } from 'vitest'
import { startOfTime, startTestSandbox, type TestSandbox } from '../support/sandbox.js'
import { createFunction, createRole, invoke } from './lambda-fixture.js'

const id = '[0-9a-f-]{36}'
const iso = '\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z'

async function logOf(sandbox: TestSandbox, group = '/aws/lambda/worker') {
  const found: FilteredLogEvent[] = []
  const pages = paginateFilterLogEvents({ client: sandbox.admin.logs }, { logGroupName: group })
  for await (const { events = [] } of pages) found.push(...events)
  return found
}

const lines = async (sandbox: TestSandbox) => (await logOf(sandbox)).map(({ message }) => message ?? '')

describe('the log of a function', () => {
  test('text: the lines that Lambda writes around the handler’s', async () => {
    const sandbox = await startTestSandbox()
    await createFunction(sandbox, {
      source: `console.log('loading')
        export const handler = async (event) => {
          console.log('order %d', 7, { a: 1 }); console.warn('slow'); console.error(new Error('odd').message)
          console.debug('detail'); process.stdout.write('plain\\ntwo\\n'); process.stdout.write('rest')
        }`,
    })
    await invoke(sandbox)
    await invoke(sandbox)
    const own = (level: string, text: string) => new RegExp(`^${iso}\t${id}\t${level}\t${text}\n$`)
    const invocation = [
      new RegExp(`^START RequestId: ${id} Version: \\$LATEST\n$`),
      own('INFO', 'order 7 \\{ a: 1 \\}'),
      own('WARN', 'slow'),
      own('ERROR', 'odd'),
      own('DEBUG', 'detail'),
      /^plain\n$/,
      /^two\n$/,
      /^rest\n$/,
      new RegExp(`^END RequestId: ${id}\n$`),
    ]
    const report = `REPORT RequestId: ${id}\tDuration: \\d+\\.\\d\\d ms\tBilled Duration: \\d+ ms\tMemory Size: 128 MB\tMax Memory Used: \\d+ MB\t`
    const expected = [
      /^INIT_START Runtime Version: nodejs:20\.v41\tRuntime Version ARN: arn:aws:lambda:us-east-1::runtime:[0-9a-f]{64}\n$/,
      new RegExp(`^${iso}\tundefined\tINFO\tloading\n$`),
      ...invocation,
      new RegExp(`^${report}Init Duration: \\d+\\.\\d\\d ms\t\n$`),
      ...invocation,
      new RegExp(`^${report}\n$`),
    ]
    const found = await lines(sandbox)
    expect(found).toHaveLength(expected.length)
    for (const [index, pattern] of expected.entries()) expect(found[index]).toMatch(pattern)
  })

  test('one stream an environment, named by day, version and environment; times are the sandbox’s', async () => {
    const sandbox = await startTestSandbox()
    await createFunction(sandbox)
    await invoke(sandbox)
    const events = await logOf(sandbox)
    expect(new Set(events.map(({ timestamp }) => timestamp))).toEqual(new Set([startOfTime]))
    expect([...new Set(events.map(({ logStreamName }) => logStreamName))]).toEqual([
      expect.stringMatching(/^2026\/11\/23\/\[\$LATEST\][0-9a-f]{32}$/),
    ])
  })

  test('an object over several lines is one event', async () => {
    const sandbox = await startTestSandbox()
    await createFunction(sandbox, { source: 'export const handler = async () => console.log("a\\nb")' })
    await invoke(sandbox)
    expect(await lines(sandbox)).toContainEqual(expect.stringMatching(/\tINFO\ta\nb\n$/))
  })

  test('JSON', async () => {
    const sandbox = await startTestSandbox()
    await createFunction(sandbox, {
      format: 'JSON',
      source: `export const handler = async () => {
        console.log('order %d', 7); console.log({ id: 1 }); console.debug('not at level INFO')
        console.error('odd:', new TypeError('one')); console.error(new TypeError('two')) }`,
    })
    await invoke(sandbox)
    const found: unknown[] = (await lines(sandbox)).map((line) => JSON.parse(line))
    const requestId = expect.stringMatching(new RegExp(`^${id}$`))
    const own = (level: string) => ({ timestamp: new Date(startOfTime).toISOString(), level, requestId })
    const stackTrace = expect.arrayContaining([expect.stringContaining('TypeError')])
    expect(found).toEqual([
      { time: expect.any(String), type: 'platform.initStart', record: expect.any(Object) },
      { time: expect.any(String), type: 'platform.start', record: { requestId, version: '$LATEST' } },
      { ...own('INFO'), message: 'order 7' },
      { ...own('INFO'), message: { id: 1 } },
      {
        ...own('ERROR'),
        message: expect.stringMatching(/^odd: TypeError: one\n/),
        errorType: 'TypeError',
        errorMessage: 'one',
        stackTrace,
      },
      { ...own('ERROR'), message: { errorType: 'TypeError', errorMessage: 'two', stackTrace } },
      {
        time: expect.any(String),
        type: 'platform.report',
        record: {
          requestId,
          status: 'success',
          metrics: {
            durationMs: expect.any(Number),
            billedDurationMs: expect.any(Number),
            memorySizeMB: 128,
            maxMemoryUsedMB: expect.any(Number),
            initDurationMs: expect.any(Number),
          },
        },
      },
    ])
  })

  test('nothing is kept unless the role may write it; the function runs all the same', async () => {
    const sandbox = await startTestSandbox()
    await createFunction(sandbox, { roleArn: await createRole(sandbox, 'silent', []) })
    const { payload, log } = await invoke(sandbox, 'worker', { n: 1 })
    expect(payload).toEqual({ n: 1 })
    expect(log).toContain('END RequestId')
    await expect(logOf(sandbox)).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      message: 'The specified log group does not exist.',
    })
  })

  test('the policies are asked anew with each invocation', async () => {
    const sandbox = await startTestSandbox()
    await createFunction(sandbox, { roleArn: await createRole(sandbox, 'silent', []) })
    await invoke(sandbox)
    const document = {
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Action: 'logs:*', Resource: 'arn:aws:logs:us-east-1:111122223333:*' }],
    }
    await sandbox.seed([
      {
        service: 'iam',
        operation: 'PutRolePolicy',
        input: { RoleName: 'silent', PolicyName: 'logs', PolicyDocument: JSON.stringify(document) },
      },
    ])
    await invoke(sandbox)
    expect((await lines(sandbox)).filter((line) => line.startsWith('START'))).toHaveLength(1)
  })

  test('a process that the handler starts and leaves behind may flood as well', async () => {
    const sandbox = await startTestSandbox()
    await createFunction(sandbox, {
      source: `import { spawn } from 'node:child_process'
        export const handler = async () => {
          spawn('yes', ['flood'], { stdio: 'inherit' })
          await new Promise((resolve) => setTimeout(resolve, 200))
          return 'done'
        }`,
    })
    expect((await invoke(sandbox)).payload).toBe('done')
    const found = await lines(sandbox)
    expect(found).toContain('flood\n')
    expect(found.join('').length).toBeLessThan(3 * 1024 * 1024)
  })

  test.each([
    { way: 'through the console', source: "for (let i = 0; i < 100000; i++) console.log('x'.repeat(100))" },
    {
      way: 'around it',
      source: "for (let i = 0; i < 100000; i++) process.stdout.write('x'.repeat(100) + '\\n')",
    },
    {
      way: 'in one line',
      source: "process.stdout.write('x'.repeat(50_000_000)); console.log('y'.repeat(50_000_000))",
    },
  ])('a flood $way is cut, and the log says so', async ({ source }) => {
    const sandbox = await startTestSandbox()
    await createFunction(sandbox, {
      source: `export const handler = async () => { ${source}; return 'done' }`,
    })
    expect((await invoke(sandbox)).payload).toBe('done')
    const found = await lines(sandbox)
    expect(found).toContain(
      '[sqs-trigger sandbox] output beyond 1048576 bytes in one invocation is not kept\n',
    )
    expect(found.join('').length).toBeLessThan(2 * 1024 * 1024)
    expect(found.at(-1)).toMatch(/^REPORT/)
  })
})
