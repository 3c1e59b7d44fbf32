import type { IncomingHttpHeaders } from 'node:http'
import type { AwsFault } from '../aws-fault.js'
import type { Action, Service } from '../define-action.js'
import type { RawInput } from '../raw-input.js'

/** A request as it came over HTTP, its body complete. */
export interface WireRequest {
  readonly method: string
  /** Without the query string, still URL-encoded. */
  readonly path: string
  readonly query: URLSearchParams
  readonly headers: IncomingHttpHeaders
  readonly body: Buffer
}

/** An answer ready for HTTP; the server adds the request id. */
export interface WireAnswer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | Uint8Array
}

/** What a request turned out to be. */
export interface Routed {
  readonly service: Service
  /** Name of the operation as the request gives it; for an unknown path, the method and the path. */
  readonly operation: string
  /** undefined: the sandbox does not know the operation. */
  readonly action: Action | undefined
  /** Takes the request apart. Throws AwsFault on a body that the protocol cannot read. */
  read(): RawInput
}

export interface Protocol {
  /** undefined: the request speaks another protocol. */
  route(request: WireRequest, actions: readonly Action[]): Routed | undefined
  answer(routed: Routed, output: unknown, requestId: string): WireAnswer
  fault(service: Service, fault: AwsFault, requestId: string): WireAnswer
}
