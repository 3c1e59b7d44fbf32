import type { ProofHop } from './events.js'
import type { Evidence } from './gather-evidence.js'
import { openEnd, type Verdict } from './proof-level.js'
import type { ProofRequest } from './prove.js'

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
  { log, logs, mayBeRepeated }: Evidence,
  { delivery }: ProofRequest,
  last: boolean,
): readonly Hop[] {
  const groups = delivery.consumers.map(({ logGroup }) => logGroup).join(', ')
  if (log?.trace) {
    const request = log.trace.requestId ? ` (request ${log.trace.requestId})` : ''
    const what = log.trace.by === 'token' ? 'the token of the message' : 'the message id'
    const detail = `${what} stands in the log ${groups}${request}`
    return [{ hop: 'log', outcome: 'seen', detail, line: log.trace.line }]
  }
  if (logs.length > 0 && logs.every((search) => search?.kind === 'refused')) {
    const detail = `the log ${groups} cannot be read: logs:FilterLogEvents is refused`
    return [{ hop: 'log', outcome: 'cannot-tell', detail }]
  }
  if (!last) return []
  const missing = logs.every((search) => search?.kind === 'no-group')
  const detail = missing
    ? `there is no log group ${groups}: the function never ran, or its role may not write logs`
    : log?.repeated
      ? `the message id stands in the log ${groups} of a run from before this send only: ${deduplicated}`
      : `neither token nor message id stand in the log ${groups}; ${mayBeRepeated ? `perhaps ${deduplicated}` : 'a handler need not log them'}`
  return [{ hop: 'log', outcome: 'not-seen', detail }]
}

const deduplicated =
  'SQS dropped the message, because one with the same deduplication id was sent in the five minutes before'

function invokedHop(
  evidence: Evidence,
  { invocation }: Verdict,
  { delivery }: ProofRequest,
  last: boolean,
): readonly Hop[] {
  const names = delivery.consumers.map(({ name }) => name).join(', ')
  if (invocation?.failure) {
    return [
      {
        hop: 'invoked',
        outcome: 'failed',
        detail: `${names} failed: ${invocation.failure} (request ${invocation.requestId})`,
      },
    ]
  }
  if (invocation?.finished) {
    return [
      {
        hop: 'invoked',
        outcome: 'seen',
        detail: `${names} ran without an error (request ${invocation.requestId})`,
      },
    ]
  }
  if (!last) return []
  if (invocation)
    return [
      {
        hop: 'invoked',
        outcome: 'cannot-tell',
        detail: `${names} began request ${invocation.requestId}, whose end was not seen in time: it may still be running`,
      },
    ]
  if (!evidence.log)
    return [
      {
        hop: 'invoked',
        outcome: 'cannot-tell',
        detail: `without a log nobody can tell whether ${names} ran`,
      },
    ]
  const runs = evidence.log.invocations.length
  const busy = runs > 0
  const detail = busy
    ? `${names} ran ${runs === 1 ? 'once' : `${runs} times`} around then; whether that was for this message cannot be told`
    : `no invocation of ${names} was seen`
  return [{ hop: 'invoked', outcome: busy ? 'cannot-tell' : 'not-seen', detail }]
}

function goneHop(
  evidence: Evidence,
  verdict: Verdict,
  { delivery }: ProofRequest,
  last: boolean,
): readonly Hop[] {
  const { counters } = evidence
  const { queue, goneUntellable, partialResponses } = delivery
  if (goneUntellable !== null) {
    const detail = partialResponses
      ? `${goneUntellable}; whether the function returned it as failed (partial batch responses) cannot be told either`
      : goneUntellable
    return [{ hop: 'gone', outcome: 'cannot-tell', detail }]
  }
  if (verdict.gone) return [{ hop: 'gone', outcome: 'seen', detail: `${queue.name} is empty again` }]
  if (!last) return []
  if (!counters)
    return [
      { hop: 'gone', outcome: 'cannot-tell', detail: `the counters of ${queue.name} could not be read` },
    ]
  const { visible, inFlight, delayed } = counters
  const held = [`${visible} waiting`, `${inFlight} in flight`, `${delayed} delayed`].join(', ')
  const counts = `${queue.name} counts ${held}`
  if (openEnd(evidence, verdict) !== 'returned') return [{ hop: 'gone', outcome: 'not-seen', detail: counts }]
  const detail =
    visible + inFlight + delayed > 0
      ? `the message is still in the queue, and the function may have returned it as failed (partial batch responses): ${counts}`
      : `whether the function returned the message as failed (partial batch responses) cannot be told so soon: ${counts}`
  return [{ hop: 'gone', outcome: 'not-seen', detail }]
}

function deadLetterHop(
  { deadLettered, deadLetterCount }: Evidence,
  { delivery }: ProofRequest,
  last: boolean,
): readonly Hop[] {
  if (!delivery.deadLetterQueue) return []
  const { name } = delivery.deadLetterQueue.address
  if (deadLettered)
    return [
      { hop: 'dead-letter', outcome: 'seen', detail: `a message came into the dead-letter queue ${name}` },
    ]
  if (!last) return []
  if (deadLetterCount === null)
    return [
      { hop: 'dead-letter', outcome: 'cannot-tell', detail: `the dead-letter queue ${name} cannot be read` },
    ]
  return [
    { hop: 'dead-letter', outcome: 'not-seen', detail: `nothing came into the dead-letter queue ${name}` },
  ]
}
