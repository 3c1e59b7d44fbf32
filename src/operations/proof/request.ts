import type { ProofLevel, SentMessage } from '../events.js'
import type { Delivery } from './delivery.js'

/** What is to be proven, and how much of it. */
export interface ProofRequest {
  readonly message: SentMessage
  /** How many more were sent with it. Default 0. */
  readonly others?: number
  readonly delivery: Delivery
  /** Milliseconds since the epoch. */
  readonly sentAt: number
  /** Evidence at which to stop; a failure of the function stops it, too. */
  readonly wanted: ProofLevel
  /** true: the deduplication id was given, so SQS may have taken the message for an earlier one. Default false. */
  readonly mayBeRepeated?: boolean
  /** Default: delay + batching window + function timeout + 60 s. */
  readonly timeoutMs?: number
}
