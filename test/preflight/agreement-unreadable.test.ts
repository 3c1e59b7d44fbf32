import { describe, expect, it } from 'vitest'
import type { FindingStatus } from '../../src/preflight/finding.js'
import {
  allow,
  arnOfQueue,
  build,
  deny,
  forWhom,
  judgeScenario,
  noSimulator,
  type Scenario,
} from './scenario.js'

const rule = 'caller-lacks-create-event-source-mapping'
const role = (about: Omit<NonNullable<Scenario['caller']>, 'kind'>): Scenario => ({
  caller: { kind: 'role', ...about },
})

const refused = (service: 'iam' | 'lambda' | 'sqs', operation: string) => {
  const code = service === 'lambda' ? 'AccessDeniedException' : 'AccessDenied'
  const action = `${service}:${operation}`
  const message = `User: arn:aws:iam::111122223333:user/developer is not authorized to perform: ${action} because no identity-based policy allows the ${action} action`
  return { service, operation, effect: { kind: 'error', code, message, status: 403 } } as const
}
const documents = [
  'ListRolePolicies',
  'ListAttachedRolePolicies',
  'ListUserPolicies',
  'ListAttachedUserPolicies',
  'ListGroupsForUser',
]
const receive = 'role-lacks-receive-message'
const noPolling: Scenario['role'] = { inline: [deny('sqs:ReceiveMessage')], managed: [allow('sqs:*')] }

/** A refused read, and what becomes of the rules: a definite answer only where nothing hidden could turn it. */
const unreadable: readonly (readonly [string, Scenario, Readonly<Record<string, FindingStatus>>])[] = [
  [
    'the simulator: documents decide',
    { faults: [refused('iam', 'SimulatePrincipalPolicy')] },
    { [rule]: 'pass', [receive]: 'pass' },
  ],
  ['the simulator fails', { faults: noSimulator }, { [rule]: 'pass', [receive]: 'pass' }],
  [
    'the simulator is throttled for a moment',
    { faults: [{ operation: 'SimulatePrincipalPolicy', effect: { kind: 'throttle' }, times: 1 }] },
    { [rule]: 'pass', [receive]: 'pass' },
  ],
  [
    'GetRole',
    { faults: [refused('iam', 'GetRole')] },
    {
      [rule]: 'pass',
      [receive]: 'pass',
      'role-not-assumable-by-lambda': 'unknown',
      'role-not-found': 'unknown',
    },
  ],
  [
    'GetRole of a calling role',
    { ...role({ inline: [allow('*')] }), faults: [refused('iam', 'GetRole')] },
    { [rule]: 'pass', [receive]: 'pass' },
  ],
  [
    'GetRole of a calling role with a path',
    { ...role({ inline: [allow('*')], path: '/ci/' }), faults: [refused('iam', 'GetRole')] },
    { [rule]: 'unknown', [receive]: 'pass' },
  ],
  [
    'GetRole of a calling role, and the simulator',
    {
      ...role({ inline: [allow('*')] }),
      faults: [refused('iam', 'GetRole'), refused('iam', 'SimulatePrincipalPolicy')],
    },
    { [rule]: 'unknown', [receive]: 'unknown' },
  ],
  [
    'every read of IAM',
    {
      faults: [
        refused('iam', 'SimulatePrincipalPolicy'),
        refused('iam', 'GetRole'),
        refused('iam', 'GetUser'),
        ...documents.map((operation) => refused('iam', operation)),
      ],
    },
    { [rule]: 'unknown', [receive]: 'unknown', 'role-not-assumable-by-lambda': 'unknown' },
  ],
  [
    'one document beside one that allows',
    {
      role: { inline: [allow('sqs:*')], managed: [allow('logs:*')] },
      faults: [refused('iam', 'SimulatePrincipalPolicy'), refused('iam', 'GetPolicyVersion')],
    },
    { [receive]: 'unknown' },
  ],
  [
    'one document beside one that denies',
    {
      role: noPolling,
      faults: [refused('iam', 'SimulatePrincipalPolicy'), refused('iam', 'GetPolicyVersion')],
    },
    { [receive]: 'fail', 'role-lacks-delete-message': 'unknown' },
  ],
  [
    'one list beside a document that denies',
    {
      role: noPolling,
      faults: [refused('iam', 'SimulatePrincipalPolicy'), refused('iam', 'ListAttachedRolePolicies')],
    },
    { [receive]: 'fail', 'role-lacks-delete-message': 'unknown' },
  ],
  [
    'the document of a boundary that allows',
    {
      role: { inline: [allow('*')], boundary: [allow('*')] },
      faults: [refused('iam', 'GetPolicy'), refused('iam', 'SimulatePrincipalPolicy')],
    },
    { [receive]: 'unknown' },
  ],
  [
    'the document of a boundary, the simulator being there',
    { role: { inline: [allow('*')], boundary: [allow('logs:*')] }, faults: [refused('iam', 'GetPolicy')] },
    { [receive]: 'fail' },
  ],
  [
    'GetQueueAttributes',
    { faults: [refused('sqs', 'GetQueueAttributes')] },
    {
      [receive]: 'unknown',
      'queue-not-found': 'unknown',
      'visibility-timeout-below-function-timeout': 'unknown',
      'role-lacks-decrypt': 'unknown',
      'key-not-usable': 'unknown',
      'caller-lacks-get-queue-attributes': 'warn',
    },
  ],
  [
    'ListEventSourceMappings',
    { faults: [refused('lambda', 'ListEventSourceMappings')] },
    {
      'mapping-differs': 'unknown',
      'mapping-exists': 'unknown',
      'queue-has-other-consumers': 'unknown',
      'caller-lacks-list-event-source-mappings': 'warn',
    },
  ],
  [
    'GetFunctionConfiguration',
    { faults: [refused('lambda', 'GetFunctionConfiguration')] },
    {
      'function-not-found': 'unknown',
      'function-not-active': 'unknown',
      [receive]: 'unknown',
      'role-not-found': 'unknown',
      'visibility-timeout-below-function-timeout': 'unknown',
      'caller-lacks-get-function-configuration': 'warn',
    },
  ],
  [
    'GetFunctionConcurrency',
    { faults: [refused('lambda', 'GetFunctionConcurrency')] },
    { 'reserved-concurrency-zero': 'unknown' },
  ],
  [
    'ListQueueTags, where a policy turns on the tags',
    {
      faults: [refused('sqs', 'ListQueueTags')],
      role: { inline: [allow('sqs:*', arnOfQueue(), { StringEquals: { 'aws:ResourceTag/team': 'blue' } })] },
    },
    { [receive]: 'unknown', 'role-lacks-delete-message': 'unknown' },
  ],
  [
    'tags of the queue in a Deny of its policy',
    {
      queue: {
        policy: [
          forWhom(
            '*',
            deny('sqs:*', arnOfQueue(), {
              StringNotEquals: { 'aws:ResourceTag/team': 'blue' },
              ArnNotLike: { 'aws:PrincipalArn': '*:user/*' },
            }),
          ),
        ],
      },
    },
    { [receive]: 'unknown' },
  ],
]

describe('what was refused', () => {
  it.each(unreadable)('%s', async (_, scenario, wanted) => {
    const { sandbox, session } = await build(scenario)
    const { byRule } = await judgeScenario(session, sandbox, scenario)
    const found = Object.fromEntries(Object.keys(wanted).map((name) => [name, byRule[name]?.status]))
    expect(found).toEqual(wanted)
  })
})
