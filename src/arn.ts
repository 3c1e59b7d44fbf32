import { withoutUser } from './endpoint-url.js'
import { shown } from './shown.js'
import {
  accountPattern,
  functionHint,
  malformed,
  queueHint,
  readQualifiedName,
  readQueueName,
  regionPattern,
} from './target-names.js'

/** The six parts of an ARN. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html */
export interface Arn {
  readonly partition: string
  readonly service: string
  readonly region: string
  readonly account: string
  /** Everything after the fifth colon. */
  readonly resource: string
}

export interface QueueAddress {
  readonly arn: string
  readonly partition: string
  readonly region: string
  readonly account: string
  readonly name: string
  readonly fifo: boolean
}

export interface FunctionAddress {
  /** With the qualifier, if one was given. */
  readonly arn: string
  readonly unqualifiedArn: string
  readonly partition: string
  readonly region: string
  readonly account: string
  readonly name: string
  /** Version or alias. */
  readonly qualifier?: string
}

/** What the user typed for a queue. A name and an old URL say too little for an ARN. */
export type QueueReference =
  | { readonly kind: 'arn'; readonly address: QueueAddress }
  | {
      readonly kind: 'url'
      readonly url: string
      readonly account: string
      readonly name: string
      readonly region?: string
    }
  | { readonly kind: 'name'; readonly name: string }

/** What the user typed for a function. */
export type FunctionReference =
  | { readonly kind: 'arn'; readonly address: FunctionAddress }
  | {
      readonly kind: 'partial-arn'
      readonly account: string
      readonly name: string
      readonly qualifier?: string
    }
  | { readonly kind: 'name'; readonly name: string; readonly qualifier?: string }

/** Takes an ARN apart; undefined when the text is none. */
export function parseArn(text: string): Arn | undefined {
  const [prefix, partition, service, region, account, ...rest] = text.split(':')
  const resource = rest.join(':')
  if (
    prefix !== 'arn' ||
    !partition ||
    !service ||
    region === undefined ||
    account === undefined ||
    !resource
  ) {
    return undefined
  }
  return { partition, service, region, account, resource }
}

/** Builds the address of a queue from its parts. */
export function queueAddress(parts: {
  readonly partition: string
  readonly region: string
  readonly account: string
  readonly name: string
}): QueueAddress {
  const { partition, region, account, name } = parts
  const arn = `arn:${partition}:sqs:${region}:${account}:${name}`
  return { arn, partition, region, account, name, fifo: name.endsWith('.fifo') }
}

/** Builds the address of a function from its parts. */
export function functionAddress(parts: {
  readonly partition: string
  readonly region: string
  readonly account: string
  readonly name: string
  readonly qualifier?: string | undefined
}): FunctionAddress {
  const { partition, region, account, name, qualifier } = parts
  const unqualifiedArn = `arn:${partition}:lambda:${region}:${account}:function:${name}`
  const base = { unqualifiedArn, partition, region, account, name }
  return qualifier === undefined
    ? { ...base, arn: unqualifiedArn }
    : { ...base, arn: `${unqualifiedArn}:${qualifier}`, qualifier }
}

/** The part of an ARN that people call the thing: queue name, function name with its alias, role or user. */
export function nameIn(arn: string): string {
  const parts = arn.split(':')
  if (parts[2] === 'lambda') return parts.slice(6).join(':')
  return parts.slice(5).join(':') || arn
}

/** The name at the end of the ARN of a role or user; its path is left out. */
export function roleNameOf(arn: string): string {
  return arn.split('/').at(-1) ?? arn
}

/**
 * Reads a queue as name, URL or ARN.
 * @throws SqsTriggerError USAGE when it is none of them, with what to type instead.
 */
export function readQueueReference(text: string): QueueReference {
  if (text.startsWith('arn:')) return { kind: 'arn', address: readQueueArn(text) }
  if (/^https?:\/\//i.test(text)) return readQueueUrl(text)
  return { kind: 'name', name: readQueueName(text, text) }
}

function readQueueArn(text: string): QueueAddress {
  const arn = parseArn(text)
  if (!arn) throw malformed('queue ARN', text, queueHint)
  if (arn.service === 'lambda') {
    throw malformed(
      'queue',
      text,
      'This is the ARN of a function. Give the queue first, then the function.',
      'is not an SQS queue',
    )
  }
  if (arn.service !== 'sqs') {
    throw malformed(
      'queue',
      text,
      queueHint,
      `is not an SQS queue: it belongs to the service ${shown(arn.service)}`,
    )
  }
  if (!regionPattern.test(arn.region) || !accountPattern.test(arn.account)) {
    throw malformed('queue ARN', text, queueHint, 'lacks a valid Region or a 12-digit account')
  }
  return queueAddress({ ...arn, name: readQueueName(arn.resource, text) })
}

/** `https://sqs.<region>.<suffix>/<account>/<name>`, the older hosts, and the URLs of local endpoints. */
function readQueueUrl(text: string): QueueReference {
  const url = URL.canParse(text) ? new URL(text) : undefined
  const path = url?.pathname.split('/').filter((part) => part !== '') ?? []
  const [account, name] = path.slice(-2)
  if (
    !url ||
    path.length < 2 ||
    !account ||
    !name ||
    !accountPattern.test(account) ||
    url.search ||
    url.hash
  ) {
    throw malformed('queue URL', withoutUser(text), queueHint)
  }
  if (url.username || url.password)
    throw malformed('queue URL', withoutUser(text), queueHint, 'is given with a user or a password')
  const host = /^(?:sqs(?:-fips)?\.([a-z0-9-]+)|([a-z0-9-]+)\.queue)\./.exec(url.hostname)
  const region = host?.[1] ?? host?.[2]
  const base = { kind: 'url', url: text, account, name: readQueueName(name, text) } as const
  return region !== undefined && regionPattern.test(region) ? { ...base, region } : base
}

/**
 * Reads a function as `name`, `name:alias`, `<account>:function:name[:alias]` or full ARN.
 * @throws SqsTriggerError USAGE when it is none of them, with what to type instead.
 */
export function readFunctionReference(text: string): FunctionReference {
  if (text.startsWith('arn:')) return { kind: 'arn', address: readFunctionArn(text) }
  const partial = /^(\d{12}):function:(.*)$/s.exec(text)
  if (partial?.[1] !== undefined && partial[2] !== undefined) {
    return { kind: 'partial-arn', account: partial[1], ...readQualifiedName(partial[2], text) }
  }
  return { kind: 'name', ...readQualifiedName(text, text) }
}

function readFunctionArn(text: string): FunctionAddress {
  const arn = parseArn(text)
  if (!arn) throw malformed('function ARN', text, functionHint)
  if (arn.service === 'sqs') {
    throw malformed(
      'function',
      text,
      'This is the ARN of a queue. Give the queue first, then the function.',
      'is not a Lambda function',
    )
  }
  const name = /^function:(.+)$/s.exec(arn.resource)?.[1]
  if (arn.service !== 'lambda' || name === undefined) {
    throw malformed('function', text, functionHint, 'is not the ARN of a Lambda function')
  }
  if (!regionPattern.test(arn.region) || !accountPattern.test(arn.account)) {
    throw malformed('function ARN', text, functionHint, 'lacks a valid Region or a 12-digit account')
  }
  return functionAddress({ ...arn, ...readQualifiedName(name, text) })
}
