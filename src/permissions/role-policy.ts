import { createHash } from 'node:crypto'
import { isJsonObject } from '../json-object.js'
import { samePolicy } from './merge-policy.js'
import { queueViaService } from './via-service.js'

/** The queue, and the customer managed key if one encrypts it, for which a role is to be given rights. */
interface PollTarget {
  readonly queueArn: string
  /** Never an alias: IAM does not resolve it. */
  readonly keyArn?: string | undefined
  readonly region: string
  readonly partition: string
  /** How narrowly kms:Decrypt is bound: to this queue's messages, to SQS, or not at all. Default `context`. */
  readonly keyCondition?: 'context' | 'via' | 'none'
}

interface PolicyStatementJson {
  readonly Sid: string
  readonly Effect: 'Allow'
  readonly Principal?: { readonly AWS: string }
  readonly Action: string | readonly string[]
  readonly Resource: string | readonly string[]
  readonly Condition?: { readonly StringEquals: Readonly<Record<string, string>> }
}

interface PolicyJson {
  readonly Version: '2012-10-17'
  readonly Statement: readonly PolicyStatementJson[]
}

/** What the poller calls; ChangeMessageVisibility is not among it. */
export const pollActions = ['sqs:DeleteMessage', 'sqs:GetQueueAttributes', 'sqs:ReceiveMessage'] as const

/**
 * The least that an execution role needs to be polled for: three actions on one queue, and kms:Decrypt where a
 * customer managed key encrypts it. Neither SSE-SQS nor alias/aws/sqs needs the latter.
 * https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html
 */
export function rolePolicyFor(target: PollTarget): PolicyJson {
  const poll: PolicyStatementJson = {
    Sid: 'SqsTriggerPoll',
    Effect: 'Allow',
    Action: pollActions,
    Resource: target.queueArn,
  }
  if (target.keyArn === undefined) return { Version: '2012-10-17', Statement: [poll] }
  const decrypt: PolicyStatementJson = {
    Sid: 'SqsTriggerDecrypt',
    Effect: 'Allow',
    Action: 'kms:Decrypt',
    Resource: target.keyArn,
    ...keyCondition(target),
  }
  return { Version: '2012-10-17', Statement: [poll, decrypt] }
}

/** Is this the policy that `rolePolicyFor` makes for the queue, whatever the key and however narrowly it is bound? */
export function isRolePolicyFor(queueArn: string, policy: Readonly<Record<string, unknown>>): boolean {
  const [, partition = '', , region = ''] = queueArn.split(':')
  const keys = [policy.Statement].flat().flatMap((statement) => keyIn(statement))
  const target = { queueArn, partition, region }
  const made = [
    rolePolicyFor(target),
    ...keys.flatMap((keyArn) =>
      (['context', 'via', 'none'] as const).map((keyCondition) =>
        rolePolicyFor({ ...target, keyArn, keyCondition }),
      ),
    ),
  ]
  return made.some((one) => samePolicy(one, policy))
}

const keyIn = (statement: unknown): readonly string[] =>
  isJsonObject(statement) && typeof statement.Resource === 'string' && statement.Resource.includes(':kms:')
    ? [statement.Resource]
    : []

/** `sqs-trigger-<queue, at most 60>-<8 hex digits of the ARN's SHA-256>`: one policy a queue, found again by name. */
export function rolePolicyName(queueArn: string): string {
  return policyName('', queueArn)
}

/**
 * What a function needs to write its log, on its own log group alone. AWS's managed policy grants the same three actions
 * on every log group of the account.
 * https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AWSLambdaBasicExecutionRole.html
 */
export function logPolicyFor(logGroupArn: string): PolicyJson {
  const write: PolicyStatementJson = {
    Sid: 'SqsTriggerWriteLog',
    Effect: 'Allow',
    Action: ['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents'],
    // The group itself, and its streams.
    Resource: [logGroupArn, `${logGroupArn}:*`],
  }
  return { Version: '2012-10-17', Statement: [write] }
}

/** `sqs-trigger-log-…`, after the log group: beside the policies of queues, and never one of them. */
export function logPolicyName(logGroupArn: string): string {
  return policyName('log-', logGroupArn)
}

/** IAM takes letters, digits and `+=,.@-_` in the name of a policy, and no more than 128 of them. */
function policyName(kind: string, arn: string): string {
  const name = (arn.split(':').at(-1) ?? '').replace(/[^\w+=,.@-]+/g, '-').replace(/^-+/, '')
  const digest = createHash('sha256').update(arn).digest('hex')
  return `sqs-trigger-${kind}${name.slice(0, 60)}-${digest.slice(0, 8)}`
}

/** The statement that the owner of a queue in another account adds to the queue's policy. */
export function queuePolicyStatementFor(queueArn: string, roleArn: string): PolicyStatementJson {
  return {
    Sid: 'SqsTriggerCrossAccountPoll',
    Effect: 'Allow',
    Principal: { AWS: roleArn },
    Action: pollActions,
    Resource: queueArn,
  }
}

/** The statement that the owner of a key adds to the key's policy. */
export function keyPolicyStatementFor(
  target: Omit<PollTarget, 'keyArn'>,
  roleArn: string,
): PolicyStatementJson {
  return {
    Sid: 'SqsTriggerCrossAccountDecrypt',
    Effect: 'Allow',
    Principal: { AWS: roleArn },
    Action: 'kms:Decrypt',
    Resource: '*',
    ...keyCondition(target),
  }
}

function keyCondition(target: Omit<PollTarget, 'keyArn'>): Pick<PolicyStatementJson, 'Condition'> {
  const { keyCondition: narrowness = 'context', region, partition, queueArn } = target
  if (narrowness === 'none') return {}
  const viaService = queueViaService(region, partition)
  const wanted = {
    ...(viaService === undefined ? {} : { 'kms:ViaService': viaService }),
    ...(narrowness === 'context' ? { 'kms:EncryptionContext:aws:sqs:arn': queueArn } : {}),
  }
  return Object.keys(wanted).length === 0 ? {} : { Condition: { StringEquals: wanted } }
}
