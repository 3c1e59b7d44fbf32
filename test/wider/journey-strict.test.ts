import { expect, test } from 'vitest'
import { type Journey, startJourney } from '../support/journey.js'

/** The default caller, without any right to read in IAM. */
async function withoutIam(): Promise<Journey> {
  const journey = await startJourney()
  const document = {
    Version: '2012-10-17',
    Statement: [{ Effect: 'Deny', Action: 'iam:*', Resource: '*' }],
  }
  await journey.seed([
    {
      service: 'iam',
      operation: 'PutUserPolicy',
      input: { UserName: 'developer', PolicyName: 'no-iam', PolicyDocument: JSON.stringify(document) },
    },
  ])
  return journey
}

const unknownIn = ({ findings }: { readonly findings: readonly { rule: string; status: string }[] }) =>
  findings.filter(({ status }) => status === 'unknown').map(({ rule }) => rule)

test('who may read nothing in IAM gets unknowns, and no failure', async () => {
  const { json } = await withoutIam()
  const { code, document } = await json('preflight', 'orders', 'worker')
  expect(code).toBe(0)
  expect(unknownIn(document)).toContain('role-lacks-receive-message')
})

test('--strict=core does not let that pass: exit 3, and the unknown ones stay unknown', async () => {
  const { json, run } = await withoutIam()
  const { code, document } = await json('preflight', 'orders', 'worker', '--strict=core')
  expect([code, document.error?.code]).toEqual([3, 'CHECKS_FAILED'])
  expect(unknownIn(document)).toContain('role-lacks-receive-message')
  expect((await run(['preflight', 'orders', 'worker', '--strict'])).code).toBe(3)
})

test('--exit-zero: the answer stays as it is, the exit code is 0', async () => {
  const { json, run } = await withoutIam()
  const { code, document } = await json('preflight', 'orders', 'worker', '--strict=core', '--exit-zero')
  expect(code).toBe(0)
  expect(document).toMatchObject({ ok: false, exitCode: 0, error: { code: 'CHECKS_FAILED' } })
  const missing = await json('preflight', 'no-such-queue', 'worker', '--exit-zero')
  expect([missing.code, missing.document.error?.code]).toEqual([0, 'QUEUE_NOT_FOUND'])
  // It forgives findings, nothing else.
  expect((await run(['preflight', 'orders', '--exit-zero'])).code).toBe(2)
  const nobody = await run(['preflight', 'orders', 'worker', '--exit-zero'], {
    env: { AWS_ACCESS_KEY_ID: 'AKIASANDBOXEXPIRED' },
  })
  expect(nobody.code).toBe(4)
})

test('--fail-on never: what was found is told, and nothing of it is a failure', async () => {
  const journey = await startJourney()
  await journey.addFunction('slow', 'export const handler = () => {}', { timeoutSeconds: 60 })
  const { code, document } = await journey.json('preflight', 'orders', 'slow', '--fail-on', 'never')
  expect([code, document.ok, document.error]).toEqual([0, true, null])
  expect(document.findings.filter(({ status }) => status === 'fail')).toHaveLength(1)
})

test('wire works all the same: AWS itself judges', async () => {
  const { json } = await withoutIam()
  const { code, document } = await json('wire', 'orders', 'worker', '--yes', '--send-test')
  expect([code, document.result.outcome, document.result.mapping.state]).toEqual([0, 'created', 'Enabled'])
})
