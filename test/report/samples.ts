import type { Mapping } from '../../src/mapping.js'
import type { CallContext, OperationEvent, Proof, ProofHop } from '../../src/operations/events.js'
import type { WirePlan } from '../../src/operations/results.js'
import type { Finding } from '../../src/preflight/finding.js'

const account = 'eu-west-1:111122223333'
export const queueArn = `arn:aws:sqs:${account}:orders`
export const functionArn = `arn:aws:lambda:${account}:function:order-worker`
const roleArn = 'arn:aws:iam::111122223333:role/order-worker-role'
export const uuid = '7c1d2f0a-5b1e-4a53-9a55-0d3b8f1c2e77'

export const context: CallContext = {
  account: '111122223333',
  partition: 'aws',
  region: 'eu-west-1',
  profile: 'dev',
  endpoint: null,
  caller: 'arn:aws:sts::111122223333:assumed-role/Developer/ana',
}
export const target = { queueArn, functionArn, roleArn }

export const mapping: Mapping = {
  uuid,
  queueArn,
  functionArn,
  state: 'Enabled',
  stateTransitionReason: 'USER_INITIATED',
  batchSize: 10,
  batchWindowSeconds: 0,
  reportBatchItemFailures: true,
  filters: [],
  eventCountMetrics: false,
}

const base: Finding = {
  rule: 'queue-not-found',
  group: 'queue',
  status: 'pass',
  severity: 'error',
  subject: { kind: 'queue', arn: queueArn },
  message: 'orders exists.',
  why: 'Lambda refuses a mapping of a queue that does not exist.',
  observed: null,
  expected: null,
  certainty: 'live',
  assumptions: [],
  evidence: [],
  gap: null,
  fix: null,
  docs: 'docs/rules/queue-not-found.md',
}

const finding = (given: Partial<Finding> & Pick<Finding, 'rule'>): Finding => ({
  ...base,
  docs: `docs/rules/${given.rule}.md`,
  ...given,
})

export const findings: readonly Finding[] = [
  finding({
    rule: 'caller-lacks-create-event-source-mapping',
    group: 'caller',
    message: 'You may call lambda:CreateEventSourceMapping.',
    assumptions: ['service control policies allow it'],
  }),
  base,
  finding({
    rule: 'no-dead-letter-queue',
    severity: 'warning',
    status: 'warn',
    message: 'orders has no dead-letter queue.',
    why: 'A message that the function cannot process comes back for 4 days and then is lost.',
    fix: {
      summary: 'Make a dead-letter queue and name it in the redrive policy.',
      commands: [
        {
          shell: 'posix',
          text: 'aws sqs create-queue --queue-name orders-dlq --profile dev --region eu-west-1',
        },
      ],
      automatic: false,
    },
  }),
  finding({
    rule: 'role-lacks-receive-message',
    group: 'role',
    status: 'fail',
    message: 'order-worker-role may not call sqs:ReceiveMessage on orders.',
    why: 'Lambda reads the queue as this role, and AWS refuses the mapping without it.',
    observed: 'implicitDeny',
    expected: 'allowed',
    certainty: 'simulated',
    fix: {
      summary: 'Allow the role to read the queue.',
      commands: [
        {
          shell: 'posix',
          text: `aws iam put-role-policy --role-name order-worker-role --policy-name sqs-trigger-orders --policy-document '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["sqs:ReceiveMessage"],"Resource":"${queueArn}"}]}' --profile dev`,
        },
      ],
      automatic: true,
    },
  }),
  finding({
    rule: 'role-not-assumable-by-lambda',
    group: 'role',
    status: 'unknown',
    message: '"Lambda may not assume the execution role" cannot be ruled out: iam:GetRole was refused.',
    why: 'Lambda must be able to assume the role.',
    certainty: 'none',
    gap: {
      problem: 'Lambda may not assume the execution role',
      reason: 'iam:GetRole was refused',
      permission: 'iam:GetRole',
      class: 'core',
    },
  }),
  finding({
    rule: 'partial-batch-response-off',
    group: 'mapping',
    severity: 'info',
    status: 'warn',
    message: 'Partial batch responses are off.',
    why: 'One failed message makes the whole batch come back.',
  }),
  finding({
    rule: 'role-lacks-decrypt',
    group: 'role',
    status: 'skip',
    message: 'orders is not encrypted with a key.',
  }),
]

export const plan: WirePlan = {
  context,
  target,
  findings: findings.filter(({ status }) => status === 'pass'),
  blocking: [],
  changes: [
    {
      action: 'create',
      type: 'event-source-mapping',
      iamAction: 'lambda:CreateEventSourceMapping',
      queueArn,
      functionArn,
      settings: { batchSize: 10 },
    },
  ],
  existing: null,
  outcome: 'create',
  differences: [],
  settings: { batchSize: 10 },
}

const hops: readonly ProofHop[] = [
  { hop: 'sent', outcome: 'seen', detail: 'orders accepted message 5f0e', elapsedMs: 20 },
  {
    hop: 'log',
    outcome: 'seen',
    detail: 'the message id stands in the log /aws/lambda/order-worker',
    line: '{"level":"info",  "id":"5f0e1d6c-1111-4222-8333-444455556666"}',
    elapsedMs: 900,
  },
  { hop: 'gone', outcome: 'cannot-tell', detail: 'two other consumers read from orders', elapsedMs: 3100 },
]

export const proof: Proof = {
  level: 'strong',
  messageId: '5f0e1d6c-1111-4222-8333-444455556666',
  requestId: '8d3c0000-1111-4222-8333-444455556666',
  functionFailed: false,
  evidence: hops,
  doubts: [],
  missingPermissions: [],
  mapping: { uuid, functionArn },
}

const creation = {
  type: 'change-applied',
  change: plan.changes[0] ?? {
    action: 'delete',
    type: 'event-source-mapping',
    iamAction: 'lambda:DeleteEventSourceMapping',
    uuid,
  },
  made: { action: 'create', type: 'event-source-mapping', id: uuid, undo: `sqs-trigger unwire ${uuid}` },
} as const satisfies OperationEvent

const look = (state: string, elapsedMs: number, changed: boolean, reason?: string): OperationEvent => ({
  type: 'mapping-state',
  mapping: { ...mapping, state, ...(reason === undefined ? {} : { stateTransitionReason: reason }) },
  changed,
  elapsedMs,
  timeoutMs: 120_000,
})

/** A whole run of `wire --send-test`, as the operations tell it. */
export const wireEvents: readonly OperationEvent[] = [
  { type: 'caller-identified', context },
  { type: 'target-resolved', target },
  { type: 'step-started', what: 'Reading queue orders, function order-worker and their permissions' },
  { type: 'facts-gathered', target, calls: 9 },
  ...plan.findings.map((judged): OperationEvent => ({ type: 'rule-judged', finding: judged })),
  { type: 'planned', changes: plan.changes },
  creation,
  look('Creating', 0, true, 'USER_INITIATED'),
  look('Creating', 5_000, false, 'USER_INITIATED'),
  look('Creating', 15_000, false, 'USER_INITIATED'),
  look('Enabling', 21_000, true, 'USER_INITIATED'),
  look('Enabled', 38_000, true, 'USER_INITIATED'),
  { type: 'warning', message: 'logs:FilterLogEvents is refused.' },
  { type: 'caller-identified', context },
  { type: 'message-sent', message: { messageId: proof.messageId, token: 't', groupId: null }, queueArn },
  ...hops.map((hop): OperationEvent => ({ type: 'proof-hop', hop })),
]
