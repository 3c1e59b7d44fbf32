import { describe, expect, it } from 'vitest'
import type { PreflightRequest } from '../../src/operations/run-preflight.js'
import type { TestSandbox } from '../support/sandbox.js'
import { account, createOrders, preflight, sessionOf, startWorld } from './preflight-world.js'
import { allow, arnOfQueue, other, workerArn } from './scenario.js'
import { policyOf } from './scenario-parts.js'

const away = `Function worker is in account ${account}, not in yours.`
const settings = { tags: { team: 'blue' } }

/** bob of another account, who may do everything there. */
async function asBob(sandbox: TestSandbox) {
  const iam = (operation: string, input: Readonly<Record<string, unknown>>) =>
    sandbox.seed([{ service: 'iam', operation, input, account: other }])
  const UserName = 'bob'
  await iam('CreateUser', { UserName })
  await iam('PutUserPolicy', { UserName, PolicyName: 'all', PolicyDocument: policyOf([allow('*')]) })
  const [made] = await iam('CreateAccessKey', { UserName })
  const { AccessKey } = made as { AccessKey: { AccessKeyId: string } } // as IAM answers
  return sessionOf(sandbox, AccessKey.AccessKeyId)
}

async function judged(request: Partial<PreflightRequest>, queueAccount = account) {
  const sandbox = await startWorld()
  await createOrders(sandbox)
  const session = await asBob(sandbox)
  if (queueAccount === other) {
    const order = { service: 'sqs', operation: 'CreateQueue', account: other } as const
    await sandbox.seed([{ ...order, input: { QueueName: 'orders' } }])
  }
  const run = await preflight(session, {
    queue: arnOfQueue('orders', queueAccount),
    function: workerArn,
    ...request,
  })
  const ofStatus = (status: string) =>
    run.result.findings.filter((finding) => finding.status === status).map(({ rule }) => rule)
  return { ...run, ofStatus }
}

describe('a caller of another account than the function’s', () => {
  const requests: readonly Partial<PreflightRequest>[] = [{}, { settings }, { settings, sendTest: true }]
  it.each(requests)('is told so once, whatever was asked for: %j', async (request) => {
    const { ofStatus, byRule, result } = await judged(request)
    expect(ofStatus('fail')).toEqual(['function-not-in-caller-account'])
    expect(ofStatus('warn')).toEqual([])
    for (const rule of [
      'caller-lacks-create-event-source-mapping',
      'caller-lacks-list-event-source-mappings',
      'caller-lacks-get-event-source-mapping',
      'caller-lacks-tag-resource',
      'caller-lacks-list-functions',
      'caller-lacks-get-function-configuration',
      'caller-lacks-get-queue-attributes',
      ...(request.sendTest ? ['caller-lacks-send-message', 'caller-lacks-key-for-test-message'] : []),
      'role-lacks-receive-message',
      'queue-policy-omits-role',
    ]) {
      expect([rule, byRule[rule]]).toMatchObject([rule, { status: 'skip', message: away }])
    }
    // What is left open turns on the queue, which only its own account can show.
    for (const { rule, status, gap } of result.findings) {
      if (status !== 'unknown' || rule === 'queue-has-other-consumers') continue
      expect([rule, gap?.permission]).toEqual([rule, 'sqs:GetQueueAttributes'])
    }
  })

  it('still hears of a queue of their own', async () => {
    const { ofStatus, byRule } = await judged({ sendTest: true }, other)
    expect(ofStatus('fail')).toEqual(['function-not-in-caller-account'])
    expect(ofStatus('unknown')).toEqual([])
    for (const rule of [
      'caller-lacks-get-queue-attributes',
      'caller-lacks-send-message',
      'queue-not-found',
    ]) {
      expect([rule, byRule[rule]?.status]).toEqual([rule, 'pass'])
    }
  })
})
