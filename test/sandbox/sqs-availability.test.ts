import { expect, test } from 'vitest'
import { createClock } from '../../src/sandbox/clock.js'
import { createQueue, enqueue, onAvailable, receive } from '../../src/sandbox/sqs/queue.js'

const clock = createClock({ running: false, start: 0 })
const identity = {
  arn: 'arn:q',
  name: 'q',
  account: '1',
  region: 'r',
  url: 'u',
  clock,
  meter: { count: () => {} },
}

test('consumers of a queue take turns, and one that has left takes nothing', () => {
  const queue = createQueue({ ...identity, queues: new Map() }, new Map())
  const took: string[] = []
  const leave = ['a', 'b', 'c'].map((who) =>
    onAvailable(queue, () => {
      if (receive(queue, { max: 1, now: clock.now() }).length > 0) took.push(who)
    }),
  )
  const send = (body: string) =>
    enqueue(queue, [{ body, messageAttributes: {}, sentAt: 0, visibleAt: 0, senderId: 's' }])
  for (const body of ['1', '2', '3', '4']) send(body)
  expect(took).toEqual(['a', 'b', 'c', 'a'])
  leave[1]?.()
  for (const body of ['5', '6']) send(body)
  expect(took.slice(4)).toEqual(['c', 'a'])
})
