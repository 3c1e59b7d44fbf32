import type { ProofHop } from '../events.js'
import type { Invocation } from '../runs/invocation-log.js'
import type { Evidence } from './gather-evidence.js'
import { countersAreSettled, type Verdict } from './level.js'
import type { ProofRequest } from './request.js'

type Hop = Omit<ProofHop, 'elapsedMs'>

/** A run that ended, and of which its log tells neither that it failed nor that it did not. */
export function endHop(
  { requestId, suspicion }: Invocation,
  end: Verdict['end'],
  names: string,
  evidence: Evidence,
): Hop {
  const lines = suspicion && suspicion.lines.length > 0 ? { errorLines: suspicion.lines } : {}
  const ran = `${names} ran to its end (request ${requestId})`
  if (end === 'stayed') {
    const where = evidence.deadLettered ? 'came into the dead-letter queue' : 'stays in the queue'
    const settled = countersAreSettled(evidence)
    const why = suspicion
      ? `its log shows ${suspicion.text}`
      : settled
        ? 'it failed in a way that its log does not tell, or its role may not delete messages'
        : 'so soon nobody can tell whether it failed, because SQS may count a minute late'
    return {
      hop: 'invoked',
      outcome: suspicion && settled ? 'failed' : 'cannot-tell',
      detail: `${ran}, and yet the message ${where}: ${why}`,
      ...lines,
    }
  }
  if (!suspicion)
    return {
      hop: 'invoked',
      outcome: 'seen',
      detail: `${ran}; whether without an error, its log does not tell`,
    }
  const detail = `${ran}; whether it failed on what its log shows cannot be told: ${suspicion.text}`
  return { hop: 'invoked', outcome: 'cannot-tell', detail, ...lines }
}

/** Whether the message came into the dead-letter queue, as far as that can be seen. */
export function deadLetterHop(
  { deadLettered, deadLetterCount, deadLettersHidden }: Evidence,
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
  const unseen =
    delivery.deadLetterQueue.hidden ??
    (deadLetterCount === null ? `the dead-letter queue ${name} cannot be read` : undefined) ??
    (deadLettersHidden ? `messages went out of the dead-letter queue ${name} meanwhile` : undefined)
  if (unseen !== undefined) {
    const may = deadLettersHidden ? '; the message may have gone through it' : ''
    return [{ hop: 'dead-letter', outcome: 'cannot-tell', detail: `${unseen}${may}` }]
  }
  const detail = `the dead-letter queue ${name} counts no more messages than before`
  return [{ hop: 'dead-letter', outcome: 'not-seen', detail }]
}
