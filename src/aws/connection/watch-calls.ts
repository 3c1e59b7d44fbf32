import { memberOf } from '../../json-object.js'
/** One call that came to its end. Holds neither what was sent nor what was answered. */
export interface FinishedCall {
  /** IAM's prefix: `sqs`. */
  readonly service: string
  /** `GetQueueUrl` */
  readonly operation: string
  readonly elapsedMs: number
  readonly attempts: number
  /** Names of the errors after which the SDK tried again, in order. */
  readonly retriedAfter: readonly string[]
  /** Name of the error with which it ended; null: it was answered. */
  readonly error: string | null
  readonly httpStatus?: number
  readonly requestId?: string
}

interface Context {
  readonly commandName?: string
}
type Handler<Args, Answer> = (args: Args) => Promise<Answer>

/** The part of every client's middleware stack that watching needs; the SDK types it per service. */
interface Watchable {
  readonly middlewareStack: { use(plugin: CallWatch): void }
}
interface CallWatch {
  applyToStack(stack: Stack): void
}
interface Stack {
  add(middleware: Middleware, options: InitializeStep): void
  add(middleware: Middleware, options: FinalizeStep): void
}
type Middleware = <Args, Answer>(next: Handler<Args, Answer>, context: Context) => Handler<Args, Answer>
interface InitializeStep {
  readonly step: 'initialize'
  readonly name: string
}
interface FinalizeStep {
  readonly step: 'finalizeRequest'
  readonly priority: 'low'
  readonly name: string
}

/** Tells of each call of this client when it has ended; repeats by the SDK are one call. */
export function watchCalls(
  client: Watchable,
  service: string,
  { begun, ended }: { readonly begun: () => void; readonly ended: (call: FinishedCall) => void },
): void {
  const refusals = new WeakMap<Context, string[]>()
  const whole: Middleware = (next, context) => async (args) => {
    begun()
    const started = performance.now()
    const tell = (answer: unknown, error: string | null) => {
      const failed = refusals.get(context) ?? []
      ended({
        service,
        operation: (context.commandName ?? '').replace(/Command$/, ''),
        elapsedMs: Math.round(performance.now() - started),
        retriedAfter: error === null ? failed : failed.slice(0, -1),
        error,
        ...metadataOf(answer),
      })
    }
    try {
      const answer = await next(args)
      tell(memberOf(answer, 'output'), null)
      return answer
    } catch (error) {
      tell(error, nameOf(error))
      throw error
    }
  }
  // Behind the SDK's own retries, so that it sees every attempt.
  const attempt: Middleware = (next, context) => async (args) => {
    try {
      return await next(args)
    } catch (error) {
      refusals.set(context, [...(refusals.get(context) ?? []), nameOf(error)])
      throw error
    }
  }
  client.middlewareStack.use({
    applyToStack: (stack) => {
      stack.add(whole, { step: 'initialize', name: 'watchCall' })
      stack.add(attempt, { step: 'finalizeRequest', priority: 'low', name: 'watchAttempt' })
    },
  })
}

function metadataOf(answer: unknown): Pick<FinishedCall, 'attempts' | 'httpStatus' | 'requestId'> {
  const metadata = memberOf(answer, '$metadata')
  const [attempts, httpStatus, requestId] = ['attempts', 'httpStatusCode', 'requestId'].map((name) =>
    memberOf(metadata, name),
  )
  return {
    attempts: typeof attempts === 'number' ? attempts : 1,
    ...(typeof httpStatus === 'number' ? { httpStatus } : {}),
    ...(typeof requestId === 'string' ? { requestId } : {}),
  }
}

/** Of a socket the name is nothing but `Error`: what happened stands in the code, such as ECONNREFUSED. */
function nameOf(error: unknown): string {
  const name = error instanceof Error ? error.name : 'Error'
  const code = memberOf(error, 'code')
  return name === 'Error' && typeof code === 'string' ? code : name
}
