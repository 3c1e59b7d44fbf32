/** How an invocation for a batch ended, as far as the batch is concerned. */
export interface BatchAnswer {
  /** The function threw, timed out or ended: whatever it answered does not count. */
  readonly functionError: boolean
  /** The answer's text. */
  readonly payload: string
}

/**
 * The ids of the messages that stay on the queue; all others are deleted.
 * `reportBatchItemFailures` off: an answer is not looked at, so that reported failures are lost.
 * https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html
 */
export function failedMessages(
  messageIds: readonly string[],
  answer: BatchAnswer,
  reportBatchItemFailures: boolean,
): ReadonlySet<string> {
  if (answer.functionError) return new Set(messageIds)
  if (!reportBatchItemFailures) return new Set()
  const reported = reportedIds(answer.payload)
  // One identifier that names no message of the batch makes the whole answer unusable: everything comes back.
  if (!reported || reported.some((id) => !messageIds.includes(id))) return new Set(messageIds)
  return new Set(reported)
}

/** undefined: not an answer that AWS understands. */
function reportedIds(payload: string): readonly string[] | undefined {
  const answer = payload === '' ? null : parse(payload)
  if (answer === null) return []
  if (typeof answer !== 'object' || Array.isArray(answer)) return undefined
  const failures: unknown = 'batchItemFailures' in answer ? answer.batchItemFailures : null
  if (failures === null) return []
  if (!Array.isArray(failures)) return undefined
  const ids = failures.map(itemIdentifier)
  return ids.every((id) => id !== undefined) ? ids : undefined
}

function itemIdentifier(failure: unknown): string | undefined {
  if (typeof failure !== 'object' || failure === null || !('itemIdentifier' in failure)) return undefined
  return typeof failure.itemIdentifier === 'string' && failure.itemIdentifier !== ''
    ? failure.itemIdentifier
    : undefined
}

function parse(payload: string): unknown {
  try {
    return JSON.parse(payload)
  } catch {
    return undefined
  }
}
