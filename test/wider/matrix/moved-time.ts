import { Readable } from 'node:stream'
import { StandardRetryStrategy } from '@smithy/core/retry'
import { NodeHttpHandler } from '@smithy/node-http-handler'
import type { Wire } from '../../../src/aws/connection/connection.js'
import type { Clock } from '../../../src/clock.js'
import type { Sandbox } from '../../../src/sandbox/start-sandbox.js'

type Request = Parameters<NodeHttpHandler['handle']>[0]
type Options = Parameters<NodeHttpHandler['handle']>[1]
type Answer = Awaited<ReturnType<NodeHttpHandler['handle']>>

/** As `transport.ts` has it: what one attempt may take. */
const requestTimeoutMs = 10_000
/** A sandbox may have to do something in between. */
const longestStepMs = 500

/** A run's time, and its way to a sandbox whose clock stands still until nothing else can happen. */
export interface MovedTime {
  readonly clock: Clock
  readonly wire: Wire
  /** Waits for the work; while all of it sleeps, the time moves on. Rejects when the work makes no more progress. */
  drive<Result>(work: Promise<Result>): Promise<Result>
  close(): void
}

interface Sleeper {
  readonly at: number
  readonly wake: () => void
}

/**
 * @param isStuck whether this call, named by the SDK's id, waits for what only time brings.
 * @param skewMs how far the run's clock is ahead of the sandbox's.
 */
export function movedTime(
  sandbox: Sandbox,
  isStuck: (invocationId: string) => boolean,
  skewMs = 0,
): MovedTime {
  const { clock } = sandbox.world
  const sleepers = new Set<Sleeper>()
  const flying = new Map<symbol, string>()
  const handler = new NodeHttpHandler({})

  const sleep = (ms: number, signal?: AbortSignal) =>
    new Promise<void>((resolve, reject) => {
      const leave = (end: () => void) => () => {
        sleepers.delete(sleeper)
        signal?.removeEventListener('abort', stop)
        end()
      }
      // A machine's clock knows no fraction of a millisecond.
      const sleeper = { at: clock.now() + Math.ceil(ms), wake: leave(resolve) }
      const stop = leave(() => reject(signal?.reason))
      sleepers.add(sleeper)
      signal?.addEventListener('abort', stop)
      if (signal?.aborted) stop()
    })

  async function handle(request: Request, options: Options = {}): Promise<Answer> {
    const flight = Symbol('flight')
    flying.set(flight, String(request.headers['amz-sdk-invocation-id']))
    const over = new AbortController()
    const given = options.abortSignal instanceof AbortSignal ? [options.abortSignal] : []
    const abortSignal = AbortSignal.any([over.signal, ...given])
    try {
      return await Promise.race([
        whole(handler.handle(request, { ...options, abortSignal })),
        sleep(requestTimeoutMs, over.signal).then(() => {
          throw Object.assign(new Error(`no answer within ${requestTimeoutMs} ms`), {
            name: 'TimeoutError',
            code: 'ETIMEDOUT',
          })
        }),
      ])
    } finally {
      flying.delete(flight)
      over.abort(new Error('the request is over'))
    }
  }

  /** Nothing is under way but what waits for the time. */
  async function quiet(): Promise<void> {
    for (let turns = 0; turns < 4; turns += 1) {
      await sandbox.settled()
      await new Promise<void>((resolve) => setImmediate(resolve))
      if ([...flying.values()].some((id) => !isStuck(id))) turns = -1
    }
  }

  return {
    clock: { now: () => clock.now() + skewMs, sleep },
    wire: {
      requestHandler: {
        metadata: handler.metadata,
        handle,
        updateHttpClientConfig: () => {},
        httpHandlerConfigs: () => handler.httpHandlerConfigs(),
        destroy: () => handler.destroy(),
      },
      retryStrategy: () => movedBackOff((ms) => sleep(ms)),
    },
    close: () => handler.destroy(),
    drive: async (work) => {
      let over = false
      const watched = work.finally(() => {
        over = true
      })
      watched.catch(() => {})
      for (let idle = 0; !over; ) {
        await quiet()
        if (over) break
        const first = Math.min(...[...sleepers].map(({ at }) => at))
        if (first === Number.POSITIVE_INFINITY) {
          // It reads a file, or loads a module: that is not the sandbox's time.
          await new Promise((resolve) => setTimeout(resolve, 2))
          idle += 1
          if (idle > 5_000) throw new Error('the run hangs, and waits for nothing that time could bring')
          continue
        }
        idle = 0
        await sandbox.advance(Math.min(longestStepMs, Math.max(0, first - clock.now())))
        for (const sleeper of [...sleepers]) if (sleeper.at <= clock.now()) sleeper.wake()
      }
      return watched
    },
  }
}

/** The answer with its body; one that breaks off breaks off behind what came of it. */
async function whole(coming: Promise<Answer>): Promise<Answer> {
  const answer = await coming
  const chunks: Buffer[] = []
  let broken: Error | undefined
  try {
    for await (const chunk of answer.response.body) chunks.push(Buffer.from(chunk))
  } catch (error) {
    broken = error instanceof Error ? error : new Error(String(error))
  }
  const body = new Readable({
    read() {
      const next = chunks.shift()
      if (next !== undefined) this.push(next)
      else if (broken !== undefined) this.destroy(broken)
      else this.push(null)
    },
  })
  return { response: Object.assign(answer.response, { body }) }
}

type RetryToken = Awaited<ReturnType<StandardRetryStrategy['acquireInitialRetryToken']>>
type RetryInfo = Parameters<StandardRetryStrategy['refreshRetryTokenForRetry']>[1]

/** The SDK's own strategy, its waiting on the moved clock; always the longest that it would choose. */
function movedBackOff(sleep: (ms: number) => Promise<void>) {
  let base = 0
  const backoff = {
    setDelayBase: (ms: number) => {
      base = ms
    },
    computeNextBackoffDelay: () => 0,
  }
  const standard = new StandardRetryStrategy({ maxAttempts: 3, backoff })
  return Object.assign(standard, {
    refreshRetryTokenForRetry: async (token: RetryToken, { retryAfterHint, ...info }: RetryInfo) => {
      const next = await StandardRetryStrategy.prototype.refreshRetryTokenForRetry.call(standard, token, info)
      const delay = Math.min(20_000, base * 2 ** token.getRetryCount())
      const asked = retryAfterHint === undefined ? 0 : Math.max(0, retryAfterHint.getTime() - Date.now())
      await sleep(Math.max(delay, Math.min(asked, delay + 5_000)))
      return next
    },
  })
}
