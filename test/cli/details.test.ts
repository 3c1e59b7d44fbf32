import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { callLine, isSlowedDown } from '../../src/cli/details.js'
import { runProgram } from '../../src/cli/program.js'
import { queueSeed } from '../../src/sandbox/seeds.js'
import { startTestSandbox } from '../support/sandbox.js'
import { fakeHost } from './fake-host.js'

const call = {
  service: 'sqs',
  operation: 'GetQueueUrl',
  elapsedMs: 12,
  attempts: 1,
  retriedAfter: [],
  error: null,
}
const answered = { httpStatus: 200, requestId: '7c1d-2f0a' }

test.each<[string, Parameters<typeof callLine>[0], boolean, string]>([
  ['a call', call, false, 'Called sqs:GetQueueUrl'],
  [
    'a call in full',
    { ...call, ...answered },
    true,
    'Called sqs:GetQueueUrl (HTTP 200, 12 ms, request 7c1d-2f0a)',
  ],
  [
    'one that reached nobody',
    { ...call, error: 'TimeoutError' },
    true,
    'Called sqs:GetQueueUrl (TimeoutError, 12 ms)',
  ],
  ['a refusal', { ...call, error: 'AccessDenied' }, false, 'Called sqs:GetQueueUrl (AccessDenied)'],
  [
    'one that was tried again',
    { ...call, attempts: 3, retriedAfter: ['ThrottlingException', 'ThrottlingException'] },
    false,
    'Called sqs:GetQueueUrl (3 attempts, again after ThrottlingException)',
  ],
])('%s', (_, told, debug, line) => {
  expect(callLine(told, { debug })).toBe(line)
})

async function startRuns() {
  const sandbox = await startTestSandbox()
  const { endpoint, region, credentials } = sandbox
  const env = {
    AWS_ENDPOINT_URL: endpoint,
    AWS_REGION: region,
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: 'a-secret-that-nobody-sees',
    AWS_CONFIG_FILE: '/nowhere',
    AWS_SHARED_CREDENTIALS_FILE: '/nowhere',
  }
  const run = async (argv: readonly string[], more: Readonly<Record<string, string>> = {}) => {
    const { host, stdout, stderr } = fakeHost(argv, { env: { ...env, ...more }, columns: 100 })
    const exitCode = await runProgram(host, new AbortController().signal)
    return { exitCode, stdout: stdout(), stderr: stderr() }
  }
  return { sandbox, run, env }
}

test('--verbose says which calls were made, how often they were tried, and where values come from', async () => {
  const { sandbox, run, env } = await startRuns()
  const effect = { kind: 'throttle' } as const
  sandbox.faults.inject({ service: 'lambda', operation: 'ListEventSourceMappings', effect, times: 1 })
  const { exitCode, stderr } = await run(['list', '-v'], { SQS_TRIGGER_LIMIT: '5', ACCESSIBLE: '1' })
  expect(exitCode).toBe(0)
  const lines = stderr.split('\n')
  expect(lines).toEqual(
    expect.arrayContaining([
      '--limit from SQS_TRIGGER_LIMIT',
      '--accessible from ACCESSIBLE',
      `Region ${sandbox.region} from AWS_REGION`,
      `Endpoint ${env.AWS_ENDPOINT_URL} from AWS_ENDPOINT_URL`,
      'Credentials from AWS_ACCESS_KEY_ID',
      'Called sts:GetCallerIdentity',
    ]),
  )
  expect(stderr).toMatch(/^Called lambda:ListEventSourceMappings \(2 attempts, again after \w+\)$/m)
  expect(stderr).not.toContain('request ')
})

test('--debug adds request ids and times, and nothing secret', async () => {
  const { run, env } = await startRuns()
  const { exitCode, stdout, stderr } = await run(['list', '--debug', '--json'])
  expect([exitCode, JSON.parse(stdout).ok]).toEqual([0, true])
  expect(stderr).toMatch(/^Called sts:GetCallerIdentity \(HTTP 200, \d+ ms, request [\w-]{36}\)$/m)
  for (const secret of [env.AWS_SECRET_ACCESS_KEY, env.AWS_ACCESS_KEY_ID, 'AWS4-HMAC']) {
    expect(stderr).not.toContain(secret)
  }
})

test('a refused connection is called by its code', async () => {
  const { run } = await startRuns()
  const { stderr } = await run(['list', '-v', '--endpoint-url', 'http://127.0.0.1:9'])
  expect(stderr).toContain(
    'Called sts:GetCallerIdentity (ECONNREFUSED, 3 attempts, again after ECONNREFUSED)',
  )
})

test('without them the calls are nobody’s concern', async () => {
  const { run } = await startRuns()
  expect((await run(['list'])).stderr).not.toContain('Called')
})

