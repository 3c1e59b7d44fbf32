import { describe, expect, test } from 'vitest'
import type { ProofHop } from '../../src/operations/events.js'
import { collect } from '../support/collect.js'
import { configuration } from './fake-session.js'
import { play, reportLine, type Scene, startLine, stuck, taken, traceLine } from './proof-scene.js'

const named = (...own: readonly string[]) =>
  [[300, startLine], [310, traceLine], ...own.map((line) => [320, line] as const), [340, reportLine]] as const
const java =
  'no order: java.lang.IllegalStateException\njava.lang.IllegalStateException: no order\n\tat a.Orders.take(Orders.java:7)\n'
const caught = 'java.lang.IllegalStateException: no order\n\tat a.Orders.take(Orders.java:7)\n'
const busy = [[0, 2, 0]] as const

async function prove(scene: Partial<Scene>) {
  const { fake, operation } = play({ log: named(), queue: taken, runtime: 'java21', ...scene })
  const { events, result } = await collect(operation)
  if (result.proof === null) throw new Error('a proof was asked for')
  const { proof } = result
  const hop = (name: ProofHop['hop']) => proof.evidence.find((one) => one.hop === name)
  const told = events.flatMap((event) => (event.type === 'proof-hop' ? [event.hop.detail] : []))
  return { proof, hop, told, elapsed: fake.time.elapsed() }
}

describe('the message stays after a run that ended without a word', () => {
  test.each([
    ['Java', 'java21'],
    ['Node', 'nodejs20.x'],
    ['a runtime of their own', 'provided.al2023'],
  ])('%s', async (_, runtime) => {
    const { proof, hop, told, elapsed } = await prove({ queue: stuck, runtime })
    expect(proof).toMatchObject({ level: 'strong', functionFailed: true })
    expect(hop('invoked')).toMatchObject({
      outcome: 'cannot-tell',
      detail: expect.stringMatching(
        /^worker ran to its end .* and yet the message stays in the queue: it failed in a way/,
      ),
    })
    expect(hop('gone')?.detail).toBe(
      'the message is still in the queue after the run has ended: orders counts 0 waiting, 1 in flight, 0 delayed',
    )
    expect(told.join()).not.toMatch(/without an error/)
    expect(elapsed).toBe(90_000)
  })

  test('what looks like an error is shown with it', async () => {
    const { proof, hop } = await prove({ log: named(caught), queue: stuck })
    expect(proof.functionFailed).toBe(true)
    expect(hop('invoked')).toMatchObject({
      outcome: 'failed',
      detail: expect.stringMatching(/its log shows java\.lang\.IllegalStateException: no order$/),
      errorLines: ['java.lang.IllegalStateException: no order', '\tat a.Orders.take(Orders.java:7)'],
    })
  })

  test('an error that nobody caught ends the wait: every line of the run is read', async () => {
    const { proof, hop, elapsed } = await prove({ log: named(java), queue: stuck })
    expect(proof.functionFailed).toBe(true)
    expect(hop('invoked')).toMatchObject({
      outcome: 'failed',
      detail: expect.stringMatching(/worker failed: java\.lang\.IllegalStateException: no order/),
    })
    expect(elapsed).toBeLessThan(10_000)
  })

  test('before the counters had their time, it may be they that lag', async () => {
    const { proof, hop } = await prove({ log: named(caught), queue: stuck, timeoutMs: 8_000 })
    expect(proof.functionFailed).toBe(true)
    expect(hop('invoked')).toMatchObject({ outcome: 'cannot-tell' })
  })
})

describe('where gone cannot be told', () => {
  test('a run that its log says nothing of was only a run', async () => {
    const { proof, hop } = await prove({ queue: busy })
    expect(proof).toMatchObject({ level: 'strong', functionFailed: false })
    expect(hop('invoked')).toMatchObject({
      outcome: 'seen',
      detail: expect.stringMatching(/ran to its end .*; whether without an error, its log does not tell$/),
    })
  })

  test('one that shows what may be an error is not well', async () => {
    const { proof, hop } = await prove({ log: named(caught), queue: busy })
    expect(proof).toMatchObject({ level: 'strong', functionFailed: true })
    expect(hop('invoked')).toMatchObject({ outcome: 'cannot-tell', errorLines: expect.anything() })
  })

  test('Node tells its errors', async () => {
    const { hop } = await prove({ queue: busy, runtime: 'nodejs20.x' })
    expect(hop('invoked')?.detail).toMatch(/^worker ran without an error/)
  })
})

test('gone, the message was handled, whatever the log shows', async () => {
  const { proof, hop } = await prove({ log: named(caught) })
  expect(proof).toMatchObject({ level: 'strong', functionFailed: false })
  expect(hop('invoked')).toMatchObject({ outcome: 'seen', detail: expect.stringMatching(/without an error/) })
  expect(hop('gone')?.detail).toBe('orders is empty again, as SQS counts, which may lag by a minute')
})

test('counters that lag do not hide a failure that its log does not tell', async () => {
  const late = [
    [0, 0, 0],
    [3_000, 0, 1],
  ] as const
  const { proof, told } = await prove({ queue: late })
  expect(proof).toMatchObject({ functionFailed: true })
  expect(told.join()).not.toMatch(/without an error/)
})

test('medium needs a run that was without an error', async () => {
  const silent = [
    [300, startLine],
    [340, reportLine],
  ] as const
  const { proof } = await prove({ log: silent, queue: stuck, mappings: [configuration()] })
  expect(proof).toMatchObject({ level: 'none', functionFailed: true })
})
