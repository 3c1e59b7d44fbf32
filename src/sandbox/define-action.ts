import type { SandboxPrincipal } from './principal.js'
import type { RawInput } from './raw-input.js'
import type { World } from './world.js'

/** What the sandbox serves. */
export const services = [
  'sqs',
  'lambda',
  'iam',
  'sts',
  'kms',
  'logs',
  'cloudwatch',
  'cloudformation',
  'tag',
] as const
export type Service = (typeof services)[number]

/** One request, after the protocol took it apart. */
export interface Call {
  readonly world: World
  readonly principal: SandboxPrincipal
  /** Taken from the credential scope of the signature. */
  readonly region: string
  readonly requestId: string
  /** The connection behind the call; missing when the sandbox calls itself (a test, the poller). */
  readonly connection?: Connection
}

export interface Connection {
  /** Aborted when the client hangs up. */
  readonly signal: AbortSignal
  /** Says that the request now waits for something to happen (a long poll), so that `settled` does not wait for it. */
  park(): () => void
}

/** What the caller must be allowed before the action runs. Several are asked in order. */
export interface RequiredPermission {
  /** `service:Action` as IAM spells it. */
  readonly action: string
  /** ARN or `*`. */
  readonly resource: string
  /** Account that owns the resource, where it is not the caller's. */
  readonly resourceAccount?: string
  /** The queue's or key's own policy document, if it has one. */
  readonly resourcePolicy?: unknown
  /** Known condition keys beside those that every request carries, e.g. lambda:FunctionArn. */
  readonly facts?: Readonly<Record<string, readonly string[]>>
}

/**
 * restJson1 only (Lambda): where the parts of a request stand, so that `decode` sees one flat RawInput.
 * `{ method: 'GET', path: '/2015-03-31/functions/{FunctionName}', status: 200 }`
 *
 * RawInput holds, by API member name: the members of a JSON body, the path labels (URL-decoded, so a label may
 * hold an ARN with colons), and the query parameters under their wire names (always strings: `MaxItems: '10'`).
 */
export interface RestBinding {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  /** `{Label}` takes one URL-encoded segment. A trailing slash in the request is ignored. */
  readonly path: string
  /** Status of success: 200, 201, 202 or 204 (204 sends no body). Unused with `raw`. */
  readonly status: number
  /** Query parameters that are lists or named otherwise on the wire: `{ tagKeys: 'TagKeys' }` arrives as an array. */
  readonly lists?: Readonly<Record<string, string>>
  /** Request headers that are members, in lower case: `{ 'x-amz-invocation-type': 'InvocationType' }`. */
  readonly headers?: Readonly<Record<string, string>>
  /** The body is not JSON but one blob member (Invoke: `'Payload'`); it arrives as a Uint8Array. */
  readonly payload?: string
  /**
   * For actions that share method and path (ListTags of a function and of a mapping): takes only the requests for
   * which it says true. The first that takes the request gets it.
   */
  readonly takes?: (raw: RawInput) => boolean
  /** true: `run` returns a RestAnswer (own status, headers, bytes) instead of the members of a JSON answer. */
  readonly raw?: boolean
}

/** What `run` returns under `rest.raw`. */
export interface RestAnswer {
  readonly status: number
  readonly headers?: Readonly<Record<string, string>>
  /** Raw bytes or a value to be sent as JSON. */
  readonly body?: unknown
}

/**
 * One AWS action: one file. `decode` turns the raw request into a typed input once (throws AwsFault on a bad
 * one); `needs` says what the caller must be allowed; `run` does it and returns the response members.
 */
export interface Action<Input = unknown, Output = unknown> {
  readonly service: Service
  readonly name: string
  /** Lambda actions only. */
  readonly rest?: RestBinding
  decode(raw: RawInput): Input
  needs(input: Input, call: Call): readonly RequiredPermission[]
  run(input: Input, call: Call): Output | Promise<Output>
}

/** Identity function: gives the compiler the input type to infer from `decode`. */
export function defineAction<Input, Output>(action: Action<Input, Output>): Action<Input, Output> {
  return action
}
