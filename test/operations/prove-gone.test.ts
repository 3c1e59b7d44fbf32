import { expect, test } from 'vitest'
import { collect } from '../support/collect.js'
import { configuration, denied } from './fake-session.js'
import { play, reportLine, type Scene, startLine, taken, wellRun } from './proof-scene.js'

async function prove(scene: Partial<Scene>) {
  const { operation } = play({ log: wellRun, queue: taken, ...scene })
  const { result } = await collect(operation)
  return { proof: result.proof, gone: result.proof?.evidence.find(({ hop }) => hop === 'gone') }
}

const encrypted = configuration({ KMSKeyArn: 'arn:aws:kms:eu-west-1:111122223333:key/k' })

test.each<[string, Partial<Scene>, RegExp]>([
  [
    'who else reads the queue cannot be listed',
    { unlisted: denied('lambda:ListEventSourceMappings') },
    /cannot be seen: lambda:ListEventSourceMappings is refused$/,
  ],
  [
    'the queue is of another account',
    { caller: '444455556666' },
    /belongs to account 111122223333, whose other consumers cannot be seen$/,
  ],
  ['the filters are encrypted', { mappings: [encrypted] }, /the filters of the mapping/],
])('an empty queue says nothing where %s', async (_, scene, detail) => {
  const { proof, gone } = await prove({ timeoutMs: 20_000, ...scene })
  expect(proof).toMatchObject({ level: 'none' })
  expect(gone).toMatchObject({ outcome: 'cannot-tell', detail: expect.stringMatching(detail) })
})

test('the log is read from before the send on: a function that ran is not idle', async () => {
  const other = '8d3c0000-0000-4000-8000-00000000000b'
  const earlier = [startLine, reportLine].map((line) => line.replace(/[0-9a-f-]{36}/, other))
  const log = [...earlier.map((line, index) => [-40_000 + index, line] as const), ...wellRun]
  const { proof } = await prove({ log })
  expect(proof).toMatchObject({ level: 'weak' })
})

test('gone alone is said only when the counters of SQS have had their minute', async () => {
  const log = denied('logs:FilterLogEvents')
  expect((await prove({ log, wanted: 'weak', timeoutMs: 50_000 })).proof?.level).toBe('none')
  const { proof, gone } = await prove({ log, wanted: 'weak' })
  expect(proof?.level).toBe('weak')
  expect(gone?.detail).toBe('orders is empty again')
  expect(gone?.elapsedMs).toBeGreaterThanOrEqual(60_000)
})

test('a run without an error is enough for gone at once, and the lag is said', async () => {
  const { proof, gone } = await prove({})
  expect(proof?.level).toBe('medium')
  expect(gone?.detail).toMatch(/as SQS counts, which may lag by a minute$/)
  expect(gone?.elapsedMs).toBeLessThan(5_000)
})
