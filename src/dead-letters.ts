/** One move of messages out of a dead-letter queue, as SQS tells it. */
export interface MoveTask {
  /** Only while it runs. */
  readonly handle: string | null
  /** RUNNING, COMPLETED, CANCELLING, CANCELLED, FAILED; AWS may add words. */
  readonly status: string
  /** Both lag behind what was moved. */
  readonly moved: number
  /** null: SQS does not say yet. */
  readonly toMove: number | null
  readonly failureReason: string | null
  /** ISO 8601, UTC; null: SQS does not say. */
  readonly startedAt: string | null
}

/** A message as it lies in a queue. */
export interface PeekedMessage {
  readonly messageId: string
  readonly body: string
  /** ISO 8601, UTC; null: SQS does not say. */
  readonly sentAt: string | null
  /** This look included. */
  readonly receives: number
  /** ARN of the queue that it came from; null: SQS does not say. */
  readonly sourceArn: string | null
}
