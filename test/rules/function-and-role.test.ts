import { describe, expect, it } from 'vitest'
import { denied } from '../../src/preflight/examples/judgements.js'
import type { Judgement } from '../../src/preflight/facts.js'
import { expectRow, judgeWith, type Row } from './judge-with.js'

const rows: readonly Row[] = [
  ['function-not-found', 'there', {}, 'pass'],
  [
    'function-not-found',
    'not there',
    { functionExists: false },
    'fail',
    'Function worker does not exist in account 111122223333, eu-central-1.',
  ],
  ['function-not-active', 'active', {}, 'pass'],
  [
    'function-not-active',
    'asleep',
    { lambdaFunction: { state: 'Inactive' } },
    'pass',
    'Function worker is Inactive: the first call wakes it up, and fails.',
  ],
  [
    'function-not-active',
    'being made',
    { lambdaFunction: { state: 'Pending', stateReason: 'The function is being created.' } },
    'fail',
    'Function worker is Pending: The function is being created.',
  ],
  [
    'function-not-active',
    'a state that nobody knows yet',
    { lambdaFunction: { state: 'Hibernating' } },
    'unknown',
    /function worker is Hibernating, a state that this version does not know/,
  ],
  ['function-update-in-progress', 'done', {}, 'pass'],
  [
    'function-update-in-progress',
    'under way',
    { lambdaFunction: { lastUpdateStatus: 'InProgress' } },
    'warn',
  ],
  [
    'function-update-in-progress',
    'failed',
    { lambdaFunction: { lastUpdateStatus: 'Failed', lastUpdateReason: 'No such image.' } },
    'warn',
    /is Failed: No such image\.$/,
  ],
  ['reserved-concurrency-zero', 'none reserved', {}, 'pass', 'Function worker has no reserved concurrency.'],
  ['reserved-concurrency-zero', 'zero', { reservedConcurrency: 0 }, 'fail', /it can never run/],
  ['reserved-concurrency-zero', 'one', { reservedConcurrency: 1 }, 'pass'],
  ['reserved-concurrency-below-five', 'none reserved', {}, 'pass'],
  [
    'reserved-concurrency-below-five',
    'four',
    { reservedConcurrency: 4 },
    'warn',
    'Function worker has a reserved concurrency of 4; AWS advises at least 5 for SQS.',
  ],
  ['reserved-concurrency-below-five', 'five', { reservedConcurrency: 5 }, 'pass'],
  ['reserved-concurrency-below-five', 'zero', { reservedConcurrency: 0 }, 'skip', /which is worse/],
  [
    'role-not-found',
    'gone',
    { roleExists: false },
    'fail',
    'Role arn:aws:iam::111122223333:role/service-role/worker-role of function worker does not exist.',
  ],
  ['role-not-assumable-by-lambda', 'trusted', {}, 'pass', 'Lambda may assume role worker-role.'],
  [
    'role-not-assumable-by-lambda',
    'not trusted',
    { roleTrust: denied },
    'fail',
    /^Lambda may not assume role worker-role/,
  ],
  [
    'role-lacks-log-permissions',
    'may not put',
    { 'role logs:PutLogEvents': denied },
    'warn',
    /may not call logs:PutLogEvents: /,
  ],
  [
    'role-lacks-log-permissions',
    'may do neither',
    { 'role logs:PutLogEvents': denied, 'role logs:CreateLogStream': denied },
    'warn',
    /logs:CreateLogStream and logs:PutLogEvents/,
  ],
]

describe('function and role', () => {
  it.each(rows.map((row) => [row[0], row[1], row] as const))('%s: %s', (_, __, row) => expectRow(row))

  it('the trust policy keeps what stands in it', () => {
    const existing = {
      Effect: 'Allow',
      Principal: { Service: 'edgelambda.amazonaws.com' },
      Action: 'sts:AssumeRole',
    }
    const trustPolicy = encodeURIComponent(JSON.stringify({ Version: '2012-10-17', Statement: existing }))
    const finding = judgeWith('role-not-assumable-by-lambda', { roleTrust: denied, role: { trustPolicy } })
    expect(finding.fix?.policy).toMatchObject({
      Statement: [existing, { Principal: { Service: 'lambda.amazonaws.com' } }],
    })
  })
})

