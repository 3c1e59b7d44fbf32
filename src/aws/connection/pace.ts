import type { Clock } from '../../clock.js'
import type { Clients } from '../clients.js'
import { type Around, aroundCalls } from './around-calls.js'
import { throttlingNames } from './throttling.js'

/** How fast calls of one kind may be sent. */
interface Rate {
  readonly perSecond: number
  /** Calls that may go at once after a rest. */
  readonly burst: number
  /** How many may be under way. */
  readonly atOnce: number
}

const rates = {
  // 15 a second over all operations of the account in the Region, not to be raised: others want their share.
  // https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html#api-requests
  lambda: { perSecond: 10, burst: 4, atOnce: 10 },
  // 100 a second of its own.
  lambdaGetFunction: { perSecond: 50, burst: 10, atOnce: 10 },
  // Not published, said to be 1 to 5, and the same for all Regions: 50 roles of three calls are read in 30 s.
  iam: { perSecond: 5, burst: 2, atOnce: 4 },
  // Not published either.
  sqs: { perSecond: 100, burst: 10, atOnce: 10 },
  other: { perSecond: 5, burst: 5, atOnce: 5 },
} as const satisfies Readonly<Record<string, Rate>>

type Kind = keyof typeof rates

const kindOf = (service: string, operation: string): Kind => {
  if (service === 'lambda') return operation === 'GetFunction' ? 'lambdaGetFunction' : 'lambda'
  return service === 'iam' || service === 'sqs' ? service : 'other'
}

/** After so many rounds of being told to slow down, that is the answer. */
const mostRounds = 6
const slowest = 0.5

/** Keeps to the rates of one account, whatever the number of its clients. */
export interface Pace {
  readonly call: Around
  /** `free`: an endpoint without limits, until it says otherwise. */
  readonly attempt: (region: string, free?: boolean) => Around
}

/**
 * A bucket for each Region and service, one for IAM, held for the whole run. Being throttled halves the rate, and it
 * recovers with what is answered. `signal` ends every wait.
 */
export function openPace(clock: Clock, signal: AbortSignal): Pace {
  const buckets = new Map<string, Bucket>()
  const bucketOf = (region: string, kind: Kind, free: boolean) => {
    const key = kind === 'iam' ? kind : `${region} ${kind}`
    const bucket = buckets.get(key) ?? openBucket(rates[kind], free, { clock, signal })
    buckets.set(key, bucket)
    return bucket
  }
  return {
    call: async (_, next) => {
      for (let round = 1; ; round++) {
        try {
          return await next()
        } catch (error) {
          if (!isThrottled(error) || round === mostRounds) throw error
          await clock.sleep(1000 * 2 ** (round - 1), signal)
        }
      }
    },
    attempt:
      (region, free = false) =>
      ({ service, operation }, next) =>
        bucketOf(region, kindOf(service, operation), free).run(next),
  }
}

/** Clients that keep to the pace of their account. */
export const paced = (clients: Clients, { call, attempt }: Pace): Clients =>
  aroundCalls(clients, { call, attempt: attempt(clients.region, isLocal(clients)) })

/** Endpoints on this machine have none of AWS's limits. */
const isLocal = ({ endpoint }: Clients) =>
  endpoint !== null && /^(?:127\.|localhost$|\[::1\]$)/.test(new URL(endpoint).hostname)

interface Bucket {
  run<Value>(call: () => Promise<Value>): Promise<Value>
}

function openBucket(
  { perSecond, burst, atOnce }: Rate,
  free: boolean,
  { clock, signal }: { readonly clock: Clock; readonly signal: AbortSignal },
): Bucket {
  let rate = free ? Number.POSITIVE_INFINITY : perSecond
  /** When the next call may be sent, if every earlier one is sent when it may. */
  let next = Number.NEGATIVE_INFINITY
  let underWay = 0
  const waiting: (() => void)[] = []

  const enter = async () => {
    if (underWay >= atOnce) await new Promise<void>((resolve) => waiting.push(resolve))
    else underWay++
  }
  const leave = () => {
    const first = waiting.shift()
    if (first) first()
    else underWay--
  }
  const turn = async () => {
    const now = clock.now()
    const step = 1000 / rate
    next = Math.max(next, now - (burst - 1) * step)
    const wait = next - now
    next += step
    if (wait > 0) await clock.sleep(wait, signal)
  }
  return {
    run: async (call) => {
      await enter()
      try {
        await turn()
        const answer = await call()
        if (rate < perSecond) rate = Math.min(perSecond, rate + perSecond / 50)
        return answer
      } catch (error) {
        if (isThrottled(error)) rate = Math.max(slowest, Math.min(rate, perSecond) / 2)
        throw error
      } finally {
        leave()
      }
    },
  }
}

const isThrottled = (error: unknown) => error instanceof Error && throttlingNames.test(error.name)
