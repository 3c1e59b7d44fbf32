import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { type ExitName, exitStatuses, exitStatusNamed } from '../../src/cli/exit-codes.js'
import { type Journey, startJourney } from '../support/journey.js'
import { sqsTrigger } from '../support/run-command.js'

const shown = new Set<ExitName>()

/** A journey of the built command that ends with the code of this name; it returns the code after what else it expects. */
function ends(name: ExitName, why: string, journey: () => Promise<number | null>) {
  shown.add(name)
  const { code } = exitStatusNamed(name)
  test(`${code} ${name}: ${why}`, async () => {
    expect(await journey()).toBe(code)
  })
}

ends('OK', 'an empty list is an answer', async () => {
  const { json } = await startJourney()
  const { code, document } = await json('list')
  expect(document).toMatchObject({ ok: true, result: { mappings: [] } })
  return code
})

ends('FAILED', 'nobody listens at the endpoint', async () => {
  const { code, stderr } = await sqsTrigger(['list', '--endpoint-url', 'http://127.0.0.1:9'], { env: keys })
  expect(stderr).toContain('127.0.0.1:9')
  return code
})

ends('USAGE', 'a flag that does not exist, with a suggestion', async () => {
  const { code, stderr, stdout } = await sqsTrigger(['list', '--quue', 'orders'])
  expect(stdout).toBe('')
  expect(stderr).toContain('--queue')
  return code
})

ends('CHECKS_FAILED', 'the visibility timeout is below the function timeout', async () => {
  const journey = await startJourney()
  await journey.addFunction('slow-worker', 'export const handler = () => {}', { timeoutSeconds: 60 })
  const { code, document } = await journey.json('preflight', 'orders', 'slow-worker')
  expect(document).toMatchObject({ exitName: 'CHECKS_FAILED', changed: [] })
  const failed = document.findings.filter(({ status }) => status === 'fail').map(({ rule }) => rule)
  expect(failed).toEqual(['visibility-timeout-below-function-timeout'])
  return code
})

const unsigned: readonly (readonly [string, Readonly<Record<string, string>>, string])[] = [
  ['no credentials', { AWS_REGION: 'us-east-1' }, 'NO_CREDENTIALS'],
  ['no Region', { AWS_ACCESS_KEY_ID: 'AKIAEXAMPLE', AWS_SECRET_ACCESS_KEY: 'none' }, 'NO_REGION'],
  ['an unknown profile', { AWS_REGION: 'us-east-1', AWS_PROFILE: 'nobody' }, 'UNKNOWN_PROFILE'],
]
for (const [why, env, errorCode] of unsigned) {
  ends('NOT_SIGNED_IN', why, async () => {
    const { code, stdout } = await sqsTrigger(['list', '--json'], { env })
    expect(JSON.parse(stdout).error.code).toBe(errorCode)
    return code
  })
}

ends('NOT_SIGNED_IN', 'an expired session', async () => {
  const journey = await startJourney()
  const { code, stdout } = await journey.run(['list', '--json'], {
    env: { AWS_ACCESS_KEY_ID: 'AKIASANDBOXEXPIRED' },
  })
  expect(JSON.parse(stdout).error.code).toBe('CREDENTIALS_EXPIRED')
  return code
})

const missing: readonly (readonly [string, readonly string[]])[] = [
  ['the queue', ['preflight', 'no-such-queue', 'worker']],
  ['the function', ['preflight', 'orders', 'no-such-function']],
  ['the alias', ['wire', 'orders', 'worker:nowhere', '--yes']],
  ['the mapping', ['status', '11111111-2222-4333-8444-555555555555']],
]
for (const [what, args] of missing) {
  ends('NOT_FOUND', `${what} does not exist`, async () => {
    const { json } = await startJourney()
    const { code, document } = await json(...args)
    expect(document).toMatchObject({ exitName: 'NOT_FOUND', changed: [] })
    return code
  })
}

ends('ACCESS_DENIED', 'the caller may not list', async () => {
  const journey = await startJourney()
  const { code, stdout } = await journey.run(['list', '--json'], {
    env: { AWS_ACCESS_KEY_ID: 'AKIASANDBOXNOBODY' },
  })
  expect(JSON.parse(stdout).error.message).toContain('lambda:ListEventSourceMappings')
  return code
})

ends('CONFLICT', 'the mapping exists with other settings', async () => {
  const { json } = await startJourney()
  await json('wire', 'orders', 'worker', '--yes')
  return (await json('wire', 'orders', 'worker', '--yes', '--batch-size', '3')).code
})

ends('NOT_FINISHED', 'the time is over, and the way to resume is said', async () => {
  // The clock stands still: the mapping stays Creating until the test moves it.
  const journey = await startJourney({ running: false })
  const waiting = await journey.run(['wire', 'orders', 'worker', '--yes', '--timeout', '1s'])
  const uuid = uuidIn(waiting.stderr)
  expect(waiting.stderr).toContain(`sqs-trigger wait ${uuid}`)
  await journey.advance(60_000)
  expect(await journey.json('wait', uuid)).toMatchObject({
    code: 0,
    document: { result: { mapping: { state: 'Enabled' } } },
  })
  return waiting.code
})

ends('NOT_DELIVERED', 'the function throws on the test message', async () => {
  const { json } = await startJourney()
  await json('wire', 'orders', 'worker', '--yes')
  const { code, document } = await json('send', 'orders', '--body', '{"broken":true}', '--prove', 'medium')
  expect(document.result.proof.functionFailed).toBe(true)
  return code
})

const signals = [
  ['INTERRUPTED', 'SIGINT', 'Ctrl-C'],
  ['TERMINATED', 'SIGTERM', 'SIGTERM'],
] as const
for (const [name, signal, what] of signals) {
  ends(name, `${what} while waiting`, async () => {
    const journey = await startJourney({ running: false })
    const { code, stderr } = await stopWhileCreating(journey, signal)
    const uuid = uuidIn(stderr)
    expect(stderr).toContain(`wait ${uuid}`)
    expect(stderr).toContain(`unwire ${uuid}`)
    return code
  })
}

test('every exit code has a journey here, but for the one that is reserved', () => {
  expect(exitStatuses.map(({ name }) => name).filter((name) => !shown.has(name))).toEqual(['CHANGES_PENDING'])
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
