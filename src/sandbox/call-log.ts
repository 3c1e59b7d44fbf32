import type { Service } from './define-action.js'

/** One answered request. Holds no input: bodies and code may be large, and private. */
export interface RecordedCall {
  readonly requestId: string
  /** undefined: not a request to a service that the sandbox knows. */
  readonly service?: Service
  readonly operation: string
  readonly region?: string
  /** ARN of the caller; undefined when the credentials named nobody. */
  readonly principal?: string
  readonly status: number
  /** Error code. */
  readonly code?: string
  /** Stack of a failure of the sandbox itself. */
  readonly problem?: string
  /** Milliseconds of the machine's own steady clock, so that calls made side by side can be told from a sequence. */
  readonly startedAt: number
  readonly endedAt: number
}

export interface CallLog {
  add(call: RecordedCall): void
  /** Oldest first. */
  list(): readonly RecordedCall[]
  clear(): void
}

/** Keeps the newest `limit` calls. */
export function createCallLog(limit = 20_000): CallLog {
  let calls: RecordedCall[] = []
  return {
    add: (call) => {
      calls.push(call)
      if (calls.length > 2 * limit) calls = calls.slice(-limit)
    },
    list: () => calls.slice(-limit),
    clear: () => {
      calls = []
    },
  }
}
