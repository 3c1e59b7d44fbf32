import { describe, expect, test } from 'vitest'
import { queueAddress } from '../../src/arn.js'
import type { LambdaFunction } from '../../src/aws/lambda-function.js'
import type { Queue } from '../../src/aws/queue.js'
import { functionSource } from '../../src/wizard/function-source.js'
import { openLazyDetails } from '../../src/wizard/lazy-details.js'
import { openLiveList } from '../../src/wizard/live-list.js'
import { queueSource } from '../../src/wizard/queue-source.js'
import type { TargetLists } from '../../src/wizard/target-lists.js'

const place = { partition: 'aws', region: 'eu-west-1', account: '111122223333' }
const queueOf = (name: string) => queueAddress({ ...place, name })
const functionArn = (name: string) => `arn:aws:lambda:eu-west-1:111122223333:function:${name}`

/** What is read of a queue, as far as a row shows it. */
const details: Readonly<Record<string, unknown>> = {
  orders: {
    messages: { visible: 1234 },
    visibilityTimeoutSeconds: 30,
    redrive: { deadLetterQueueArn: queueOf('dead').arn },
  },
  dead: { messages: { visible: 0 }, visibilityTimeoutSeconds: 30, redrive: null },
  busy: { messages: { visible: 1 }, visibilityTimeoutSeconds: 5, redrive: null },
}

async function lists(): Promise<TargetLists> {
  const wired = (queue: string, name: string) => ({
    uuid: '7c1d2f0a',
    queueArn: queueOf(queue).arn,
    functionArn: functionArn(name),
    state: 'Enabled',
    batchSize: 10,
    batchWindowSeconds: 0,
    reportBatchItemFailures: false,
    eventCountMetrics: false,
  })
  const made: TargetLists = {
    queues: openLiveList(async function* () {
      yield ['orders', 'dead', 'busy', 'hidden', 'b.fifo'].map(queueOf)
    }),
    functions: openLiveList(async function* () {
      yield [
        { name: 'worker', arn: functionArn('worker'), runtime: 'nodejs22.x', timeoutSeconds: 3 },
        { name: 'image', arn: functionArn('image'), runtime: undefined, timeoutSeconds: 900 },
      ]
    }),
    mappings: openLiveList(async function* () {
      yield [wired('busy', 'worker:live'), wired('busy', 'other')]
    }),
    queueDetails: openLazyDetails(async (name) => {
      const known = details[name]
      if (known === undefined) throw new Error('refused')
      // Only what a row shows.
      return known as Queue
    }),
    functionDetails: openLazyDetails(async (name) => {
      const lastUpdateStatus = name === 'worker' ? 'InProgress' : 'Successful'
      // Only what a row shows.
      return { state: 'Active', lastUpdateStatus } as LambdaFunction
    }),
    stop: () => {},
  }
  await new Promise((resolve) => setImmediate(resolve))
  return made
}

/** Rows as they are once everything that they show was read. */
async function read(source: ReturnType<typeof queueSource>) {
  source.look(source.rows())
  await new Promise((resolve) => setImmediate(resolve))
  return Object.fromEntries(
    source.rows().map((row) => [row.key, [...source.cells(row), source.mark?.(row) ?? '']]),
  )
}

describe('what helps to choose', () => {
  test('a queue: type, backlog, visibility timeout, and what speaks against it', async () => {
    expect(await read(queueSource(await lists()))).toEqual({
      orders: ['standard', '1,234 waiting', 'visibility 30 s', ''],
      dead: ['standard', '0 waiting', 'visibility 30 s', 'dead-letter queue of orders'],
      busy: ['standard', '1 waiting', 'visibility 5 s', 'wired already to worker:live and 1 more'],
      hidden: ['standard', 'cannot be read', '', ''],
      'b.fifo': ['FIFO', 'cannot be read', '', ''],
    })
  })

  test('a function: runtime, timeout, state, and what speaks against it for this queue', async () => {
    const all = await lists()
    const busy = { arn: queueOf('busy').arn, name: 'busy', visibilityTimeoutSeconds: 5 }
    expect(await read(functionSource(all, busy))).toEqual({
      worker: ['nodejs22.x', 'timeout 3 s', 'Active, being updated', 'wired already'],
      image: ['image', 'timeout 900 s', 'Active', "times out after the queue's 5 s"],
    })
    expect((await read(functionSource(all, null))).worker?.at(-1)).toBe('')
  })
})
