import type { ProofHop } from '../events.js'
import { deadLetterHop, endHop } from './end-hops.js'
import type { Evidence } from './gather-evidence.js'
import { countersAreSettled, openEnd, type Verdict } from './level.js'
import type { ProofRequest } from './request.js'

type Hop = Omit<ProofHop, 'elapsedMs'>

/**
 * Puts into words what is certain by now, hop by hop. At the last look every hop says something: what was not
 * seen, and what would be needed to see it.
 */
export function describeHops(
  evidence: Evidence,
  verdict: Verdict,
  request: ProofRequest,
  last: boolean,
): readonly Hop[] {
  const { message, delivery } = request
  return [
    { hop: 'sent', outcome: 'seen', detail: `${delivery.queue.name} accepted message ${message.messageId}` },
    ...logHop(evidence, request, last),
    ...invokedHop(evidence, verdict, request, last),
    ...goneHop(evidence, verdict, request, last),
    ...deadLetterHop(evidence, request, last),
  ]
}

function logHop(
  { log, logs, mayBeRepeated, tracedIn }: Evidence,
  { message, delivery }: ProofRequest,
  last: boolean,
): readonly Hop[] {
  const groups = [...new Set(delivery.consumers.map(({ logGroup }) => logGroup))].join(', ')
  if (log?.trace) {
    const request = log.trace.requestId ? ` (request ${log.trace.requestId})` : ''
    const what = log.trace.by === 'token' ? 'the token of the message' : 'the message id'
    const group = delivery.consumers[tracedIn ?? -1]?.logGroup ?? groups
    const whose = whoseRun(log.trace, delivery, tracedIn)
    const detail = `${what} stands in the log ${group}${request}${whose}`
    return [{ hop: 'log', outcome: 'seen', detail, line: log.trace.line }]
  }
  if (logs.length > 0 && logs.every((search) => search?.kind === 'refused')) {
    const detail = `the log ${groups} cannot be read: logs:FilterLogEvents is refused`
    return [{ hop: 'log', outcome: 'cannot-tell', detail }]
  }
  if (log?.repeated === 'certain') {
    const detail = `the message id stands in the log ${groups} of a run from before this send only: ${deduplicated}`
    return [{ hop: 'log', outcome: 'not-seen', detail }]
  }
  if (!last) return []
  const refused = delivery.consumers.filter((_, index) => logs[index]?.kind === 'refused')
  if (refused.length > 0) {
    const unread = refused.map(({ logGroup }) => logGroup).join(', ')
    const detail = `the message stands in no log that can be read; ${unread} cannot: logs:FilterLogEvents is refused`
    return [{ hop: 'log', outcome: 'cannot-tell', detail }]
  }
  if (logs.some((search) => search === null)) {
    const detail = `the log ${groups} could not be read in time`
    return [{ hop: 'log', outcome: 'cannot-tell', detail }]
  }
  const hasToken = message.token !== message.messageId
  const sought = hasToken ? 'neither token nor message id stands in' : 'the message id does not stand in'
  const missing = logs.every((search) => search?.kind === 'no-group')
  const detail = missing
    ? `there is no log group ${groups}: the function never ran, or its role may not write logs`
    : log?.repeated
      ? `the message id stands in the log ${groups} only of a run that began before this send by the clock of this machine; perhaps ${deduplicated}`
      : log?.elsewhere !== undefined
        ? `the message stands in the log ${groups} only where ${log.elsewhere} ran, which is not what the mapping calls`
        : `${sought} the log ${groups}; ${mayBeRepeated ? `perhaps ${deduplicated}` : 'a handler need not log them'}`
  return [{ hop: 'log', outcome: 'not-seen', detail }]
}

/** Where the log does not tell which function or alias wrote a line. */
function whoseRun(
  { unsure }: { readonly unsure?: true },
  { consumers }: ProofRequest['delivery'],
  tracedIn: number | null,
): string {
  const names = consumers.map(({ name }) => name)
  if (tracedIn === null && names.length > 1) return `; of which of ${names.join(', ')}, the log does not tell`
  return unsure ? `; that it is a run of ${names[tracedIn ?? 0]}, the log does not tell` : ''
}

const deduplicated =
  'SQS dropped the message, because one with the same deduplication id was sent in the five minutes before'

