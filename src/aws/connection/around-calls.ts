import type { Clients } from '../clients.js'

/** One call before it is sent. */
interface OutgoingCall {
  /** IAM's prefix: `sqs`. */
  readonly service: string
  /** `GetQueueAttributes` */
  readonly operation: string
  readonly input: unknown
}

/** Stands around a call, or around each attempt at one: may wait, repeat it, or answer in its place. */
export type Around = (call: OutgoingCall, next: () => Promise<unknown>) => Promise<unknown>

const services = ['sqs', 'lambda', 'iam', 'sts', 'kms', 'logs'] as const

/**
 * The same clients with something around what they send. `call` goes around a whole call with the SDK's own repeats,
 * `attempt` around each of those. What is put around first stands outermost.
 */
export function aroundCalls(
  clients: Clients,
  around: { readonly call?: Around; readonly attempt?: Around },
): Clients {
  const done = new WeakSet<object>()
  return new Proxy(clients, {
    get: (target, name) => {
      const found: unknown = Reflect.get(target, name)
      const service = services.find((one) => one === name)
      // Clients are made on first use, and anew where a session was renewed.
      if (service !== undefined && isStacked(found) && !done.has(found)) {
        done.add(found)
        if (around.call) found.middlewareStack.add(asMiddleware(service, around.call), outermost)
        if (around.attempt) found.middlewareStack.add(asMiddleware(service, around.attempt), eachAttempt)
      }
      return found
    },
  })
}

const outermost = { step: 'initialize', priority: 'high' } as const
/** Behind the SDK's own retries. */
const eachAttempt = { step: 'finalizeRequest', priority: 'low' } as const

/** What is needed of a client's middleware stack; the SDK types it per service. */
interface Stacked {
  readonly middlewareStack: {
    add(middleware: Middleware, where: typeof outermost | typeof eachAttempt): void
  }
}
type Handler = (args: { readonly input: unknown }) => Promise<unknown>
type Middleware = (next: Handler, context: { readonly commandName?: string }) => Handler

const isStacked = (value: unknown): value is Stacked =>
  typeof value === 'object' && value !== null && 'middlewareStack' in value

const asMiddleware =
  (service: string, around: Around): Middleware =>
  (next, { commandName = '' }) =>
  (args) =>
    around({ service, operation: commandName.replace(/Command$/, ''), input: args.input }, () => next(args))