const because = (evidence: Judgement['decision']['evidence'], reason = 'for a reason'): Judgement => ({
  ...denied,
  decision: { ...denied.decision, reason, evidence },
})
const fixFor = (judgement: Judgement, about = {}) =>
  judgeWith('role-lacks-receive-message', { 'role sqs:ReceiveMessage': judgement }, about).fix

describe('what is offered to a role that lacks a right', () => {
  it('is one inline policy with all rights on the queue, its key included', () => {
    const fix = fixFor(denied)
    expect(fix?.automatic).toBe(true)
    expect(fix?.commands[0]?.text).toMatch(
      /^aws iam put-role-policy --role-name worker-role --policy-name sqs-trigger-orders-[0-9a-f]{8} --policy-document '\{.*\}' --profile prod --region eu-central-1$/,
    )
    expect(fix?.policy).toMatchObject({
      Statement: [{ Action: expect.arrayContaining(['sqs:ReceiveMessage']) }, { Action: 'kms:Decrypt' }],
    })
  })

  it('is quoted so that a shell reads it back', () => {
    const text = fixFor(denied)?.commands[0]?.text ?? ''
    const document = /--policy-document '([^']*)'/.exec(text)?.[1] ?? ''
    expect(JSON.parse(document)).toEqual(fixFor(denied)?.policy)
  })

  it.each<[string, Judgement, RegExp]>([
    [
      'a Deny',
      because([
        { layer: 'resource', policy: 'the queue policy of orders', sid: 'Lock', index: 2, effect: 'Deny' },
      ]),
      /Remove or narrow the Deny in the queue policy of orders, statement 2 \(Sid Lock\): no Allow outweighs it\. Whoever owns queue orders can change it/,
    ],
    [
      'a permissions boundary',
      because([{ layer: 'boundary' }]),
      /boundary of role worker-role must allow sqs:ReceiveMessage/,
    ],
    ['the queue policy of another account', because([{ layer: 'resource' }]), /owns queue orders must add/],
    ['the key policy', because([{ layer: 'key' }]), /administers the key/],
  ])('is words, not a command that would not help, against %s', (_, judgement, said) => {
    expect(fixFor(judgement)).toMatchObject({
      automatic: false,
      commands: [],
      summary: expect.stringMatching(said),
    })
  })

  it.each([
    'arn:aws:iam::111122223333:role/aws-service-role/x/AWSServiceRoleForX',
    'arn:aws:iam::444455556666:role/worker-role',
  ])('is never made by the tool for %s', (roleArn) => {
    expect(fixFor(denied, { roleArn })?.automatic).toBe(false)
  })
})

describe('what is offered to a caller who lacks a right', () => {
  const fixOf = (callerArn: string) =>
    judgeWith(
      'caller-lacks-create-event-source-mapping',
      { 'caller lambda:CreateEventSourceMapping': denied },
      { callerArn },
    ).fix

  it.each([
    [
      'arn:aws:iam::111122223333:user/team/dev',
      /put-user-policy --user-name dev --policy-name sqs-trigger-CreateEventSourceMapping/,
    ],
    ['arn:aws:sts::111122223333:assumed-role/deployer/run-7', /put-role-policy --role-name deployer /],
  ])('%s', (arn, command) => {
    expect(fixOf(arn)).toMatchObject({
      automatic: false,
      commands: [{ text: expect.stringMatching(command) }],
    })
  })

  it('who comes from Identity Center is a policy for the permission set', () => {
    const fix = fixOf('arn:aws:sts::111122223333:assumed-role/AWSReservedSSO_Dev_0123456789abcdef/ann')
    expect(fix).toMatchObject({
      commands: [],
      policy: { Statement: [{ Action: ['lambda:CreateEventSourceMapping'], Resource: '*' }] },
    })
  })
})
