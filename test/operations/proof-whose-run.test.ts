import { describe, expect, test } from 'vitest'
import type { ProofHop } from '../../src/operations/events.js'
import { collect } from '../support/collect.js'
import { configuration, functionArn } from './fake-session.js'
import { play, reportLine, type Scene, startLine, taken, traceLine, wellRun } from './proof-scene.js'

const named = [
  [300, startLine],
  [310, traceLine],
  [320, reportLine],
] as const
const live = configuration({
  UUID: '11111111-2222-4333-8444-555555555555',
  FunctionArn: `${functionArn}:live`,
})
const other = configuration({
  UUID: '21111111-2222-4333-8444-555555555555',
  FunctionArn: `${functionArn}-two`,
})
const streamOf = (name: string, version = '$LATEST') => `2026/11/23/${name}[${version}]0123456789abcdef`
const versioned = (lines: Scene['log'], version: string) =>
  lines instanceof Error ? lines : lines.map(([at, line]) => [at, line.replace('$LATEST', version)] as const)

async function prove(scene: Partial<Scene>) {
  const { fake, operation } = play({ log: named, queue: taken, timeoutMs: 70_000, ...scene })
  const { result } = await collect(operation)
  if (result.proof === null) throw new Error('a proof was asked for')
  const { proof } = result
  const detail = (name: ProofHop['hop']) => proof.evidence.find(({ hop }) => hop === name)?.detail
  return { fake, proof, detail }
}

describe('two mappings whose functions share a log group', () => {
  const rows: readonly (readonly [string, Partial<Scene>, string])[] = [
    [
      'an alias and the function itself: $LATEST ran',
      { mappings: [live, configuration()], version: '3' },
      functionArn,
    ],
    [
      'the version of the alias ran',
      {
        mappings: [configuration(), live],
        version: '3',
        log: versioned(named, '3'),
        stream: streamOf('worker', '3'),
      },
      `${functionArn}:live`,
    ],
    ['two functions', { mappings: [other, configuration()] }, functionArn],
    [
      'two functions, the other ran',
      { mappings: [configuration(), other], stream: streamOf('worker-two') },
      `${functionArn}-two`,
    ],
  ]
  test.each(rows)('%s', async (_, scene, expected) => {
    const { proof } = await prove(scene)
    expect(proof).toMatchObject({ level: 'strong', mapping: { functionArn: expected } })
  })

  test('where the stream tells nothing, neither is named', async () => {
    const { proof, detail } = await prove({ mappings: [configuration(), other], stream: 'written-by-hand' })
    expect(proof).toMatchObject({ level: 'strong', mapping: null })
    expect(detail('log')).toMatch(/of which of worker, worker-two, the log does not tell$/)
    expect(detail('invoked')).toMatch(/^one of worker, worker-two ran/)
  })

  test('the group is asked once', async () => {
    const { fake } = await prove({ mappings: [configuration(), other], log: [], timeoutMs: 300 })
    // Two looks, of two pages each.
    expect(fake.sent('logs')).toHaveLength(4)
  })
})

describe('runs of others in the log', () => {
  test('the message in the run of another function proves nothing', async () => {
    const { proof, detail } = await prove({ stream: streamOf('slow') })
    expect(proof).toMatchObject({ level: 'weak', requestId: null })
    expect(detail('log')).toMatch(/only where slow ran, which is not what the mapping calls$/)
  })

  test('the message in a run of another version proves nothing', async () => {
    const { proof, detail } = await prove({ log: versioned(named, '3'), stream: streamOf('worker', '3') })
    expect(proof.level).toBe('weak')
    expect(detail('log')).toMatch(/only where worker, version 3 ran/)
  })

  test('a run of another function is not credited', async () => {
    const { proof, detail } = await prove({ log: wellRun, stream: streamOf('slow') })
    expect(proof).toMatchObject({ level: 'weak', requestId: null })
    expect(detail('invoked')).toBe('no invocation of worker was seen after the send')
  })

  test('a run that nobody can tell is not credited', async () => {
    const { proof, detail } = await prove({ log: wellRun, stream: 'written-by-hand' })
    expect(proof).toMatchObject({ level: 'weak', requestId: null })
    expect(detail('invoked')).toBe(
      'something ran once after the send; that it was worker, the log does not tell',
    )
  })

  test('its own run is', async () => {
    const { proof } = await prove({ log: wellRun })
    expect(proof.level).toBe('medium')
  })
})
