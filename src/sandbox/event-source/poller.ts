import type { Timer } from '../clock.js'
import { lambdaMayAssume } from '../iam/lambda-may-assume.js'
import { onAvailable, receive } from '../sqs/queue.js'
import { type Queue, secondsOf } from '../sqs/state.js'
import type { World } from '../world.js'
import { takeBatch } from './batch.js'
import { type Delivery, deleteMessages, deliverBatch } from './deliver-batch.js'
import { countEvents } from './event-counts.js'
import { type EventRecord, toRecord } from './event-record.js'
import { compileFilter, type Filter } from './message-filter.js'
import { roleCanDecrypt, roleMay } from './role-access.js'
import type { RunningPoller, StoredMapping } from './state.js'
import { type TargetFunction, targetFunction } from './target-function.js'

/** How long Lambda's own receive waits for messages before it asks again. */
const longPollMs = 20_000

/** Standard mode begins with five. https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-scaling.html */
const initialConcurrency = 5

/** Each provisioned poller drives up to ten. */
const concurrencyPerPoller = 10

/**
 * A throttled batch is tried again, each time after twice as long, until its visibility timeout ends. How long AWS
 * waits at first is not documented. https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html
 */
const firstBackoffMs = 1000

/** Every invocation is a process of its own, and this machine is no cloud: beyond it, batches wait their turn. */
const processLimit = 50

/** Starts to receive for an Enabled mapping, from what lies in the queue already. */
export function startPoller(world: World, mapping: StoredMapping): RunningPoller {
  return new Poller(world, mapping)
}

type Held = Delivery['batch'][number]

/**
 * When to receive for one mapping, and how much: everything after that is the delivery's. It wakes when a message
 * becomes available, when an invocation ends and when a long poll would be over; what it may do and for which
 * function is judged anew each time, because AWS goes on polling whatever happens to queue, role and function.
 */
class Poller implements RunningPoller {
  readonly #world: World
  #mapping: StoredMapping
  #filter: Filter
  #held: readonly Held[] = []
  #windowEndsAt: number | undefined
  #invocations = 0
  #scheduled = false
  #stopped = false
  #listensTo: { readonly queue: Queue; readonly end: () => void } | undefined
  #timers: { longPoll?: Timer; window?: Timer } = {}
  /** What ends the waiting of batches that were throttled. */
  readonly #throttled = new Set<Timer>()

  constructor(world: World, mapping: StoredMapping) {
    this.#world = world
    this.#mapping = mapping
    this.#filter = compileFilter(mapping.settings.filterPatterns)
    this.#schedule()
  }

  follow(mapping: StoredMapping): void {
    this.#mapping = mapping
    this.#filter = compileFilter(mapping.settings.filterPatterns)
    this.#schedule()
  }

