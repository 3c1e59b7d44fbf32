import { describe, expect, test } from 'vitest'
import type { Proof } from '../../src/operations/events.js'
import { collect } from '../support/collect.js'
import { configuration, queueArn } from './fake-session.js'
import { play, reportLine, type Scene, startLine, stuck, taken, traceLine, wellRun } from './proof-scene.js'

async function prove(scene: Scene): Promise<{ readonly proof: Proof | null; readonly elapsed: number }> {
  const { fake, operation } = play(scene)
  const { result } = await collect(operation)
  return { proof: result.proof, elapsed: fake.time.elapsed() }
}
const hopOf = (proof: Proof | null, name: string) => proof?.evidence.find(({ hop }) => hop === name)

/** One run that names the message, beginning at this time in ms after the send. */
const runAt = (at: number) =>
  [
    [at, startLine],
    [at + 10, traceLine],
    [at + 20, reportLine],
  ] as const
const idle = [[0, 0, 0]] as const

describe('a given deduplication id', () => {
  const fifo = {
    deduplicationId: 'z',
    mappings: [configuration({ EventSourceArn: `${queueArn}.fifo` })],
    timeoutMs: 70_000,
  }

  const dropped = /before this send only: SQS dropped the message.*same deduplication id/
  const perhaps = /began before this send by the clock of this machine; perhaps SQS dropped the message/
  test.each([
    ['three seconds before', -3_000, dropped, true, 100],
    ['just before', -50, perhaps, null, 15_100],
  ] as const)(
    'a run %s the send proves nothing, and ends the look',
    async (_, at, detail, repeated, ended) => {
      const { proof, elapsed } = await prove({ ...fifo, log: runAt(at), queue: idle })
      expect(proof).toMatchObject({ level: 'none', functionFailed: false, requestId: null, repeated })
      expect(hopOf(proof, 'log')).toMatchObject({
        outcome: 'not-seen',
        detail: expect.stringMatching(detail),
      })
      expect(hopOf(proof, 'invoked')?.detail).toBe('no invocation of worker was seen after the send')
      expect(elapsed).toBeGreaterThanOrEqual(ended)
      expect(elapsed).toBeLessThan(ended + 2_500)
    },
  )

  test('a run without a trace from before the send proves nothing either', async () => {
    const before = wellRun.map(([at, line]) => [at - 1_500, line] as const)
    const { proof } = await prove({ ...fifo, log: before, queue: idle })
    expect(proof).toMatchObject({ level: 'none' })
    expect(hopOf(proof, 'log')?.detail).toMatch(/perhaps SQS dropped the message/)
  })

  test('a run after the send proves the delivery', async () => {
    const { proof } = await prove({ ...fifo, log: runAt(300), queue: taken })
    expect(proof).toMatchObject({ level: 'strong', functionFailed: false })
  })
})

describe('partial batch responses', () => {
  const mappings = [configuration({ FunctionResponseTypes: ['ReportBatchItemFailures'] })]

  test('the message stays in the queue: looks until the deadline, and does not count as handled', async () => {
    const { proof, elapsed } = await prove({ log: runAt(300), queue: stuck, mappings })
    expect(elapsed).toBe(90_000)
    expect(proof).toMatchObject({ level: 'strong', functionFailed: true })
    expect(hopOf(proof, 'gone')).toMatchObject({
      outcome: 'not-seen',
      detail: expect.stringMatching(/still in the queue.*returned it as failed.*1 in flight/),
    })
  })

  test('without a trace it does not count either', async () => {
    const { proof } = await prove({ log: wellRun, queue: stuck, mappings, wanted: 'medium' })
    expect(proof).toMatchObject({ level: 'none', functionFailed: true })
  })

  test('counters that lag do not hide it', async () => {
    const late = [
      [0, 0, 0],
      [2_000, 0, 1],
    ] as const
    const { proof } = await prove({ log: runAt(100), queue: late, mappings })
    expect(proof).toMatchObject({ functionFailed: true })
  })

  test.each([
    ['seen on the queue, and gone', taken],
    ['never seen on the queue', idle],
    [
      'returned once, and handled the second time',
      [
        [0, 0, 0],
        [250, 0, 1],
        [40_000, 0, 0],
      ],
    ],
  ] as const)('%s: well', async (_, queue) => {
    const { proof } = await prove({ log: runAt(300), queue, mappings })
    expect(proof).toMatchObject({ level: 'strong', functionFailed: false })
    expect(hopOf(proof, 'gone')?.outcome).toBe('seen')
  })

  test('it went to the dead-letter queue: not handled', async () => {
    const { proof } = await prove({ log: runAt(300), queue: taken, mappings, deadLetters: [0, 1] })
    expect(proof).toMatchObject({ functionFailed: true })
  })

  test('where gone cannot be told, the hop says that this cannot be told either', async () => {
    const busy = [[0, 2, 0]] as const
    const { proof } = await prove({ log: runAt(300), queue: busy, mappings })
    expect(proof).toMatchObject({ level: 'strong', functionFailed: false })
    expect(hopOf(proof, 'gone')).toMatchObject({
      outcome: 'cannot-tell',
      detail: expect.stringMatching(/returned it as failed.*cannot be told either/),
    })
  })
})

describe('a run whose end was not seen by the deadline', () => {
  const hanging = [
    [300, startLine],
    [310, traceLine],
  ] as const

  test.each([
    ['on an idle queue', stuck],
    ['on a busy queue', [[0, 2, 0]]],
  ] as const)('%s is not well', async (_, queue) => {
    const { proof } = await prove({ log: hanging, queue, timeoutMs: 8_000 })
    expect(proof).toMatchObject({ level: 'strong', functionFailed: true })
    expect(hopOf(proof, 'invoked')).toMatchObject({
      outcome: 'cannot-tell',
      detail: expect.stringMatching(/end was not seen in time/),
    })
  })

  test('is well once the message is gone: Lambda deletes it only after the run', async () => {
    const { proof } = await prove({ log: hanging, queue: taken, timeoutMs: 8_000 })
    expect(proof).toMatchObject({ level: 'strong', functionFailed: false })
  })
})
