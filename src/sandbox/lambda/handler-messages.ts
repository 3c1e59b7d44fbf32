/** The end of an invocation as its caller gets it, in the form of Lambda's Node.js runtime. */
export interface ErrorPayload {
  readonly errorType: string
  readonly errorMessage: string
  readonly trace?: readonly string[]
}

/** What the sandbox sends to a handler's process (bootstrap.mjs). */
export type ToHandler =
  | {
      readonly kind: 'start'
      readonly root: string
      readonly file?: string
      readonly handler: string
      readonly logFormat: 'Text' | 'JSON'
      readonly logLevel: string
      /** How many bytes of log one invocation may write. */
      readonly logBytes: number
      readonly responseBytes: number
    }
  | {
      readonly kind: 'invoke'
      readonly requestId: string
      /** JSON text of the event. */
      readonly payload: string
      readonly remainingMs: number
      readonly functionArn: string
      readonly clientContext?: string
    }

/** A line of output: `text` gets a time in front, `json` is an object without its timestamp, `raw` stays as it is. */
export type HandlerLine =
  | {
      readonly kind: 'text'
      readonly level: string
      readonly requestId: string | undefined
      readonly text: string
    }
  | { readonly kind: 'json'; readonly text: string }
  | { readonly kind: 'raw'; readonly text: string }
  | { readonly kind: 'cut' }

export type HandlerAnswer =
  | { readonly kind: 'done'; readonly requestId: string; readonly payload: string; readonly memoryMb: number }
  | { readonly kind: 'too-large'; readonly requestId: string; readonly memoryMb: number }
  | {
      readonly kind: 'failed'
      readonly requestId: string
      readonly error: ErrorPayload
      readonly memoryMb: number
      /** The process ends itself after this. */
      readonly fatal: boolean
    }

export type FromHandler =
  | { readonly kind: 'ready' }
  | { readonly kind: 'init-failed'; readonly error: ErrorPayload }
  | HandlerLine
  | HandlerAnswer

const kinds: ReadonlySet<unknown> = new Set([
  'ready',
  'init-failed',
  'text',
  'json',
  'raw',
  'cut',
  'done',
  'too-large',
  'failed',
])

/** undefined for anything else: user code lives in that process and may send what it likes. */
export function readMessage(message: unknown): FromHandler | undefined {
  if (typeof message !== 'object' || message === null) return undefined
  // Only bootstrap.mjs holds the channel, and it sends whole messages: the kind tells which.
  return kinds.has(Reflect.get(message, 'kind')) ? (message as FromHandler) : undefined
}
