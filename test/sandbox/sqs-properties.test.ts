import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createClock } from '../../src/sandbox/clock.js'
import type { ReceivedMessage } from '../../src/sandbox/sqs/message.js'
import {
  changeVisibility,
  createQueue,
  enqueue,
  onAvailable,
  receive,
  remove,
} from '../../src/sandbox/sqs/queue.js'

/** What can happen to a queue; `nth` picks one of the messages held at that time. */
const steps = fc.array(
  fc.oneof(
    fc.record({
      do: fc.constant('send' as const),
      group: fc.integer({ min: 0, max: 2 }),
      delay: fc.constantFrom(0, 0, 5_000),
    }),
    {
      weight: 3,
      arbitrary: fc.record({ do: fc.constant('receive' as const), max: fc.integer({ min: 1, max: 3 }) }),
    },
    fc.record({ do: fc.constant('remove' as const), nth: fc.nat(3) }),
    fc.record({ do: fc.constant('give back' as const), nth: fc.nat(3) }),
    fc.record({ do: fc.constant('wait' as const), ms: fc.integer({ min: 1, max: 40_000 }) }),
  ),
  { maxLength: 60, size: 'max' },
)

type Step = typeof steps extends fc.Arbitrary<(infer One)[]> ? One : never

/** Plays the steps on a queue and checks after each what must always hold. */
async function play(name: string, script: readonly Step[]) {
  const clock = createClock({ running: false, start: 0 })
  const meter = { count: () => {} }
  const identity = { arn: `arn:${name}`, name, account: '1', region: 'r', url: 'u', clock, meter }
  const queue = createQueue({ ...identity, queues: new Map() }, new Map([['VisibilityTimeout', '30']]))
  const sent: string[] = []
  const removed = new Set<string>()
  /** Held by a consumer: body → when its visibility timeout ends. */
  const held = new Map<string, { readonly message: ReceivedMessage; readonly until: number }>()
  // A consumer that found nothing sleeps until it is told.
  let asleep = false
  onAvailable(queue, () => {
    asleep = false
  })
  const holding = () => [...held].filter(([, { until }]) => until > clock.now())
  const groupOf = (body: string) => body.split('-')[0] ?? ''

  const take = (max: number) => {
    const lockedBefore = new Set(holding().map(([body]) => groupOf(body)))
    const received = receive(queue, { max, now: clock.now() })
    for (const message of received) {
      const { body } = message
      expect(removed.has(body)).toBe(false)
      expect(holding().some(([other]) => other === body)).toBe(false)
      if (queue.fifo) {
        expect(lockedBefore.has(groupOf(body))).toBe(false)
        // Everything sent earlier in the group is gone, or comes in the same receive.
        const earlier = sent.slice(0, sent.indexOf(body)).filter((other) => groupOf(other) === groupOf(body))
        const together = new Set(received.map((other) => other.body))
        expect(earlier.every((other) => removed.has(other) || together.has(other))).toBe(true)
      }
    }
    expect(asleep && received.length > 0).toBe(false)
    asleep = received.length === 0
    for (const message of received) held.set(message.body, { message, until: clock.now() + 30_000 })
    return received
  }

  for (const step of script) {
    const picked = 'nth' in step ? holding()[step.nth % Math.max(1, holding().length)] : undefined
    if (step.do === 'send') {
      const body = `g${step.group}-${sent.length}`
      const now = clock.now()
      const message = { body, messageAttributes: {}, sentAt: now, visibleAt: now + step.delay, senderId: 's' }
      enqueue(queue, [{ ...message, groupId: groupOf(body), deduplicationId: body }])
      sent.push(body)
    } else if (step.do === 'receive') {
      take(step.max)
    } else if (step.do === 'wait') {
      await clock.advance(step.ms)
    } else if (picked) {
      const [body, { message }] = picked
      held.delete(body)
      if (step.do === 'remove') {
        remove(queue, message.receiptHandle)
        removed.add(body)
      } else {
        changeVisibility(queue, message.receiptHandle, 0)
      }
    }
  }

  // Whatever happened: in the end each message is there, once, until it is deleted.
  await clock.advance(30_000)
  expect(holding()).toEqual([])
  while (removed.size < sent.length) {
    await clock.advance(30_000)
    const received = take(10)
    expect(received.length).toBeGreaterThan(0)
    for (const { body, receiptHandle } of received) {
      remove(queue, receiptHandle)
      removed.add(body)
      held.delete(body)
    }
  }
  expect(receive(queue, { max: 10, now: clock.now() })).toEqual([])
  expect(queue.inFlight.size).toBe(0)
}

describe('whatever is sent, received, given back and waited for', () => {
  test.each(['orders', 'orders.fifo'])(
    '%s loses nothing, gives nothing twice at a time, and wakes who waits',
    async (name) => {
      await fc.assert(
        fc.asyncProperty(steps, (script) => play(name, script)),
        { numRuns: 300 },
      )
    },
  )
})
