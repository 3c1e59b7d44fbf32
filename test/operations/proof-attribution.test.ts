import { expect, test } from 'vitest'
import type { OperationEvent } from '../../src/operations/events.js'
import { collect } from '../support/collect.js'
import { wiredScene } from './delivery-scene.js'
import { messageId, play, type Scene, taken } from './proof-scene.js'

/** Another run, and the one in whose log the message stands. */
const other = '8d3c0000-0000-4000-8000-00000000000b'
const own = '8d3c0000-0000-4000-8000-00000000000a'
const start = (id: string) => `START RequestId: ${id} Version: $LATEST\n`
const report = (id: string) => `REPORT RequestId: ${id}\tDuration: 3.01 ms\t\n`
const thrown = (id: string) => `t\t${id}\tERROR\tInvoke Error \t{"errorType":"Error","errorMessage":"no"}\n`
const named = (id: string) => `t\t${id}\tINFO\tgot ${messageId}\n`
/** The run of an earlier message. */
const earlier = (at: number) =>
  [
    [at, start(other)],
    [at + 20, report(other)],
  ] as const

const invoked = (events: readonly OperationEvent[]) =>
  events.flatMap((event) =>
    event.type === 'proof-hop' && event.hop.hop === 'invoked'
      ? [`${event.hop.outcome} ${event.hop.detail}`]
      : [],
  )
const warnings = (events: readonly OperationEvent[]) =>
  events.flatMap((event) => (event.type === 'warning' ? [event.message] : []))

async function watch(scene: Scene) {
  const { events, result } = await collect(play(scene).operation)
  return { told: invoked(events), warned: warnings(events), proof: result.proof }
}

test('a run that began before the send is never that of the message, which comes later', async () => {
  const log = [...earlier(-900), [4_000, start(own)], [4_010, named(own)], [4_020, report(own)]] as const
  const { told, proof } = await watch({ log, queue: taken })
  expect(told).toEqual([`seen worker ran without an error (request ${own})`])
  expect(proof).toMatchObject({ level: 'strong', requestId: own })
})

test('a run just before the send hides no failure of the message', async () => {
  const log = [...earlier(-500), [3_000, start(own)], [3_010, thrown(own)], [3_020, report(own)]] as const
  const { told, proof } = await watch({
    log,
    queue: [
      [0, 0, 0],
      [250, 0, 1],
    ],
  })
  expect(told.filter((line) => line.startsWith('seen'))).toEqual([])
  expect(told[0]).toMatch(/failed/)
  expect(proof?.functionFailed).toBe(true)
})

test('when the log names the message in another run, that run is told', async () => {
  const log = [
    [100, start(other)],
    [120, report(other)],
    [9_000, start(own)],
    [9_010, named(own)],
    [9_020, thrown(own)],
  ] as const
  const { told } = await watch({
    log: log.map(([at, line]) => [at, line] as const),
    queue: [
      [0, 0, 0],
      [50, 0, 1],
    ],
  })
  expect(told.at(-1)).toMatch(`failed function worker failed: Error: no (request ${own})`)
})

test('a run in the minute before the send is told early, as the reason of a weaker proof', async () => {
  const log = [...earlier(-12_000), [300, start(own)], [320, report(own)]] as const
  const { warned, proof } = await watch({ log, queue: taken })
  const reason = /worker ran 12 s before the send as well: without the messageId in its log/
  expect(warned).toEqual([expect.stringMatching(reason)])
  expect(proof).toMatchObject({ level: 'weak' })
  expect(proof?.doubts).toEqual([expect.stringMatching(reason)])
})

test('a run on a queue that held other messages is not taken for that of the message', async () => {
  const log = [
    [300, start(own)],
    [310, thrown(own)],
    [320, report(own)],
  ] as const
  const { told, proof } = await watch({ log, queue: [[0, 2, 0]], timeoutMs: 20_000 })
  expect(proof).toMatchObject({ level: 'none', functionFailed: false })
  expect(told).toEqual([
    'cannot-tell worker ran once after the send, and failed at least once: Error: no; whether that was for this message cannot be told',
  ])
})

test('two messages in a row into a window: the run of the first is not credited to the second', async () => {
  const handler = `for (const { body } of Records) if (body === 'bad') throw new Error('bad one')`
  const { session, send } = await wiredScene({ handler, settings: { batchWindowSeconds: 3 } })
  await send({ body: 'good', prove: null })
  await session.clock.sleep(3_200, session.signal)
  await session.clock.sleep(300, session.signal)
  const { proof } = await send({ body: 'bad' })
  expect(proof).toMatchObject({ functionFailed: true })
  expect(proof?.evidence.find(({ hop }) => hop === 'invoked')?.detail).toMatch(/bad one/)
}, 60_000)