function invokedHop(
  evidence: Evidence,
  { invocation, counted, end }: Verdict,
  { delivery, sentAt }: ProofRequest,
  last: boolean,
): readonly Hop[] {
  const all = delivery.consumers.map(({ name }) => name).join(', ')
  const shared = delivery.consumers.length > 1 && evidence.tracedIn === null && evidence.log?.trace
  const names = delivery.consumers[evidence.tracedIn ?? -1]?.name ?? (shared ? `one of ${all}` : all)
  const hop = (outcome: Hop['outcome'], detail: string): readonly Hop[] => [
    { hop: 'invoked', outcome, detail },
  ]
  if (invocation?.failure) {
    const detail = `${shared ? names : `function ${names}`} failed: ${invocation.failure} (request ${invocation.requestId})`
    const { errorLines } = invocation
    return [{ hop: 'invoked', outcome: 'failed', detail, ...(errorLines ? { errorLines } : {}) }]
  }
  if (invocation && end === 'well')
    return hop('seen', `${names} ran without an error (request ${invocation.requestId})`)
  if (invocation?.finished) return last ? [endHop(invocation, end, names, evidence)] : []
  if (counted !== null) {
    return hop(counted === 'ran' ? 'seen' : 'failed', `CloudWatch counts ${countsOf(evidence, names)}`)
  }
  if (!last) return []
  if (invocation)
    return hop(
      'cannot-tell',
      `${names} began request ${invocation.requestId}, whose end was not seen in time: it may still be running`,
    )
  const { lastFailure } = evidence
  const told = lastFailure?.invocation.errorLines ? { errorLines: lastFailure.invocation.errorLines } : {}
  if (!evidence.log) {
    const failed = lastFailure
      ? `; function ${delivery.consumers[lastFailure.consumer]?.name} failed after the send: ${lastFailure.invocation.failure}`
      : ''
    const detail = `${withoutLog(evidence, names, delivery.consumers.length)}${failed}`
    return [{ hop: 'invoked', outcome: 'cannot-tell', detail, ...told }]
  }
  const since = evidence.log.invocations.filter(({ startedAt }) => startedAt >= sentAt)
  if (since.length === 0) return hop('not-seen', `no invocation of ${names} was seen after the send`)
  const often = since.length === 1 ? 'once' : `${since.length} times`
  const how = lastFailure ? `, and failed at least once: ${lastFailure.invocation.failure}` : ''
  const detail = since.every(({ unsure }) => unsure)
    ? `something ran ${often} after the send; that it was ${names}, the log does not tell`
    : `${names} ran ${often} after the send${how}; whether that was for this message cannot be told`
  return [{ hop: 'invoked', outcome: 'cannot-tell', detail, ...told }]
}

function withoutLog(evidence: Evidence, names: string, functions: number): string {
  const { metrics } = evidence
  if (functions > 1)
    return `which of ${names} ran for this message cannot be told: it stands in none of their logs`
  if (metrics?.kind === 'refused')
    return `without a log nobody can tell whether ${names} ran, and its metrics cannot be read: cloudwatch:GetMetricData is refused`
  if (metrics?.kind !== 'counts') return `without a log nobody can tell whether ${names} ran`
  if (metrics.runs === 0)
    return `CloudWatch counts no run of ${names} yet, and its numbers come a minute or more late`
  return `CloudWatch counts ${countsOf(evidence, names)}; whether that was for this message cannot be told`
}

/** `2 runs of worker since 15:31 UTC, 1 of them with an error` */
function countsOf({ metrics }: Evidence, names: string): string {
  if (metrics?.kind !== 'counts') return ''
  const { runs, errors, since } = metrics
  const minute = new Date(since).toISOString().slice(11, 16)
  const of = runs > 1 && errors > 0 ? `${errors} of them ` : ''
  const failed = errors === 0 ? 'without an error' : `${of}with an error`
  return `${runs === 1 ? '1 run' : `${runs} runs`} of ${names} since ${minute} UTC, ${failed}`
}

function goneHop(
  evidence: Evidence,
  verdict: Verdict,
  { delivery, others = 0 }: ProofRequest,
  last: boolean,
): readonly Hop[] {
  const { counters } = evidence
  const { queue, goneUntellable, partialResponses, filtersKeep } = delivery
  if (goneUntellable !== null) {
    const detail = partialResponses
      ? `${goneUntellable}; whether the function returned it as failed (partial batch responses) cannot be told either`
      : goneUntellable
    return [{ hop: 'gone', outcome: 'cannot-tell', detail }]
  }
  if (verdict.gone) {
    const why = filtersKeep ? '; computed from their patterns, the filters keep this message' : ''
    const lag = countersAreSettled(evidence) ? '' : ', as SQS counts, which may lag by a minute'
    return [{ hop: 'gone', outcome: 'seen', detail: `${queue.name} is empty again${lag}${why}` }]
  }
  if (!last) return []
  if (!counters)
    return [
      { hop: 'gone', outcome: 'cannot-tell', detail: `the counters of ${queue.name} could not be read` },
    ]
  const { visible, inFlight, delayed } = counters
  const held = [`${visible} waiting`, `${inFlight} in flight`, `${delayed} delayed`].join(', ')
  const counts = `${queue.name} counts ${held}`
  const stay = visible + inFlight + delayed
  if (others > 0 && stay > 0) {
    const back = partialResponses ? ', and the function may have returned them as failed' : ''
    const detail = `${counts}: which of the ${others + 1} messages stay cannot be told${back}`
    return [{ hop: 'gone', outcome: 'cannot-tell', detail }]
  }
  if (openEnd(evidence, verdict) === 'stayed') {
    const detail = `the message is still in the queue after the run has ended: ${counts}`
    return [{ hop: 'gone', outcome: 'not-seen', detail }]
  }
  if (openEnd(evidence, verdict) !== 'returned') return [{ hop: 'gone', outcome: 'not-seen', detail: counts }]
  const detail =
    stay > 0
      ? `the message is still in the queue, and the function may have returned it as failed (partial batch responses): ${counts}`
      : `whether the function returned the message as failed (partial batch responses) cannot be told so soon: ${counts}`
  return [{ hop: 'gone', outcome: 'not-seen', detail }]
}
