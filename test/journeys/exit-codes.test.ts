import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { type Journey, startJourney } from '../support/journey.js'
import { sqsTrigger } from '../support/run-command.js'

/** One named journey for every exit code of the contract but 10, which belongs to commands that come later. */

test('0 OK: an empty list is an answer', async () => {
  const { json } = await startJourney()
  expect(await json('list')).toMatchObject({ code: 0, document: { ok: true, result: { mappings: [] } } })
})

test('1 FAILED: nobody listens at the endpoint', async () => {
  const { code, stderr } = await sqsTrigger(['list', '--endpoint-url', 'http://127.0.0.1:9'], { env: keys })
  expect(code).toBe(1)
  expect(stderr).toContain('127.0.0.1:9')
})

test('2 USAGE: a flag that does not exist, with a suggestion', async () => {
  const { code, stderr, stdout } = await sqsTrigger(['list', '--quue', 'orders'])
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
  expect(stderr).toContain('--queue')
})

test('3 CHECKS_FAILED: the visibility timeout is below the function timeout', async () => {
  const journey = await startJourney()
  await journey.addFunction('slow-worker', 'export const handler = () => {}', { timeoutSeconds: 60 })
  const { code, document } = await journey.json('preflight', 'orders', 'slow-worker')
  expect(code).toBe(3)
  expect(document).toMatchObject({ exitName: 'CHECKS_FAILED', changed: [] })
  const failed = document.findings.filter(({ status }) => status === 'fail').map(({ rule }) => rule)
  expect(failed).toEqual(['visibility-timeout-below-function-timeout'])
})

test.each([
  ['no credentials', { AWS_REGION: 'us-east-1' }, 'NO_CREDENTIALS'],
  ['no Region', { AWS_ACCESS_KEY_ID: 'AKIAEXAMPLE', AWS_SECRET_ACCESS_KEY: 'none' }, 'NO_REGION'],
  ['an unknown profile', { AWS_REGION: 'us-east-1', AWS_PROFILE: 'nobody' }, 'UNKNOWN_PROFILE'],
])('4 NOT_SIGNED_IN: %s', async (_why, env, errorCode) => {
  const { code, stdout } = await sqsTrigger(['list', '--json'], { env })
  expect({ code, error: JSON.parse(stdout).error.code }).toEqual({ code: 4, error: errorCode })
})

test('4 NOT_SIGNED_IN: an expired session', async () => {
  const journey = await startJourney()
  const { code, stdout } = await journey.run(['list', '--json'], {
    env: { AWS_ACCESS_KEY_ID: 'AKIASANDBOXEXPIRED' },
  })
  expect({ code, error: JSON.parse(stdout).error.code }).toEqual({ code: 4, error: 'CREDENTIALS_EXPIRED' })
})

test.each([
  ['the queue', ['preflight', 'no-such-queue', 'worker']],
  ['the function', ['preflight', 'orders', 'no-such-function']],
  ['the alias', ['wire', 'orders', 'worker:nowhere', '--yes']],
  ['the mapping', ['status', '11111111-2222-4333-8444-555555555555']],
])('5 NOT_FOUND: %s does not exist', async (_what, args) => {
  const { json } = await startJourney()
  expect(await json(...args)).toMatchObject({ code: 5, document: { exitName: 'NOT_FOUND', changed: [] } })
})

test('6 ACCESS_DENIED: the caller may not list', async () => {
  const journey = await startJourney()
  const { code, stdout } = await journey.run(['list', '--json'], {
    env: { AWS_ACCESS_KEY_ID: 'AKIASANDBOXNOBODY' },
  })
  expect(code).toBe(6)
  expect(JSON.parse(stdout).error.message).toContain('lambda:ListEventSourceMappings')
})

test('7 CONFLICT: the mapping exists with other settings', async () => {
  const { json } = await startJourney()
  await json('wire', 'orders', 'worker', '--yes')
  expect((await json('wire', 'orders', 'worker', '--yes', '--batch-size', '3')).code).toBe(7)
})

test('8 NOT_FINISHED: the time is over, and the way to resume is said', async () => {
  // The clock stands still: the mapping stays Creating until the test moves it.
  const journey = await startJourney({ running: false })
  const waiting = await journey.run(['wire', 'orders', 'worker', '--yes', '--timeout', '1s'])
  expect(waiting.code).toBe(8)
  const uuid = uuidIn(waiting.stderr)
  expect(waiting.stderr).toContain(`sqs-trigger wait ${uuid}`)
  await journey.advance(60_000)
  expect(await journey.json('wait', uuid)).toMatchObject({
    code: 0,
    document: { result: { mapping: { state: 'Enabled' } } },
  })
})

test('9 NOT_DELIVERED: the function throws on the test message', async () => {
  const { json } = await startJourney()
  await json('wire', 'orders', 'worker', '--yes')
  const { code, document } = await json('send', 'orders', '--body', '{"broken":true}', '--prove', 'medium')
  expect({ code, failed: document.result.proof.functionFailed }).toEqual({ code: 9, failed: true })
})

test.each([
  ['130 INTERRUPTED: Ctrl-C while waiting', 'SIGINT', 130],
  ['143 TERMINATED: SIGTERM while waiting', 'SIGTERM', 143],
] as const)('%s', async (_name, signal, expected) => {
  const journey = await startJourney({ running: false })
  const ran = await stopWhileCreating(journey, signal)
  expect(ran.code).toBe(expected)
  const uuid = uuidIn(ran.stderr)
  expect(ran.stderr).toContain(`wait ${uuid}`)
  expect(ran.stderr).toContain(`unwire ${uuid}`)
})

async function stopWhileCreating(journey: Journey, signal: NodeJS.Signals) {
  let stopped = false
  return journey.run(['wire', 'orders', 'worker', '--yes'], {
    watch: (said, child) => {
      if (stopped || !said.includes('Creating')) return
      stopped = true
      child.kill(signal)
    },
  })
}

test('a profile of the shared configuration is found', async () => {
  const journey = await startJourney()
  const folder = mkdtempSync(join(tmpdir(), 'sqs-trigger-profile-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const { accessKeyId, secretAccessKey } = journey.credentials
  writeFileSync(join(folder, 'config'), '[profile work]\nregion = us-east-1\n')
  writeFileSync(
    join(folder, 'credentials'),
    `[work]\naws_access_key_id = ${accessKeyId}\naws_secret_access_key = ${secretAccessKey}\n`,
  )
  const env = {
    AWS_CONFIG_FILE: join(folder, 'config'),
    AWS_SHARED_CREDENTIALS_FILE: join(folder, 'credentials'),
    AWS_ENDPOINT_URL: journey.endpoint,
  }
  const { code, stdout } = await sqsTrigger(['list', '--profile', 'work', '--json'], { env })
  expect(code).toBe(0)
  expect(JSON.parse(stdout).context).toMatchObject({ profile: 'work', region: 'us-east-1' })
})

const keys = { AWS_REGION: 'us-east-1', AWS_ACCESS_KEY_ID: 'AKIAEXAMPLE', AWS_SECRET_ACCESS_KEY: 'none' }

function uuidIn(text: string): string {
  return (
    /[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}/.exec(text)?.[0] ??
    'no uuid in the text'
  )
}