test('a call that was throttled is told of once, and the answer comes all the same', async () => {
  const { sandbox, run } = await startRuns()
  await sandbox.seed([queueSeed({ name: 'orders' }), queueSeed({ name: 'returns' })])
  const effect = { kind: 'throttle' } as const
  sandbox.faults.inject({ service: 'sts', effect, times: 1 })
  sandbox.faults.inject({ service: 'lambda', effect, times: 1 })
  const { exitCode, stderr } = await run(['list'])
  expect(exitCode).toBe(0)
  expect(stderr.replace(/\s+/g, ' ').match(/was throttled and asked again/g)).toHaveLength(1)
  expect(stderr).toMatch(/\b(?:sts|lambda):\w+ was throttled/)
})

test('one that is throttled to the end is told of by its error alone', () => {
  const retriedAfter = ['TooManyRequestsException', 'TooManyRequestsException']
  expect(isSlowedDown({ ...call, attempts: 3, retriedAfter })).toBe(true)
  expect(isSlowedDown({ ...call, attempts: 3, retriedAfter, error: 'TooManyRequestsException' })).toBe(false)
  expect(isSlowedDown({ ...call, attempts: 2, retriedAfter: ['TimeoutError'] })).toBe(false)
})

test('a body is not told, wherever it comes from', async () => {
  const { sandbox, run } = await startRuns()
  await sandbox.seed([queueSeed({ name: 'orders' })])
  const { exitCode, stderr } = await run(['send', 'orders', '--debug'], { SQS_TRIGGER_BODY: 'private-words' })
  expect(exitCode).toBe(0)
  expect(stderr).toContain('--body from SQS_TRIGGER_BODY')
  expect(stderr).not.toContain('private-words')
})

test('a variable that stands for a flag is named, and one that stands for none', async () => {
  const { run } = await startRuns()
  const { stderr } = await run(['list', '-v'], {
    AWS_REGION: '',
    SQS_TRIGGER_REGION: 'eu-west-1',
    SQS_TRIGGER_REGOIN: 'us-east-1',
    SQS_TRIGGER_BATCH_SIZE: '5',
    SQS_TRIGGER_NO_WAIT: '1',
  })
  expect(stderr).toContain('Region eu-west-1 from SQS_TRIGGER_REGION\n')
  expect(stderr).not.toContain('from --region')
  expect(stderr).toContain('SQS_TRIGGER_REGOIN stands for no flag – did you mean SQS_TRIGGER_REGION?')
  // Those of other commands are meant for them.
  expect(stderr.match(/stands for no flag/g)).toHaveLength(1)
  expect((await run(['list'], { SQS_TRIGGER_REGOIN: 'x' })).stderr).not.toContain('REGOIN')
})

test('certificates that cannot be read are blamed on who names them', async () => {
  const { run } = await startRuns()
  const variable = await run(['list'], { SQS_TRIGGER_CA_BUNDLE: '/nowhere/ca.pem' })
  expect(variable.stderr).toContain('(SQS_TRIGGER_CA_BUNDLE) cannot be read')
  const flag = await run(['list', '--ca-bundle', '/nowhere/ca.pem'])
  expect(flag.stderr).toContain('(--ca-bundle) cannot be read')
})

test('keys of the environment beside AWS_PROFILE are said to be what is used, and no command names the profile', async () => {
  const { sandbox, run } = await startRuns()
  await sandbox.seed([queueSeed({ name: 'orders' })])
  const config = join(mkdtempSync(join(tmpdir(), 'sqs-trigger-')), 'config')
  writeFileSync(config, '[profile base]\nregion = eu-west-1\n')
  const env = { AWS_CONFIG_FILE: config, AWS_PROFILE: 'base' }
  const { stderr, stdout } = await run(['preflight', 'orders', 'worker', '-v'], env)
  expect(stdout + stderr).toContain('keys of the environment, not profile base')
  expect(stderr).toContain('Profile base from AWS_PROFILE, without its credentials')
  expect(stderr).toContain('Credentials from AWS_ACCESS_KEY_ID')
  expect(stdout + stderr).not.toContain('--profile base')
})

test('the profile and the flag are named as the source', async () => {
  const { run, env } = await startRuns()
  const config = join(mkdtempSync(join(tmpdir(), 'sqs-trigger-')), 'config')
  writeFileSync(
    config,
    `[profile dev]\nregion = eu-west-1\naws_access_key_id = ${env.AWS_ACCESS_KEY_ID}\naws_secret_access_key = x\n`,
  )
  const { stderr } = await run(['list', '-v', '--profile', 'dev'], {
    AWS_CONFIG_FILE: config,
    AWS_REGION: '',
    HTTPS_PROXY: 'http://me:hidden@127.0.0.1:9',
  })
  expect(stderr).toContain('Region eu-west-1 from the profile "dev"')
  expect(stderr).toContain('Proxy for https from HTTPS_PROXY')
  expect(stderr).not.toContain('hidden')
  expect(stderr).toContain('Profile dev from --profile')
  expect(stderr).toContain('Credentials from the profile "dev"')
})
