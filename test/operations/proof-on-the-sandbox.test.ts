import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import type { SendRequest } from '../../src/operations/requests.js'
import { sendMessages } from '../../src/operations/send.js'
import type { Session } from '../../src/operations/session.js'
import { applyWiring, planWiring } from '../../src/operations/wire.js'
import { addFunctionFromFile } from '../../src/sandbox/lambda/function-from-file.js'
import { executionRoleSeed, queueSeed, rolePolicySeed } from '../../src/sandbox/seeds.js'
import { sessionOf } from '../preflight/preflight-world.js'
import { collect } from '../support/collect.js'
import { movingClock, startTestSandbox } from '../support/sandbox.js'

/** Names each message in the log, and returns all of them as failed. */
const returning = `export const handler = async ({ Records }) => {
  for (const { messageId } of Records) console.log('got ' + messageId)
  return { batchItemFailures: Records.map(({ messageId }) => ({ itemIdentifier: messageId })) }
}`

/** One queue wired to that function. Sleeping moves the sandbox's clock. */
async function wired(queue: string, attributes: Readonly<Record<string, string>>, settings: object) {
  const folder = mkdtempSync(join(tmpdir(), 'sqs-trigger-test-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const file = join(folder, 'handler.mjs')
  writeFileSync(file, returning)
  const sandbox = await startTestSandbox()
  const { world, region } = sandbox
  await sandbox.seed([
    queueSeed({ name: queue, attributes: { VisibilityTimeout: '60', ...attributes } }),
    executionRoleSeed('worker-role'),
    rolePolicySeed('worker-role', 'all', [{ Effect: 'Allow', Action: ['sqs:*', 'logs:*'], Resource: '*' }]),
  ])
  const roleArn = `arn:aws:iam::${world.account}:role/worker-role`
  addFunctionFromFile(world, { name: 'worker', file, roleArn, region })
  const base = await sessionOf(sandbox, sandbox.adminCredentials.accessKeyId)
  const session: Session = { ...base, clock: movingClock(sandbox) }
  const request = { queue, function: 'worker', settings, sendTest: false, ignore: [], only: [] }
  const { result: plan } = await collect(planWiring(request, session))
  await collect(applyWiring(plan, {}, session))
  return session
}

test('a message that SQS drops as a duplicate is not proven by the run of the first one', async () => {
  const session = await wired('o.fifo', { FifoQueue: 'true' }, {})
  const message: SendRequest = {
    queue: 'o.fifo',
    count: 1,
    groupId: 'a',
    deduplicationId: 'z',
    prove: 'medium',
    timeoutMs: 20_000,
  }
  const first = (await collect(sendMessages(message, session))).result
  expect(first.proof).toMatchObject({ level: 'strong', functionFailed: false })
  await session.clock.sleep(2_000, session.signal)
  const second = (await collect(sendMessages(message, session))).result
  expect(second.messages[0]?.messageId).toBe(first.messages[0]?.messageId)
  expect(second.proof).toMatchObject({ level: 'none' })
  expect(second.proof?.evidence.find(({ hop }) => hop === 'log')?.detail).toMatch(/same deduplication id/)
}, 60_000)

test('a message that the function returns as failed is not taken for handled', async () => {
  const session = await wired('o', {}, { reportBatchItemFailures: true })
  const { result } = await collect(
    sendMessages({ queue: 'o', count: 1, prove: 'medium', timeoutMs: 20_000 }, session),
  )
  expect(result.proof).toMatchObject({ level: 'strong', functionFailed: true })
  expect(result.proof?.evidence.find(({ hop }) => hop === 'gone')?.detail).toMatch(/1 in flight/)
}, 60_000)
