import type { MissingPermission } from '../events.js'
import { logJitterMs } from '../runs/invocation-log.js'
import { nameOf } from './delivery.js'
import type { Evidence } from './gather-evidence.js'
import { ranBefore } from './level.js'
import type { MetricCounts } from './metric-evidence.js'
import type { ProofRequest } from './request.js'

/** What could explain that no more was seen of a message: only what was read of this queue and its mappings. */
export function doubtsOf(evidence: Evidence, { delivery, mayBeRepeated }: ProofRequest): readonly string[] {
  const { queue, before, mappings, listed, consumers } = delivery
  const { metrics, mappingAfter, reservedConcurrency } = evidence
  const names = consumers.map(({ name }) => name)
  const held = total(before?.messages)
  const delay = before?.delaySeconds ?? 0
  const disabled = (listed ?? []).filter(({ state }) => state === 'Disabled')
  const filtering = mappings.filter(({ filters }) => filters === undefined || filters.length > 0)
  const slow = mappings.filter(({ batchWindowSeconds }) => batchWindowSeconds > 0)
  return [
    ...(mayBeRepeated
      ? [`${queue.name} drops a message whose deduplication id was used in the five minutes before.`]
      : []),
    ...(mappings.length > 1
      ? [`${mappings.length} mappings read ${queue.name}: any of ${names.join(', ')} may have the message.`]
      : []),
    ...filtering.map(
      (mapping) =>
        `${filterDoubt(nameOf(mapping), delivery.filtersKeep)}${mapping.eventCountMetrics ? '' : filterCounts}`,
    ),
    ...notIdle(evidence, names),
    ...(held > 0
      ? [`${queue.name} held ${held} other ${held === 1 ? 'message' : 'messages'}, which may come first.`]
      : []),
    ...(delay > 0 ? [`${queue.name} holds each message back for ${delay} s before anyone gets it.`] : []),
    ...slow.map(
      (mapping) =>
        `The mapping to ${nameOf(mapping)} collects messages for up to ${mapping.batchWindowSeconds} s before it calls.`,
    ),
    ...(mappingAfter !== null && mappingAfter.state !== 'Enabled'
      ? [`The mapping to ${nameOf(mappingAfter)} is ${mappingAfter.state}.`]
      : []),
    ...disabled.map((mapping) => `The mapping to ${nameOf(mapping)} is Disabled, and takes nothing.`),
    ...(reservedConcurrency === 0
      ? [`The reserved concurrency of ${names.join(', ')} is 0: every run is refused.`]
      : []),
    ...(metrics?.kind === 'counts' ? countedDoubts(metrics, names) : []),
  ]
}

function filterDoubt(name: string, kept: boolean): string {
  return kept
    ? `The mapping to ${name} has filters, which keep this message as computed from their patterns; only a run without an error after the send, or the messageId in the log, shows that AWS kept it too.`
    : `The mapping to ${name} has filters: it deletes a message that none of them keeps. The messageId in the log would show that this one was kept.`
}

const filterCounts = ' With --event-count-metrics CloudWatch counts what they delete.'

/** Why a run after the send does not count as that of the message; empty: nothing speaks against it. */
export function notIdle(
  { log, sentAt }: Pick<Evidence, 'log' | 'sentAt'>,
  names: readonly string[],
): readonly string[] {
  const before = log?.trace ? null : ranBefore({ log, sentAt })
  if (before === null) return []
  const gapMs = sentAt - before.startedAt
  const when =
    gapMs < logJitterMs
      ? 'a moment before the send, by the clock of this machine'
      : `${Math.round(gapMs / 1_000)} s before the send as well`
  return [
    `${names.join(', ')} ran ${when}: without the messageId in its log, nobody can tell which run had the message. Let it log the messageId, or send again after a minute without runs.`,
  ]
}

/** Numbers of minutes: other messages may be among them. */
function countedDoubts({ since, throttles, filteredOut }: MetricCounts, names: readonly string[]) {
  const minute = `${new Date(since).toISOString().slice(11, 16)} UTC`
  const many = (count: number, one: string) => `${count} ${one}${count === 1 ? '' : 's'}`
  return [
    ...(throttles > 0
      ? [`CloudWatch counts ${many(throttles, 'throttled call')} of ${names.join(', ')} since ${minute}.`]
      : []),
    ...(filteredOut !== null && filteredOut > 0
      ? [`CloudWatch counts ${many(filteredOut, 'message')} that the filters deleted since ${minute}.`]
      : []),
  ]
}

/** What was refused, and would have shown more. */
export function missingPermissions(
  { logs, metrics, deadLetterCount }: Evidence,
  { delivery }: ProofRequest,
): readonly MissingPermission[] {
  const { queue, before, listed, consumers, deadLetterQueue } = delivery
  const refusedLogs = consumers.filter((_, index) => logs[index]?.kind === 'refused')
  const groups = [...new Set(refusedLogs.map(({ logGroup }) => logGroup))]
  return [
    ...groups.map((on) => ({ action: 'logs:FilterLogEvents', on })),
    ...(before === null ? [{ action: 'sqs:GetQueueAttributes', on: queue.arn }] : []),
    ...(listed === null ? [{ action: 'lambda:ListEventSourceMappings', on: '*' }] : []),
    ...(metrics?.kind === 'refused' ? [{ action: 'cloudwatch:GetMetricData', on: '*' }] : []),
    ...(deadLetterQueue && deadLetterCount === null
      ? [{ action: 'sqs:GetQueueAttributes', on: deadLetterQueue.address.arn }]
      : []),
  ]
}

const total = (
  counters: { readonly visible: number; readonly inFlight: number; readonly delayed: number } | undefined,
) => (counters ? counters.visible + counters.inFlight + counters.delayed : 0)
