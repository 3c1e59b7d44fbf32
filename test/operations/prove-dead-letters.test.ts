import { describe, expect, test } from 'vitest'
import type { ProofHop } from '../../src/operations/events.js'
import { collect } from '../support/collect.js'
import { configuration, denied, functionArn, queueArn } from './fake-session.js'
import { play, reportLine, type Scene, startLine, taken, traceLine } from './proof-scene.js'

const named = [
  [300, startLine],
  [310, traceLine],
  [320, reportLine],
] as const
const partial = configuration({ FunctionResponseTypes: ['ReportBatchItemFailures'] })
const reader = configuration({
  UUID: '31111111-2222-4333-8444-555555555555',
  EventSourceArn: `${queueArn}-dlq`,
  FunctionArn: `${functionArn}-silent`,
})
/** A message that fails once is moved a second later. */
const soon = { VisibilityTimeout: '1' }

async function prove(scene: Partial<Scene>) {
  const { operation, asked } = play({
    log: named,
    queue: taken,
    deadLetters: [0, 0],
    attributes: soon,
    ...scene,
  })
  const { result } = await collect(operation)
  const hop = (name: ProofHop['hop']) => result.proof?.evidence.find((one) => one.hop === name)
  return { proof: result.proof, hop, asked }
}

describe('a message that the function may have returned, and whose dead-letter queue', () => {
  const refused = { deadLettersUnread: denied('sqs:GetQueueAttributes') }
  test.each([
    [
      'somebody reads',
      { mappings: [partial, reader] },
      /^worker-silent reads the dead-letter queue orders-dlq/,
    ],
    [
      'cannot be read',
      { mappings: [partial], ...refused },
      /^the dead-letter queue orders-dlq cannot be read/,
    ],
    ['loses messages', { mappings: [partial], deadLetters: [3, 2] as const }, /^messages went out of/],
  ])('%s: whether it was handled cannot be told', async (_, scene, detail) => {
    const { proof, hop } = await prove(scene)
    expect(proof).toMatchObject({ level: 'strong', functionFailed: true })
    expect(hop('dead-letter')).toMatchObject({
      outcome: 'cannot-tell',
      detail: expect.stringMatching(detail),
    })
    expect(hop('dead-letter')?.detail).toMatch(/; the message may have gone through it$/)
  })

  test('counts no more than before: well', async () => {
    const { proof, hop } = await prove({ mappings: [partial] })
    expect(proof).toMatchObject({ level: 'strong', functionFailed: false })
    expect(hop('dead-letter')).toMatchObject({
      outcome: 'not-seen',
      detail: 'the dead-letter queue orders-dlq counts no more messages than before',
    })
  })

  test('cannot have it yet: well, and what cannot be seen is said', async () => {
    const { proof, hop } = await prove({
      mappings: [partial, reader],
      attributes: { VisibilityTimeout: '60' },
    })
    expect(proof).toMatchObject({ level: 'strong', functionFailed: false })
    expect(hop('dead-letter')).toMatchObject({ outcome: 'cannot-tell' })
  })
})

test('a run whose log tells failures is well, though the dead-letter queue cannot be seen', async () => {
  const { proof } = await prove({ mappings: [configuration(), reader] })
  expect(proof).toMatchObject({ level: 'strong', functionFailed: false })
})

test('a run whose log tells none is only a run where the dead-letter queue cannot be seen', async () => {
  const { hop } = await prove({ mappings: [configuration(), reader], runtime: 'java21' })
  expect(hop('invoked')?.detail).toMatch(/^worker ran to its end/)
})

test('the last look waits: no three questions to SQS within a second', async () => {
  const { asked } = await prove({})
  const close = asked.filter(
    (at, index) => at > 0 && (asked[index + 2] ?? Number.POSITIVE_INFINITY) - at < 1_000,
  )
  expect(asked.length).toBeGreaterThan(4)
  expect(close).toEqual([])
})
