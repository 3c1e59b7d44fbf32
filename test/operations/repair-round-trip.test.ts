import { describe, expect, it } from 'vitest'
import { applyRollback, planRollback } from '../../src/operations/rollback.js'
import { account } from '../preflight/preflight-world.js'
import { allow, arnOfQueue, forWhom, polling, type Scenario, tryIt } from '../preflight/scenario.js'
import { loseDeadLetterQueue } from '../preflight/scenario-parts.js'
import { collect } from '../support/collect.js'
import { mend, scene } from './repair-scene.js'

const root = forWhom(`arn:aws:iam::${account}:root`, allow('kms:*'))
const logs = allow('logs:*')
const only = (...actions: readonly string[]) => allow(actions.map((action) => `sqs:${action}`))

interface Row {
  readonly rule: string
  readonly scenario: Scenario
  /** Types of the changes, in order. */
  readonly changes: readonly string[]
  /** false: the queue that was made stays, and with it the rule is content. */
  readonly objectsAgain?: false
}

const put = ['put role-policy']
const set = ['set queue-attributes']
const rows: readonly Row[] = [
  { rule: 'role-lacks-receive-message', scenario: { role: { inline: [logs] } }, changes: put },
  {
    rule: 'role-lacks-delete-message',
    scenario: { role: { inline: [logs, only('ReceiveMessage', 'GetQueueAttributes')] } },
    changes: put,
  },
  {
    rule: 'role-lacks-get-queue-attributes',
    scenario: { role: { inline: [logs, only('ReceiveMessage', 'DeleteMessage')] } },
    changes: put,
  },
  {
    rule: 'role-lacks-decrypt',
    scenario: { role: { inline: [logs, polling] }, key: { policy: () => [root] } },
    changes: put,
  },
  { rule: 'role-lacks-log-permissions', scenario: { role: { inline: [polling] } }, changes: put },
  {
    rule: 'visibility-timeout-below-function-timeout',
    scenario: { queue: { attributes: { VisibilityTimeout: '4' } } },
    changes: set,
  },
  {
    rule: 'visibility-timeout-leaves-no-retry-room',
    scenario: { queue: { attributes: { VisibilityTimeout: '6' } } },
    changes: set,
  },
  { rule: 'no-dead-letter-queue', scenario: {}, changes: ['create queue', ...set] },
  {
    rule: 'no-dead-letter-queue',
    scenario: { queue: { name: 'orders.fifo' } },
    changes: ['create queue', ...set],
  },
  {
    rule: 'dead-letter-queue-missing',
    scenario: { also: loseDeadLetterQueue },
    changes: ['create queue'],
    objectsAgain: false,
  },
]

describe.each(rows)('$rule', ({ rule, scenario, changes, objectsAgain = true }) => {
  it(`objects, is mended, passes${objectsAgain ? ', is rolled back, objects again' : ', and the queue stays'}: ${JSON.stringify(scenario.queue ?? {})}`, async () => {
    const at = await scene(scenario)
    const before = await at.judge()
    expect(before.byRule[rule]).toMatchObject({
      status: expect.stringMatching(/fail|warn/),
      fix: { automatic: true },
    })

    const mended = await mend(at, rule, { only: [rule] })
    expect(mended.repair).toMatchObject({ rules: [rule], refusal: null })
    expect(mended.types).toEqual(changes.map(() => 'change-applied'))
    expect(mended.result.made.map(({ action, type }) => `${action} ${type}`)).toEqual(changes)
    expect(at.written.at(-1)).toMatchObject({
      id: mended.result.journalId,
      account,
      rules: [rule],
      changes: changes.map(() => ({ state: 'made' })),
    })
    const after = await at.judge()
    expect(after.byRule[rule]?.status).toBe('pass')
    expect(after.failed).toEqual([])
    // Nothing else came to object.
    expect(after.byRule['visibility-timeout-leaves-no-retry-room']?.status).toBe('pass')

    const { result: plan } = await collect(planRollback(mended.result.journalId, at.session))
    const undone = await collect(applyRollback(plan, at.session))
    expect(undone.result.made).toHaveLength(objectsAgain ? 1 : 0)
    const back = await at.judge()
    expect(back.byRule[rule]?.status).toBe(objectsAgain ? before.byRule[rule]?.status : 'pass')
    expect(at.changes().filter((name) => name === 'DeleteQueue')).toEqual([])
  })
})

it('what was mended delivers', async () => {
  const scenario: Scenario = {
    role: {},
    key: { policy: () => [root] },
    queue: { attributes: { VisibilityTimeout: '2' } },
  }
  const at = await scene(scenario)
  const first = await mend(at, 'role-lacks-receive-message')
  expect(first.repair.rules).toEqual([
    'role-lacks-decrypt',
    'role-lacks-receive-message',
    'role-lacks-delete-message',
    'role-lacks-get-queue-attributes',
  ])
  await mend(at, 'visibility-timeout-below-function-timeout')
  expect((await at.judge()).failed).toEqual([])
  expect(await tryIt(at.session, at.sandbox, scenario)).toBe('delivers')
})

it('the new dead-letter queue is of the source’s type and keeps messages for as long as SQS can', async () => {
  const at = await scene({ queue: { name: 'orders.fifo' } })
  const { events } = await mend(at, 'no-dead-letter-queue')
  expect(events).toMatchObject([
    {
      change: {
        queueArn: arnOfQueue('orders-dead-letter.fifo'),
        attributes: { FifoQueue: 'true', MessageRetentionPeriod: '1209600' },
      },
      made: { undo: '' },
    },
    {
      change: { queueArn: arnOfQueue('orders.fifo') },
      made: {
        undo: expect.stringMatching(
          /^aws sqs set-queue-attributes --queue-url \S+orders\.fifo --attributes '\{"RedrivePolicy":""\}' --region us-east-1/,
        ),
      },
    },
  ])
})

it('the undo of a policy is a complete command', async () => {
  const at = await scene({ role: { inline: [logs] } })
  const { result } = await mend(at, 'role-lacks-receive-message')
  expect(result.made).toEqual([
    {
      action: 'put',
      type: 'role-policy',
      id: expect.stringMatching(/^worker-role\/sqs-trigger-orders-[0-9a-f]{8}$/),
      undo: expect.stringMatching(
        /^aws iam delete-role-policy --role-name worker-role --policy-name sqs-trigger-orders-[0-9a-f]{8} --region us-east-1 --endpoint-url http:\S+$/,
      ),
    },
  ])
})
