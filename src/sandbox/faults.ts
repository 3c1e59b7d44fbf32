import { randomUUID } from 'node:crypto'
import { AwsFault } from './aws-fault.js'
import type { Service } from './define-action.js'

/** What goes wrong instead of, or around, an answer. */
export type FaultEffect =
  /** The service's own throttling error. */
  | { readonly kind: 'throttle' }
  | {
      readonly kind: 'error'
      readonly code: string
      readonly message: string
      /** HTTP status, default 400. */
      readonly status?: number
      readonly queryCode?: string
    }
  /** Answers after so many milliseconds of the sandbox's time. */
  | { readonly kind: 'delay'; readonly ms: number }
  /** Never answers; the action does not run. */
  | { readonly kind: 'hang' }
  /** The action runs, and its answer breaks off in the middle. */
  | { readonly kind: 'cut' }
  /** The connection is reset: before the action runs, or after it has, with its answer unsent. */
  | { readonly kind: 'reset'; readonly when: 'before' | 'after' }
  /** Single entries of a batch request fail; the others go their way, and the answer is a success. */
  | RefusedEntries
  /** An HTML page, as a proxy or a captive portal sends it. */
  | { readonly kind: 'html'; readonly status?: number }

export interface RefusedEntries {
  readonly kind: 'entries'
  /** Which entries of the request, from 0. */
  readonly positions: readonly number[]
  readonly code: string
  readonly message: string
  /** Default false: the service's own fault, as where it has an internal error. */
  readonly senderFault?: boolean
}

export interface FaultOrder {
  /** undefined: every service. */
  readonly service?: Service
  /** undefined: every operation. */
  readonly operation?: string
  readonly effect: FaultEffect
  /** How many requests it hits; undefined: all until it is cleared. */
  readonly times?: number
}

interface Fault extends FaultOrder {
  readonly id: string
  /** Requests hit so far. */
  readonly hits: number
}

/** What a client says of a request beside what it asks for. */
export interface RequestMarks {
  /** The same for all attempts at one call; undefined: the client does not say. */
  readonly invocationId: string | undefined
}

/** The faults in force. The first that fits a request hits it, and no other. */
export interface Faults {
  inject(order: FaultOrder): Fault
  list(): readonly Fault[]
  /** Without an id: all of them. */
  clear(id?: string): void
  take(service: Service, operation: string, marks: RequestMarks): FaultEffect | undefined
}

export function createFaults(): Faults {
  const inForce = new Map<string, Fault>()
  return {
    inject: (order) => {
      const fault = { ...order, id: randomUUID(), hits: 0 }
      inForce.set(fault.id, fault)
      return fault
    },
    list: () => [...inForce.values()],
    clear: (id) => {
      if (id === undefined) inForce.clear()
      else inForce.delete(id)
    },
    take: (service, operation) => {
      for (const fault of inForce.values()) {
        if ((fault.service ?? service) !== service || (fault.operation ?? operation) !== operation) continue
        const hits = fault.hits + 1
        if (fault.times !== undefined && hits >= fault.times) inForce.delete(fault.id)
        else inForce.set(fault.id, { ...fault, hits })
        return fault.effect
      }
      return undefined
    },
  }
}

/** Each service names throttling in its own way. Only Lambda's and IAM's answers are on record. */
export function throttling(service: Service): AwsFault {
  switch (service) {
    case 'lambda':
      return new AwsFault('TooManyRequestsException', 'Rate exceeded', {
        status: 429,
        members: { Reason: 'CallerRateLimitExceeded' },
        headers: { 'retry-after': '1' },
      })
    case 'iam':
      return new AwsFault('Throttling', 'Rate exceeded')
    case 'sts':
    case 'cloudformation':
      return new AwsFault('Throttling', 'Rate exceeded', { recorded: false })
    case 'cloudwatch':
      return new AwsFault('Throttling', 'Rate exceeded', { recorded: false })
    case 'sqs':
      return new AwsFault('RequestThrottled', 'Request throttled.', { recorded: false })
    case 'kms':
    case 'logs':
    case 'tag':
      return new AwsFault('ThrottlingException', 'Rate exceeded', { recorded: false })
  }
}
