import type { Service } from '../../../src/sandbox/define-action.js'
import type { Sandbox } from '../../../src/sandbox/start-sandbox.js'

/** Members of a request or of an answer, as the SDK has them: times are Dates. */
export type Members = Readonly<Record<string, unknown>>

/** What earlier steps were answered. */
export interface Seen {
  /** The member at a path of an answer, by the word under which the step kept it: `text('made', 'UUID')`. */
  text(kept: string, ...path: readonly (string | number)[]): string
  readonly endpoint: string
}

/** One call, made by each client in a sandbox of its own, and what AWS is known to answer. */
export interface Step {
  readonly service: Service
  readonly operation: string
  readonly input?: Members | ((seen: Seen) => Members)
  /** Who calls, by access key id. Default: the administrator. */
  readonly as?: string
  /** The exact members of the answer, as `alike` words them. Default: none. */
  readonly answer?: Members
  /** The error in place of an answer. */
  readonly error?: ExpectedError
  /** Where AWS itself was seen to answer otherwise than botocore's model says. */
  readonly besideTheModel?: readonly string[]
  readonly keep?: string
  /** Moves the sandbox's clock before the call, in milliseconds. */
  readonly later?: number
  /** Prepares the sandbox before the call. */
  readonly prepare?: (sandbox: Sandbox) => unknown
}

export interface ExpectedError {
  /** `error.name` of the SDK. */
  readonly name: string
  /** The code that aws-cli shows. Default: the name. */
  readonly code?: string
  /** As `alike` words it. Missing where nobody knows AWS's words: the sandbox then says that these are its own. */
  readonly message?: string
}

/** What a client made of one call. */
export interface Outcome {
  readonly answer?: Members
  readonly error?: { readonly code: string; readonly message: string }
  /** Whether the sandbox says that the text of the error is AWS's. Texts that are not are nothing to compare with. */
  readonly recorded?: boolean
}

/** The steps of one service, without saying it in each. */
export const of = (service: Service, steps: readonly Omit<Step, 'service'>[]): readonly Step[] =>
  steps.map((step) => ({ ...step, service }))

/** The input of a step for one sandbox. */
export const inputOf = ({ input = {} }: Step, seen: Seen): Members =>
  typeof input === 'function' ? input(seen) : input