  /** Messages that were received and not delivered return with their visibility timeout. */
  stop(): void {
    this.#stopped = true
    this.#listensTo?.end()
    this.#timers.longPoll?.cancel()
    this.#timers.window?.cancel()
    for (const timer of this.#throttled) timer.cancel()
  }

  /** In a later turn, so that messages sent together can be received together. */
  #schedule(): void {
    if (this.#scheduled || this.#stopped) return
    this.#scheduled = true
    const end = this.#world.activity?.begin()
    setImmediate(() => {
      this.#scheduled = false
      this.#poll()
      end?.()
    })
  }

  #poll(): void {
    if (this.#stopped) return
    this.#timers.longPoll?.cancel()
    this.#timers.longPoll = this.#world.clock.after(longPollMs, () => this.#poll())
    const queue = this.#world.sqs.queues.get(this.#mapping.queueArn)
    this.#listenTo(queue)
    const target = targetFunction(this.#world, this.#mapping.functionArn, 'may-be-gone')
    if (!queue || !target || !mayReceive(this.#world, target, queue)) return
    while (this.#invocations < concurrency(this.#mapping)) {
      this.#gather(queue, target)
      const { batch, rest, full } = takeBatch(this.#held, this.#mapping.settings.batchSize)
      if (batch.length === 0 || !(full || this.#windowIsOver())) return
      this.#held = rest
      if (rest.length === 0) this.#endWindow()
      this.#deliver({ mapping: this.#mapping, queue, roleArn: target.roleArn, batch })
    }
  }

  /** A queue may be deleted and made again under the same ARN. */
  #listenTo(queue: Queue | undefined): void {
    if (this.#listensTo?.queue === queue) return
    this.#listensTo?.end()
    this.#listensTo = queue && { queue, end: onAvailable(queue, () => this.#schedule()) }
  }

  /** Receives until a batch is together or the queue gives nothing more; deletes what no filter keeps. */
  #gather(queue: Queue, target: TargetFunction): void {
    const { batchSize, maximumBatchingWindowInSeconds: window } = this.#mapping.settings
    while (this.#held.length < batchSize) {
      const now = this.#world.clock.now()
      const received = receive(queue, { max: batchSize - this.#held.length, now })
      const records = received.map((message) => toRecord(message, queue, window))
      const kept = records.filter((record) => this.#filter(record))
      const hiddenUntil = now + 1000 * secondsOf(queue, 'VisibilityTimeout')
      this.#held = [...this.#held, ...kept.map((record) => held(record, hiddenUntil))]
      const dropped = records.filter((record) => !kept.includes(record))
      countEvents(this.#world, this.#mapping, 'PolledEventCount', records.length)
      if (dropped.length > 0) {
        countEvents(this.#world, this.#mapping, 'FilteredOutEventCount', dropped.length)
      }
      // What cannot be deleted may be there again at once, on a queue that hides nothing.
      if (dropped.length === 0 || !deleteMessages(this.#world, target.roleArn, queue, dropped)) return
    }
  }

  /** The window opens with the first message of a batch. */
  #windowIsOver(): boolean {
    const { clock } = this.#world
    const window = this.#mapping.settings.maximumBatchingWindowInSeconds * 1000
    if (this.#windowEndsAt === undefined) {
      this.#windowEndsAt = clock.now() + window
      if (window > 0) this.#timers.window = clock.after(window, () => this.#poll())
    }
    return this.#windowEndsAt <= clock.now()
  }

  #endWindow(): void {
    this.#windowEndsAt = undefined
    this.#timers.window?.cancel()
  }

  #deliver(delivery: Delivery): void {
    this.#invocations += 1
    this.#attempt(delivery, firstBackoffMs)
  }

  #attempt(delivery: Delivery, backoffMs: number): void {
    const end = this.#world.activity?.begin()
    void deliverBatch(this.#world, delivery).then((outcome) => {
      if (outcome !== 'throttled' || !this.#tryLater(delivery, backoffMs)) {
        this.#invocations -= 1
        this.#schedule()
      }
      end?.()
    })
  }

  /** False: by then the messages would be back in the queue, and so the batch is given up. */
  #tryLater(delivery: Delivery, backoffMs: number): boolean {
    const { clock } = this.#world
    const hiddenUntil = Math.min(...delivery.batch.map((item) => item.hiddenUntil))
    if (this.#stopped || clock.now() + backoffMs >= hiddenUntil) return false
    const timer = clock.after(backoffMs, () => {
      this.#throttled.delete(timer)
      this.#attempt(delivery, backoffMs * 2)
    })
    this.#throttled.add(timer)
    return true
  }
}

const held = (record: EventRecord, hiddenUntil: number): Held => ({
  record,
  bytes: Buffer.byteLength(JSON.stringify(record)),
  hiddenUntil,
})

function mayReceive(world: World, target: TargetFunction, queue: Queue): boolean {
  const { roleArn } = target
  return (
    lambdaMayAssume(world, target) &&
    roleMay(world, roleArn, 'ReceiveMessage', queue) &&
    roleCanDecrypt(world, roleArn, queue)
  )
}

/** Reserved concurrency does not slow the pollers down: what it leaves no place for is throttled. */
function concurrency({ settings }: StoredMapping): number {
  const { maximumConcurrency, provisionedPollers } = settings
  const wanted =
    maximumConcurrency ??
    (provisionedPollers ? provisionedPollers.minimum * concurrencyPerPoller : initialConcurrency)
  return Math.min(wanted, processLimit)
}
