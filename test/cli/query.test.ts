import { describe, expect, test } from 'vitest'
import { runProgram } from '../../src/cli/program.js'
import { startTestSandbox } from '../support/sandbox.js'
import { fakeHost } from './fake-host.js'

async function startRuns() {
  const sandbox = await startTestSandbox()
  const env = {
    AWS_ENDPOINT_URL: sandbox.endpoint,
    AWS_REGION: sandbox.region,
    AWS_ACCESS_KEY_ID: sandbox.credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: 'x',
    AWS_CONFIG_FILE: '/nowhere',
    AWS_SHARED_CREDENTIALS_FILE: '/nowhere',
  }
  return {
    calls: sandbox.calls,
    run: async (...argv: readonly string[]) => {
      const { host, stdout, stderr } = fakeHost(argv, { env })
      const exitCode = await runProgram(host, new AbortController().signal)
      return { exitCode, stdout: stdout(), stderr: stderr() }
    },
  }
}

test('a query implies JSON, and gives a part of the document', async () => {
  const { run } = await startRuns()
  expect(await run('list', '--query', 'context.region')).toEqual({
    exitCode: 0,
    stdout: '"us-east-1"\n',
    stderr: '',
  })
  const part = await run('list', '--query=result.mappings', '--json')
  expect([part.exitCode, JSON.parse(part.stdout)]).toEqual([0, []])
})

test('as text a single value stands there without quotes', async () => {
  const { run } = await startRuns()
  expect((await run('list', '--query', 'context.region', '-o', 'text')).stdout).toBe('us-east-1\n')
  expect((await run('list', '--query', '[command, exitName]', '-o', 'text')).stdout).toBe('list\tOK\n')
  expect(JSON.parse((await run('list', '--query', 'tool', '-o', 'text')).stdout)).toMatchObject({
    name: 'sqs-trigger',
  })
})

test('a run that fails is asked the same, and keeps its exit code', async () => {
  const { run } = await startRuns()
  const { exitCode, stdout, stderr } = await run('status', 'orders', '--query', 'error.code', '-o', 'text')
  expect([exitCode, stdout]).toEqual([5, 'MAPPING_NOT_FOUND\n'])
  expect(stderr).toContain('orders')
})

describe('a bad query', () => {
  test('is refused before anything is called', async () => {
    const { run, calls } = await startRuns()
    const { exitCode, stdout, stderr } = await run('list', '--query', 'result..x')
    expect(exitCode).toBe(2)
    expect(stderr).toContain('character 8, ".", does not fit there')
    expect(JSON.parse(stdout)).toMatchObject({ ok: false, exitCode: 2, error: { code: 'USAGE' } })
    expect(calls()).toEqual([])
  })

  test('that does not fit the answer leaves the whole of it', async () => {
    const { run } = await startRuns()
    const { exitCode, stdout, stderr } = await run('list', '--query', 'length(error)')
    expect(exitCode).toBe(2)
    expect(JSON.parse(stdout)).toMatchObject({ exitCode: 2, exitName: 'USAGE', result: { mappings: [] } })
    expect(stderr).toContain('cannot be applied to this answer')
  })

  test('that does not fit a failure leaves the failure, too', async () => {
    const { run } = await startRuns()
    const { exitCode, stdout } = await run('status', 'orders', '--query', 'length(result)')
    expect([exitCode, JSON.parse(stdout)]).toMatchObject([5, { error: { code: 'MAPPING_NOT_FOUND' } }])
  })

  test.each([
    [['list', '--query', 'a', '--output', 'ndjson'], /contradict each other|is not offered/],
    [['preflight', 'a', 'b', '--query', 'a', '--output', 'sarif'], /--query and --output sarif contradict/],
    [['sandbox', '--query', 'a'], /--query asks for a part of a JSON document, and sandbox has none/],
  ])('%j', async (argv, said) => {
    const { run } = await startRuns()
    const { exitCode, stderr } = await run(...argv)
    expect([exitCode, stderr.replace(/\s+/g, ' ')]).toEqual([2, expect.stringMatching(said)])
  })
})

test('a function that is given nothing says where to begin', async () => {
  const { run } = await startRuns()
  const { exitCode, stderr } = await run('list', '--query', 'length(mappings)')
  expect([exitCode, stderr.replaceAll(/\n +/g, ' ')]).toEqual([
    2,
    "✗ --query cannot be applied to this answer: length() was given null, which it does not take: the document has no mappings at its top. Begin with result.mappings. for example: --query 'length(result.mappings)'\n",
  ])
  expect((await run('list', '--query', 'length(nothing)')).stderr).toContain('given null')
  const other = (await run('list', '--query', 'sum(command)')).stderr.replaceAll(/\n +/g, ' ')
  expect(other).toContain('sum() was given a string, which it does not take.')
})
