import type { JournalEntry } from '../../src/journal.js'
import type { Repair, RollbackPlan } from '../../src/operations/results.js'
import type { ApiCall, RepairTold } from '../../src/report/outcome.js'
import { context, findings, plan, queueArn, target } from './samples.js'

const roleArn = 'arn:aws:iam::111122223333:role/order-worker-role'
const policyName = 'sqs-trigger-orders-1a2b3c4d'
const policy = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: ['sqs:ReceiveMessage'], Resource: queueArn }],
}
const put = {
  action: 'put',
  type: 'role-policy',
  iamAction: 'iam:PutRolePolicy',
  roleArn,
  policyName,
  policy,
} as const
const attributes = {
  RedrivePolicy: JSON.stringify({ deadLetterTargetArn: `${queueArn}-dlq`, maxReceiveCount: 5 }),
}
const created = {
  action: 'create',
  type: 'queue',
  iamAction: 'sqs:CreateQueue',
  queueArn: `${queueArn}-dlq`,
  attributes: { MessageRetentionPeriod: '1209600' },
} as const
const set = {
  action: 'set',
  type: 'queue-attributes',
  iamAction: 'sqs:SetQueueAttributes',
  queueArn,
  attributes,
} as const

const putCall: ApiCall = {
  service: 'iam',
  operation: 'PutRolePolicy',
  input: { RoleName: 'order-worker-role', PolicyName: policyName, PolicyDocument: policy },
}
const queueUrl = 'https://sqs.eu-west-1.amazonaws.com/111122223333/orders'
const setCall: ApiCall = {
  service: 'sqs',
  operation: 'SetQueueAttributes',
  input: { QueueUrl: queueUrl, Attributes: attributes },
}
const createCall: ApiCall = {
  service: 'sqs',
  operation: 'CreateQueue',
  input: { QueueName: 'orders-dlq', Attributes: created.attributes },
}

const grant: Repair = {
  rules: ['role-lacks-receive-message', 'role-lacks-delete-message'],
  summary: 'Give role order-worker-role what polling orders needs, in one inline policy.',
  changes: [put],
  effects: ['Function invoicer has the same role, and gets the same rights.'],
  refusal: null,
}
const redrive: Repair = {
  rules: ['no-dead-letter-queue'],
  summary: 'Make the queue orders-dlq, and let orders move a message there after 5 receives.',
  changes: [created, set],
  effects: ['Function biller reads from orders, too: what it fails on 5 times moves as well.'],
  refusal: null,
}
const foreign: Repair = {
  rules: ['role-lacks-decrypt'],
  summary: 'Let role order-worker-role use the key of the queue.',
  changes: [],
  effects: [],
  refusal: 'The role belongs to the CloudFormation stack shop. Change it there, or add --allow-drift.',
}

const untouched = { journalId: null, made: [], undo: null } as const
export const plannedGrant: RepairTold = { repair: grant, calls: [putCall], outcome: 'planned', ...untouched }
export const plannedRedrive: RepairTold = {
  repair: redrive,
  calls: [createCall, setCall],
  outcome: 'planned',
  ...untouched,
}
export const refused: RepairTold = { repair: foreign, calls: [], outcome: 'refused', ...untouched }
export const declined: RepairTold = { ...plannedRedrive, outcome: 'declined' }
export const journalId = '20261123-091500-3f2a'
export const made: RepairTold = {
  ...plannedGrant,
  outcome: 'made',
  journalId,
  made: [
    {
      action: 'put',
      type: 'role-policy',
      id: `order-worker-role/${policyName}`,
      undo: `aws iam delete-role-policy --role-name order-worker-role --policy-name ${policyName} --region eu-west-1`,
    },
  ],
  undo: `sqs-trigger rollback ${journalId} --profile dev`,
}

export const entry: JournalEntry = {
  version: 1,
  id: journalId,
  startedAt: '2026-11-23T09:15:00.000Z',
  account: '111122223333',
  region: 'eu-west-1',
  endpoint: null,
  profile: 'dev',
  rules: ['no-dead-letter-queue'],
  changes: [
    { change: created, previous: null, state: 'made' },
    { change: set, previous: { RedrivePolicy: '' }, state: 'made' },
  ],
}
export const grantEntry: JournalEntry = {
  ...entry,
  id: '20261122-180203-00ff',
  startedAt: '2026-11-22T18:02:03.000Z',
  rules: grant.rules,
  changes: [{ change: put, previous: null, state: 'made' }],
}
export const rollback: RollbackPlan = {
  context,
  entry,
  steps: [
    { change: set, undo: { ...set, attributes: { RedrivePolicy: '' } }, stays: null, reason: null },
    {
      change: created,
      undo: null,
      stays: 'queue-kept',
      reason: 'A queue is never deleted: messages may be in it.',
    },
  ],
}
export const rollbackCall: ApiCall = {
  ...setCall,
  input: { QueueUrl: queueUrl, Attributes: { RedrivePolicy: '' } },
}
export const undone = {
  journalId,
  made: [{ action: 'set', type: 'queue-attributes', id: queueArn, undo: '' }],
  steps: rollback.steps,
} as const

const passing = findings.filter(({ status }) => status === 'pass')
export const report = { context, target, findings: passing }
export const blockedPlan = { ...plan, outcome: 'blocked', findings, changes: [] } as const
