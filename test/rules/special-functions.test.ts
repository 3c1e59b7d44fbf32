import { describe, expect, it } from 'vitest'
import { functionAddress } from '../../src/arn.js'
import type { DurableSettings } from '../../src/aws/lambda-function.js'
import { denied } from '../../src/preflight/examples/judgements.js'
import { expectRow, judgeWith, type Row } from './judge-with.js'

const durable = (executionTimeoutSeconds: number | null, other: Partial<DurableSettings> = {}) => ({
  durable: { executionTimeoutSeconds, retentionDays: 14, keyArn: null, ...other },
})
const named = (qualifier: string) => ({
  placement: {
    function: functionAddress({
      partition: 'aws',
      region: 'eu-central-1',
      account: '111122223333',
      name: 'worker',
      qualifier,
    }),
  },
})
const notDurable = 'Function worker is not durable.'

const rows: readonly Row[] = [
  [
    'function-tenant-isolated',
    'not isolated',
    {},
    'pass',
    'Function worker can be called without naming a tenant.',
  ],
  [
    'function-tenant-isolated',
    'isolated',
    { lambdaFunction: { tenantIsolated: true } },
    'fail',
    'Function worker isolates tenants: each call must name one, and those for queue orders cannot.',
  ],
  ['durable-function-unqualified', 'not durable', {}, 'skip', notDurable],
  [
    'durable-function-unqualified',
    'by name',
    { lambdaFunction: durable(600) },
    'fail',
    'Function worker is durable, and must be named with a version or alias.',
  ],
  [
    'durable-function-unqualified',
    'by alias',
    { lambdaFunction: durable(600), ...named('live') },
    'pass',
    'Function worker is named with its version or alias live.',
  ],
  ['durable-function-timeout-too-long', 'not durable', {}, 'skip', notDurable],
  [
    'durable-function-timeout-too-long',
    'as long as works',
    { lambdaFunction: durable(900) },
    'pass',
    'Durable executions of function worker take 900 s at most; up to 900 s work.',
  ],
  [
    'durable-function-timeout-too-long',
    'a second longer',
    { lambdaFunction: durable(901) },
    'fail',
    'Durable executions of function worker may take 901 s, but for a queue no more than 900 s.',
  ],
  [
    'durable-function-timeout-too-long',
    'on Managed Instances',
    { lambdaFunction: { ...durable(5_400), managedInstances: true } },
    'pass',
  ],
  [
    'durable-function-timeout-too-long',
    'too long for these, too',
    { lambdaFunction: { ...durable(5_401), managedInstances: true } },
    'fail',
    /may take 5401 s, but for a queue no more than 5400 s\.$/,
  ],
  [
    'durable-function-timeout-too-long',
    'not shown',
    { lambdaFunction: durable(null) },
    'unknown',
    /cannot be ruled out: Lambda did not show the execution timeout of function worker\.$/,
  ],
  ['role-lacks-durable-permissions', 'not durable', {}, 'skip', notDurable],
  [
    'role-lacks-durable-permissions',
    'both rights',
    { lambdaFunction: durable(600) },
    'pass',
    'Role worker-role may write and read the state of durable executions.',
  ],
  [
    'role-lacks-durable-permissions',
    'one of them',
    { lambdaFunction: durable(600), 'role lambda:GetDurableExecutionState': denied },
    'fail',
    'Role worker-role of durable function worker may not call lambda:GetDurableExecutionState: no identity policy allows it.',
  ],
  [
    'role-lacks-durable-permissions',
    'neither',
    {
      lambdaFunction: durable(600),
      'role lambda:CheckpointDurableExecution': denied,
      'role lambda:GetDurableExecutionState': denied,
    },
    'fail',
    /may not call lambda:CheckpointDurableExecution and lambda:GetDurableExecutionState: /,
  ],
  [
    'function-dead-letter-queue-unused',
    'none',
    {},
    'pass',
    'Function worker has no dead-letter queue of its own.',
  ],
  [
    'function-dead-letter-queue-unused',
    'a topic',
    { lambdaFunction: { deadLetterTargetArn: 'arn:aws:sns:eu-central-1:111122223333:dead' } },
    'warn',
    'Function worker has arn:aws:sns:eu-central-1:111122223333:dead as its own dead-letter queue, which gets no failed message of queue orders.',
  ],
  [
    'function-not-active',
    'the unpublished code on Managed Instances',
    { lambdaFunction: { state: 'ActiveNonInvocable' } },
    'unknown',
    /function worker is ActiveNonInvocable: this code of it cannot be called/,
  ],
  ...['Failed', 'Deactivating', 'Deactivated', 'Deleting'].map(
    (state): Row => [
      'function-not-active',
      state,
      { lambdaFunction: { state } },
      'fail',
      `Function worker is ${state}.`,
    ],
  ),
  [
    'visibility-timeout-leaves-no-retry-room',
    'six times the whole execution',
    { lambdaFunction: { timeoutSeconds: 30, ...durable(600) }, queue: { visibilityTimeoutSeconds: 3_600 } },
    'pass',
  ],
  [
    'visibility-timeout-leaves-no-retry-room',
    'six times one of its invocations',
    { lambdaFunction: { timeoutSeconds: 30, ...durable(600) } },
    'warn',
    'Queue orders hides a message for 180 s; function worker is durable and may hold it for 600 s, for which at least 3600 s would do.',
  ],
  [
    'visibility-timeout-leaves-no-retry-room',
    'an execution longer than a mapping waits',
    {
      lambdaFunction: { timeoutSeconds: 30, ...durable(86_400) },
      queue: { visibilityTimeoutSeconds: 5_400 },
    },
    'pass',
  ],
]

