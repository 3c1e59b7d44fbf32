import type { Clients } from '../aws/clients.js'
import type { Manifest } from '../fleet/manifest.js'
import type { Operation } from '../operations/events.js'
import type { Session } from '../operations/session.js'
import type { Reporter } from '../report/reporter.js'
import type { Streams } from '../report/streams.js'
import type { Beside, ConnectionChoices } from './connection.js'
import type { GlobalValues } from './options/global-options.js'
import type { Prompter } from './prompts/prompter.js'
import type { Host } from './streams.js'

/** Everything around a command, built once and handed in: no command reaches for the process itself. */
export interface CommandContext {
  readonly host: Host
  readonly streams: Streams
  readonly reporter: Reporter
  readonly prompter: Prompter
  readonly globals: GlobalValues
  /** The file of the project, for the commands that go by it; null: there is none. */
  readonly project: Manifest | null
  /** What was typed of it, or chosen since. */
  readonly connection: ConnectionChoices
  /** Aborted on Ctrl-C, SIGTERM or SIGHUP; the reason is a SqsTriggerError INTERRUPTED or TERMINATED. */
  readonly signal: AbortSignal
  /** The connection to AWS, made on first use so that a usage error costs no start-up time. */
  session(): Promise<Session>
  /** Clients of another Region, profile or role, beside those of the session. */
  clients(other: Beside): Promise<Clients>
  /** The next session is a new one, with these choices in place of the old ones. */
  reconnect(changes?: ConnectionChoices): void
  /**
   * Runs an operation to its end: each event goes to the reporter as it comes.
   * @param graceMs how long it may still come to its end once it is told to stop (default one second)
   */
  run<Result>(operation: Operation<Result>, graceMs?: number): Promise<Result>
}
