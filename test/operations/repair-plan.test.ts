import { describe, expect, it } from 'vitest'
import { rolePolicyName } from '../../src/permissions/role-policy.js'
import { attributesChange } from '../../src/preflight/fix.js'
import { account } from '../preflight/preflight-world.js'
import { allow, arnOfQueue, type Scenario } from '../preflight/scenario.js'
import { createFunction, createRole } from '../sandbox/lambda-fixture.js'
import type { TestSandbox } from '../support/sandbox.js'
import {
  inlinePolicy,
  mend,
  ownedByStack,
  planFor,
  putPolicy,
  refused,
  repairFor,
  scene,
  tagged,
} from './repair-scene.js'

const logs = allow('logs:*')
const receive = 'role-lacks-receive-message'
const policyName = rolePolicyName(arnOfQueue())
const pollStatement = {
  Sid: 'SqsTriggerPoll',
  Effect: 'Allow',
  Action: ['sqs:DeleteMessage', 'sqs:GetQueueAttributes', 'sqs:ReceiveMessage'],
  Resource: arnOfQueue(),
}

describe('what belongs together is one repair', () => {
  it('a policy a queue and role; of a queue what is needed stands apart from what is advised', async () => {
    const at = await scene({ role: {}, queue: { attributes: { VisibilityTimeout: '1' } } })
    const { repairs } = await at.plan()
    expect(
      repairs.map(({ rules, changes, refusal }) => [rules, changes.map(({ type }) => type), refusal]),
    ).toEqual([
      [
        ['role-lacks-receive-message', 'role-lacks-delete-message', 'role-lacks-get-queue-attributes'],
        ['role-policy'],
        null,
      ],
      [['role-lacks-log-permissions'], ['role-policy'], null],
      [['visibility-timeout-below-function-timeout'], ['queue-attributes'], null],
      [['no-dead-letter-queue'], ['queue', 'queue-attributes'], null],
    ])
    expect(repairs.slice(2).map(({ changes }) => changes.at(-1))).toMatchObject([
      { attributes: { VisibilityTimeout: '30' } },
      { attributes: { RedrivePolicy: expect.stringContaining('orders-dead-letter') } },
    ])
    expect(at.changes()).toEqual([])
  })

  it('what is around the role is read once for all its policies', async () => {
    const at = await scene({ role: {} })
    const { result } = await at.judge()
    const before = at.sandbox.calls().length
    await planFor(at, result, { only: [receive, 'role-lacks-log-permissions'] })
    expect(
      at.sandbox
        .calls()
        .slice(before)
        .map(({ operation }) => operation)
        .toSorted(),
    ).toEqual([
      'DescribeStackResources',
      'GetRolePolicy',
      'GetRolePolicy',
      'ListAttachedRolePolicies',
      'ListFunctions',
      'ListRolePolicies',
      'ListTags',
    ])
  })

  it('only the rules that are named; none asks for no call', async () => {
    const at = await scene({ role: {} })
    const { repairs } = await at.plan({ only: ['role-lacks-delete-message'] })
    expect(repairs.map(({ rules }) => rules)).toEqual([['role-lacks-delete-message']])
    expect((await at.plan({ only: ['queue-has-backlog'] })).repairs).toEqual([])
  })

  it.each(['200', '20'])(
    'of two visibility timeouts, the greater one (30 and %s)',
    async (VisibilityTimeout) => {
      const at = await scene({ queue: { attributes: { VisibilityTimeout: '1' } } })
      const { result } = await at.judge()
      const below = result.findings.find(({ rule }) => rule === 'visibility-timeout-below-function-timeout')
      if (!below?.fix) throw new Error('it objects')
      const changes = [attributesChange(arnOfQueue(), { VisibilityTimeout })]
      const rule = 'visibility-timeout-leaves-no-retry-room'
      const more = { ...below, rule, fix: { ...below.fix, changes } }
      const repairs = await planFor(at, { ...result, findings: [below, more] })
      const seconds = String(Math.max(30, Number(VisibilityTimeout)))
      expect(repairs).toMatchObject([{ changes: [{ attributes: { VisibilityTimeout: seconds } }] }])
    },
  )

  it('what a visibility timeout of a window needs is asked for at once', async () => {
    const scenario: Scenario = {
      queue: { attributes: { VisibilityTimeout: '1' } },
      request: { settings: { batchWindowSeconds: 20 } },
    }
    const at = await scene(scenario)
    await mend(at, 'visibility-timeout-below-function-timeout')
    expect((await at.judge()).byRule['visibility-timeout-leaves-no-retry-room']).toMatchObject({
      status: 'pass',
      observed: 50,
    })
  })
})

describe('a policy of the same name is extended, never shrunk', () => {
  const own = { Sid: 'Own', Effect: 'Allow', Action: 's3:GetObject', Resource: '*' }
  const narrow = { ...pollStatement, Action: ['sqs:DeleteMessage'] }
  it.each([
    ['other statements stay', [own], [own, pollStatement]],
    ['a Sid that is taken gets a number', [narrow], [narrow, { ...pollStatement, Sid: 'SqsTriggerPoll2' }]],
  ])('%s', async (_, present, wanted) => {
    const at = await scene({ role: { inline: [logs] }, also: putPolicy(policyName, ...present) })
    const { repair } = await mend(at, receive)
    expect(inlinePolicy(at, policyName)).toEqual({ Version: '2012-10-17', Statement: wanted })
    expect(repair.effects[0]).toMatch(/is there already: it is extended, and nothing in it is taken away/)
  })

  it('one that says so already is left, and the cause is another', async () => {
    const shuffled = { ...pollStatement, Action: pollStatement.Action.toReversed() }
    const also = putPolicy(policyName, shuffled)
    const at = await scene({ role: { inline: [logs] }, also })
    const { result } = await at.judge()
    // As a preflight saw it that IAM's simulator answered too early.
    const stale = await scene({ role: { inline: [logs] } })
    const { result: before } = await stale.judge()
    expect(result.findings.find(({ rule }) => rule === receive)?.status).toBe('pass')
    const repairs = await planFor(at, { ...before, context: result.context }, { only: [receive] })
    expect(repairFor(repairs, receive).refusal).toMatch(/says so already, so that the cause is another/)
  })
})