describe('functions of a special kind', () => {
  it.each(rows.map((row) => [row[0], row[1], row] as const))('%s: %s', (_, __, row) => expectRow(row))

  it('the execution timeout is lowered without losing the other settings', () => {
    const keyArn = 'arn:aws:kms:eu-central-1:111122223333:key/k'
    const { fix } = judgeWith('durable-function-timeout-too-long', {
      lambdaFunction: durable(86_400, { keyArn }),
    })
    const text = fix?.commands[0]?.text ?? ''
    expect(text).toMatch(/^aws lambda update-function-configuration --function-name worker --durable-config /)
    expect(JSON.parse(/'(.*)'/.exec(text)?.[1] ?? '')).toEqual({
      ExecutionTimeout: 900,
      RetentionPeriodInDays: 14,
      KMSKeyArn: keyArn,
    })
    expect(fix?.summary).toMatch(/then publish a version/)
  })

  it('raising a visibility timeout is done once: for the whole execution', () => {
    const { fix } = judgeWith('visibility-timeout-below-function-timeout', {
      lambdaFunction: { timeoutSeconds: 30, ...durable(600) },
      queue: { visibilityTimeoutSeconds: 20 },
    })
    expect(fix?.commands[0]?.text).toContain('{"VisibilityTimeout":"3600"}')
    expect(fix?.summary).toContain('6 times the time of a whole durable execution as AWS advises')
  })

  it('rights for durable executions come with AWS’s managed policy, in the partition of the function', () => {
    const patch = { lambdaFunction: durable(600), 'role lambda:CheckpointDurableExecution': denied }
    const functionArn = 'arn:aws-cn:lambda:cn-north-1:111122223333:function:worker'
    const { fix } = judgeWith('role-lacks-durable-permissions', patch, { functionArn })
    expect(fix?.commands[0]?.text).toContain(
      'attach-role-policy --role-name worker-role --policy-arn arn:aws-cn:iam::aws:policy/service-role/AWSLambdaBasicDurableExecutionRolePolicy',
    )
  })

  it('where a boundary stands against it, no policy is offered', () => {
    const boundary = {
      ...denied,
      decision: { ...denied.decision, evidence: [{ layer: 'boundary' as const }] },
    }
    const patch = { lambdaFunction: durable(600), 'role lambda:CheckpointDurableExecution': boundary }
    expect(judgeWith('role-lacks-durable-permissions', patch).fix).toMatchObject({
      commands: [],
      summary: expect.stringMatching(/boundary of role worker-role/),
    })
  })
})
