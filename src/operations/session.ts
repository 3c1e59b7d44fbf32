import type { Clients } from '../aws/clients.js'
import type { Clock } from '../clock.js'
import type { Journal } from '../journal.js'

/** What every operation is given: how to reach AWS, the time, and how it is told to stop. */
export interface Session {
  readonly clients: Clients
  readonly clock: Clock
  /** Aborted on Ctrl-C, SIGTERM or SIGHUP; the reason is a SqsTriggerError INTERRUPTED or TERMINATED. */
  readonly signal: AbortSignal
  /** Without one nothing is repaired: what cannot be written down is not changed. */
  readonly journal?: Journal
}
