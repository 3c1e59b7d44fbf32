import type { SqsTriggerError } from '../errors.js'
import type { ListRequest, WaitTarget } from '../operations/requests.js'
import type {
  ConsoleLinks,
  ListResult,
  PreflightReport,
  SendResult,
  StatusResult,
  UnwirePlan,
  UnwireResult,
  WaitResult,
  WirePlan,
  WireResult,
} from '../operations/results.js'

/** One call that would be sent to AWS: what `--dry-run` shows. */
export interface ApiCall {
  readonly service: string
  readonly operation: string
  /** The request as the API takes it. */
  readonly input: Readonly<Record<string, unknown>>
}

/**
 * How a command ended, as data. Renderers make text or JSON of it.
 * `error`: it ended with an answer and yet not well (checks failed, delivery not proven); it decides the exit code.
 */
export type Outcome = (
  | { readonly kind: 'preflight'; readonly report: PreflightReport }
  | { readonly kind: 'wire-plan'; readonly plan: WirePlan; readonly calls: readonly ApiCall[] }
  | {
      readonly kind: 'wired'
      readonly plan: WirePlan
      readonly result: WireResult
      readonly links: ConsoleLinks | null
      readonly next: readonly Suggestion[]
    }
  | { readonly kind: 'list'; readonly list: ListResult; readonly asked: ListRequest }
  | { readonly kind: 'status'; readonly status: StatusResult }
  | { readonly kind: 'waited'; readonly target: WaitTarget; readonly result: WaitResult }
  | { readonly kind: 'sent'; readonly sent: SendResult }
  | { readonly kind: 'send-plan'; readonly calls: readonly ApiCall[] }
  | { readonly kind: 'unwire-plan'; readonly plan: UnwirePlan; readonly calls: readonly ApiCall[] }
  | { readonly kind: 'unwired'; readonly plan: UnwirePlan; readonly result: UnwireResult }
  | Said
) & { readonly error?: SqsTriggerError }

/** For commands that print as they go and only need to end: lines for text, `result` for JSON. */
interface Said {
  readonly kind: 'said'
  readonly lines: readonly string[]
  readonly result?: unknown
  /** Exit code of a child process, handed on as it is. */
  readonly exitCode?: number
}

/** A command worth typing next. */
export interface Suggestion {
  readonly command: string
  readonly does: string
}