describe('what a repair touches', () => {
  it('drift, where it is allowed', async () => {
    const at = await scene({ role: {}, also: ownedByStack('worker-role') })
    const { repairs } = await at.plan({ allowDrift: true })
    expect(repairFor(repairs, receive)).toMatchObject({
      refusal: null,
      effects: [
        expect.stringMatching(
          /^Role worker-role belongs to CloudFormation stack shop .* drifts from its template/,
        ),
      ],
    })
  })

  it.each([
    ['terraform', 'true', /Tag "terraform=true" says that another tool looks after role worker-role/],
    ['ManagedBy', 'pulumi', /Tag "ManagedBy=pulumi"/],
    ['aws-cdk:id', 'x', /Tag "aws-cdk:id=x"/],
  ])('tag %s of another tool warns', async (key, value, said) => {
    const at = await scene({ role: {}, also: tagged(key, value) })
    const { repairs } = await at.plan()
    expect(repairFor(repairs, receive)).toMatchObject({
      refusal: null,
      effects: [expect.stringMatching(said)],
    })
  })

  it('CloudFormation that cannot be asked is told, and tags decide', async () => {
    const at = await scene({ role: {} })
    at.sandbox.faults.inject(refused('DescribeStackResources'))
    const { repairs } = await at.plan()
    expect(repairFor(repairs, receive)).toMatchObject({
      refusal: null,
      effects: [
        expect.stringMatching(
          /could not be asked: cloudformation:DescribeStackResources was refused\. Its tags do not say so/,
        ),
      ],
    })
  })

  it('other functions that share the role', async () => {
    const also = async (sandbox: TestSandbox) => {
      const role = `arn:aws:iam::${account}:role/worker-role`
      await createFunction(sandbox, { name: 'mailer', roleArn: role })
      await createRole(sandbox, 'another', [])
      await createFunction(sandbox, { name: 'stranger', roleArn: `arn:aws:iam::${account}:role/another` })
    }
    const at = await scene({ role: {}, also })
    const { repairs } = await at.plan()
    expect(repairFor(repairs, receive).effects).toEqual([
      'In us-east-1 another function with role worker-role gains the same rights: mailer.',
    ])
  })

  it('every consumer of a queue', async () => {
    const also = async (sandbox: TestSandbox) => {
      await createFunction(sandbox, {
        name: 'mailer',
        roleArn: `arn:aws:iam::${account}:role/worker-role`,
        timeoutSeconds: 1,
      })
      await sandbox.seed([
        {
          service: 'lambda',
          operation: 'CreateEventSourceMapping',
          input: { EventSourceArn: arnOfQueue(), FunctionName: 'mailer' },
        },
      ])
    }
    const at = await scene({ queue: { attributes: { VisibilityTimeout: '4' } }, also })
    const { repairs } = await at.plan()
    expect(repairFor(repairs, 'visibility-timeout-below-function-timeout').effects).toEqual([
      'Every consumer of orders gets 30 s instead of 4 s to finish a message: one that fails comes back later.',
      'Other functions that read from orders: mailer.',
    ])
    expect(repairFor(repairs, 'no-dead-letter-queue').effects).toEqual([
      'Queue orders-dead-letter stays when this is undone: messages may lie in it.',
      'A message of orders that fails too often leaves for the dead-letter queue, whichever consumer it failed at.',
      'Other functions that read from orders: mailer.',
    ])
  })

  it('a doubt whether it is enough', async () => {
    const also = async (sandbox: TestSandbox) => {
      // Attached after the preflight could have seen it, and not readable.
      sandbox.faults.inject(refused('GetPolicy'))
    }
    const at = await scene({ role: { managed: [allow('s3:*')] }, also })
    const { repairs } = await at.plan()
    expect(repairFor(repairs, receive)).toMatchObject({
      refusal: null,
      effects: [expect.stringMatching(/^Whether it is enough cannot be told for certain: /)],
    })
  })
})

it('two policies of one plan for one role are measured together', async () => {
  const room = (characters: number) => ({
    role: { inline: [allow('s3:*', `arn:aws:s3:::${'x'.repeat(characters)}`)] },
  })
  const refusals = async (characters: number) => {
    const { repairs } = await (await scene(room(characters))).plan()
    return ['role-lacks-receive-message', 'role-lacks-log-permissions'].map((rule) => [
      rule,
      repairFor(repairs, rule).refusal,
    ])
  }
  expect(await refusals(9_000)).toEqual([
    ['role-lacks-receive-message', null],
    ['role-lacks-log-permissions', null],
  ])
  // Either fits beside what is there, and not both.
  expect(await refusals(9_800)).toEqual([
    ['role-lacks-receive-message', null],
    [
      'role-lacks-log-permissions',
      expect.stringMatching(/may have 10,240 characters together, and would have 10,\d\d\d\. Move one/),
    ],
  ])
})
