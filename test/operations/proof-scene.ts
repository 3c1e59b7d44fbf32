import type { CloudWatchClient } from '@aws-sdk/client-cloudwatch'
import { FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs'
import {
  GetEventSourceMappingCommand,
  GetFunctionConcurrencyCommand,
  GetFunctionConfigurationCommand,
  ListEventSourceMappingsCommand,
} from '@aws-sdk/client-lambda'
import { GetQueueAttributesCommand, SendMessageCommand } from '@aws-sdk/client-sqs'
import { GetCallerIdentityCommand } from '@aws-sdk/client-sts'
import type { ProofLevel } from '../../src/operations/events.js'
import { sendMessages } from '../../src/operations/send.js'
import { account, configuration, fakeSession, mapping, queueArn, region, start } from './fake-session.js'

export const messageId = '5f0e0000-0000-4000-8000-0000000000c1'
const request = '8d3c0000-0000-4000-8000-00000000000a'
export const startLine = `START RequestId: ${request} Version: $LATEST\n`
export const traceLine = `2026-11-23T04:00:01.000Z\t${request}\tINFO\tgot ${messageId}\n`
export const reportLine = `REPORT RequestId: ${request}\tDuration: 3.01 ms\t\n`
export const thrownLine = `t\t${request}\tERROR\tInvoke Error \t{"errorType":"Error","errorMessage":"no such order"}\n`
const url = (name: string) => `https://sqs.${region}.amazonaws.com/${account}/${name}`

/** What AWS shows from the moment the message is sent. */
export interface Scene {
  /** Lines of the log by the time, in ms after sending, at which they can be read; or why they cannot. */
  readonly log: readonly (readonly [number, string])[] | Error
  /** Messages on the queue (visible, in flight) by time; the last entry stays. */
  readonly queue: readonly (readonly [number, number, number])[]
  readonly mappings?: readonly ReturnType<typeof configuration>[]
  /** Messages in the dead-letter queue before and after; none: there is no such queue. */
  readonly deadLetters?: readonly [number, number]
  readonly wanted?: ProofLevel
  readonly timeoutMs?: number
  /** Given: the queue is `orders.fifo`. */
  readonly deduplicationId?: string
  /** What has become of the mapping in the end. */
  readonly after?: Partial<ReturnType<typeof configuration>>
  /** Reserved concurrency of the function. */
  readonly reserved?: number
  /** Log groups by function. Default: /my/logs for each. */
  readonly logGroups?: Readonly<Record<string, string>>
  /** The only log group in which the lines stand. Default: in all. */
  readonly traceIn?: string
  /** Sums of CloudWatch: runs, errors, throttled calls, and events that the filters deleted. Default: no metrics. */
  readonly metrics?: readonly number[]
  /** More attributes of the queue. */
  readonly attributes?: Readonly<Record<string, string>>
  /** Log stream of every line. Default: one of `worker`. */
  readonly stream?: string
  /** Default: Node.js, whose errors are found in the log. */
  readonly runtime?: string
  /** Version that an alias stands for. */
  readonly version?: string
  /** Account of the caller. Default: that of the queue. */
  readonly caller?: string
  /** Why mappings cannot be listed; the message then goes through the first of them, which is known. */
  readonly unlisted?: Error
  /** Why the dead-letter queue cannot be read. */
  readonly deadLettersUnread?: Error
}

/** Sends one message in a scene, with proof. */
export function play({
  log,
  queue,
  mappings = [configuration()],
  deadLetters,
  wanted = 'medium',
  timeoutMs,
  deduplicationId,
  after = {},
  reserved,
  attributes = {},
  logGroups = {},
  traceIn,
  metrics,
  stream = '2026/11/23/worker[$LATEST]0123456789abcdef0123456789abcdef',
  runtime = 'nodejs20.x',
  version = '$LATEST',
  caller = account,
  unlisted,
  deadLettersUnread,
}: Scene) {
  const name = deduplicationId === undefined ? 'orders' : 'orders.fifo'
  const fifo = deduplicationId === undefined ? {} : { groupId: 'a', deduplicationId }
  const fake = fakeSession()
  let sent = false
  const listing = fake.lambda.on(ListEventSourceMappingsCommand)
  if (unlisted) listing.rejects(unlisted)
  else listing.resolves({ EventSourceMappings: [...mappings] })
  fake.sts.on(GetCallerIdentityCommand).resolves({ Account: caller, Arn: `arn:aws:iam::${caller}:user/d` })
  fake.lambda.on(GetFunctionConfigurationCommand).callsFake(({ FunctionName }) => ({
    Role: 'arn:aws:iam::1:role/r',
    Timeout: 30,
    Runtime: runtime,
    Version: version,
    LoggingConfig: { LogGroup: logGroups[String(FunctionName).split(':')[6] ?? ''] ?? '/my/logs' },
  }))
  fake.lambda.on(GetEventSourceMappingCommand).resolves({ ...mappings[0], ...after })
  fake.lambda
    .on(GetFunctionConcurrencyCommand)
    .resolves(reserved === undefined ? {} : { ReservedConcurrentExecutions: reserved })
  const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: `${queueArn}-dlq`, maxReceiveCount: 1 })
  /** When the counters of a queue were asked for. */
  const asked: number[] = []
  fake.sqs.on(GetQueueAttributesCommand, { QueueUrl: url(name) }).callsFake(() => {
    asked.push(fake.time.elapsed())
    const [, visible, inFlight] =
      queue.findLast(([at]) => sent && at <= fake.time.elapsed()) ?? queue[0] ?? []
    const counts = {
      ...attributes,
      ApproximateNumberOfMessages: String(visible),
      ApproximateNumberOfMessagesNotVisible: String(inFlight),
    }
    return { Attributes: deadLetters ? { ...counts, RedrivePolicy } : counts }
  })
  fake.sqs.on(GetQueueAttributesCommand, { QueueUrl: url('orders-dlq') }).callsFake(() => {
    asked.push(fake.time.elapsed())
    if (deadLettersUnread) throw deadLettersUnread
    return { Attributes: { ApproximateNumberOfMessages: String(deadLetters?.[sent ? 1 : 0]) } }
  })
  fake.sqs.on(SendMessageCommand).callsFake(() => {
    sent = true
    return { MessageId: messageId }
  })
  fake.logs.on(FilterLogEventsCommand).callsFake(({ nextToken, logGroupName, startTime }) => {
    if (log instanceof Error) throw log
    // An empty page with a token is normal.
    if (!nextToken) return { events: [], nextToken: 'more' }
    if (traceIn !== undefined && logGroupName !== traceIn) return { events: [] }
    const visible = log.filter(([at]) => at <= fake.time.elapsed() && start + at >= startTime)
    return {
      events: visible.map(([at, message]) => ({ timestamp: start + at, message, logStreamName: stream })),
    }
  })
  const MetricDataResults = metrics?.map((sum, index) => ({ Id: `m${index}`, Values: [sum] }))
  // Nothing else of the client is used.
  const cloudWatch = { send: async () => ({ MetricDataResults }) } as unknown as CloudWatchClient
  const clients = { ...fake.session.clients, ...(metrics ? { cloudWatch: async () => cloudWatch } : {}) }
  const deadline = timeoutMs === undefined ? {} : { timeoutMs }
  const known = unlisted ? mapping(mappings[0]) : null
  const operation = sendMessages(
    { queue: caller === account ? name : queueArn, body: 'x', count: 1, prove: wanted, ...fifo, ...deadline },
    { ...fake.session, clients },
    known ? { mapping: known } : undefined,
  )
  return { fake, operation, asked }
}

/** The queue over time: the message is taken and deleted; it is taken and never deleted. */
export const taken = [
  [0, 0, 0],
  [250, 0, 1],
  [1_000, 0, 0],
] as const
export const stuck = [
  [0, 0, 0],
  [250, 0, 1],
] as const
/** A run without a word about the message. */
export const wellRun = [
  [300, startLine],
  [400, reportLine],
] as const
