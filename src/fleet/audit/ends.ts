import { type FunctionAddress, type QueueAddress, queueAddress, roleNameOf } from '../../arn.js'
import type { Queue } from '../../aws/queue.js'
import { queueAt } from '../../operations/mapping-ends.js'
import type { Fact } from '../../preflight/fact.js'
import type { Finding, Subject } from '../../preflight/finding.js'
import { healthOf, worse, worstOf } from './health.js'
import type { JudgedMapping } from './judge-mapping.js'
import type { AuditedFunction, AuditedQueue, AuditedRole, EndStatus, Health } from './results.js'

/** The ends of all mappings, each once; it grows with every mapping that was judged. */
export interface Ends {
  readonly queues: Map<string, AuditedQueue>
  readonly functions: Map<string, AuditedFunction>
  readonly roles: Map<string, AuditedRole>
}

export const noEnds = (): Ends => ({ queues: new Map(), functions: new Map(), roles: new Map() })

/** Adds queue, dead-letter queue, function and role of one more mapping. */
export function addEnds(ends: Ends, { queue, function: target, facts, findings }: JudgedMapping): void {
  const about = (kind: Subject['kind'], arn: string) => healthAbout(findings, kind, arn)
  addQueue(ends, queue, facts.queue, {
    health: about('queue', queue.arn),
    mappings: 1,
    isDeadLetterQueue: false,
  })

  const redrive = facts.queue.state === 'known' ? facts.queue.value.redrive : null
  const deadLetter = redrive === null ? null : queueAt(redrive.deadLetterQueueArn)
  if (deadLetter !== null && deadLetter.arn !== queue.arn) {
    // Their subject is the queue that is to be changed; what they find fault with is how this one takes its messages.
    const health = worstOf([
      about('queue', deadLetter.arn),
      ...findings.filter(({ rule }) => rule.startsWith('dead-letter-')).map(healthOf),
    ])
    const more = { health, mappings: 0, isDeadLetterQueue: true } as const
    addQueue(ends, deadLetter, facts.deadLetterQueue, more)
  }
  const lambdaFunction = facts.lambdaFunction
  const roleArn = lambdaFunction.state === 'known' ? lambdaFunction.value.roleArn : null
  addFunction(ends, target, {
    ...statusOf(lambdaFunction),
    roleArn,
    reservedConcurrency: facts.reservedConcurrency.state === 'known' ? facts.reservedConcurrency.value : null,
    health: about('function', target.arn),
  })
  if (roleArn === null) return
  const before = ends.roles.get(roleArn)
  const status = statusOf(facts.role)
  ends.roles.set(roleArn, {
    arn: roleArn,
    name: roleNameOf(roleArn),
    account: roleArn.split(':')[4] ?? '',
    ...status,
    health: worstOf([about('role', roleArn), ofStatus(status.status), before?.health ?? 'healthy']),
    mappings: (before?.mappings ?? 0) + 1,
  })
}

function addQueue(
  { queues }: Ends,
  address: QueueAddress,
  fact: Fact<Pick<Queue, 'messages' | 'redrive'>>,
  more: Pick<AuditedQueue, 'health' | 'mappings' | 'isDeadLetterQueue'>,
): void {
  const { arn, name, account, region, fifo } = queueAddress(address)
  const before = queues.get(arn)
  const status = statusOf(fact)
  const read = fact.state === 'known' ? fact.value : null
  queues.set(arn, {
    ...{ arn, name, account, region, fifo },
    ...status,
    messages: read?.messages ?? null,
    deadLetterQueueArn: read?.redrive?.deadLetterQueueArn ?? null,
    maxReceiveCount: read?.redrive?.maxReceiveCount ?? null,
    health: worstOf([more.health, ofStatus(status.status), before?.health ?? 'healthy']),
    mappings: more.mappings + (before?.mappings ?? 0),
    isDeadLetterQueue: more.isDeadLetterQueue || (before?.isDeadLetterQueue ?? false),
  })
}

function addFunction(
  { functions }: Ends,
  { arn, name, account, region, qualifier }: FunctionAddress,
  read: Pick<AuditedFunction, 'status' | 'reason' | 'roleArn' | 'reservedConcurrency' | 'health'>,
): void {
  const before = functions.get(arn)
  functions.set(arn, {
    ...{ arn, name, account, region, qualifier: qualifier ?? null },
    ...read,
    health: worstOf([read.health, ofStatus(read.status), before?.health ?? 'healthy']),
    mappings: (before?.mappings ?? 0) + 1,
  })
}

function statusOf(fact: Fact<unknown>): { readonly status: EndStatus; readonly reason: string | null } {
  if (fact.state === 'known') return { status: 'read', reason: null }
  return { status: fact.state === 'absent' ? 'gone' : 'unread', reason: fact.reason }
}

const ofStatus = (status: EndStatus): Health =>
  status === 'gone' ? 'error' : status === 'unread' ? 'unknown' : 'healthy'

const healthAbout = (findings: readonly Finding[], kind: Subject['kind'], arn: string): Health =>
  findings
    .filter(({ subject }) => subject.kind === kind && subject.arn === arn)
    .map(healthOf)
    .reduce(worse, 'healthy')
