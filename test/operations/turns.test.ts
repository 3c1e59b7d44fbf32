import { FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs'
import { expect, test } from 'vitest'
import { searchLog } from '../../src/aws/log-events.js'
import { createTurns } from '../../src/operations/waiting/turns.js'
import { fakeSession } from './fake-session.js'

const tooClose = (times: readonly number[]) =>
  times.filter((at, index) => (times[index + 2] ?? Number.POSITIVE_INFINITY) - at < 1_000)

test('two begin in a second, whoever asks, in the order in which they ask', async () => {
  const { session } = fakeSession()
  const turn = createTurns(session)
  const begun: (readonly [number, number])[] = []
  const started = session.clock.now()
  await Promise.all(
    [0, 1, 2, 3, 4].map(async (who) => {
      await turn()
      begun.push([who, session.clock.now() - started])
    }),
  )
  expect(begun).toEqual([
    [0, 0],
    [1, 0],
    [2, 1_000],
    [3, 1_000],
    [4, 2_000],
  ])
})

test('pages of several logs share the turns', async () => {
  const fake = fakeSession()
  const at: number[] = []
  fake.logs.on(FilterLogEventsCommand).callsFake(({ nextToken }: { nextToken?: string }) => {
    at.push(fake.session.clock.now())
    return nextToken === 'third' ? { events: [] } : { events: [], nextToken: nextToken ? 'third' : 'second' }
  })
  const turn = createTurns(fake.session)
  const search = (group: string) =>
    searchLog(fake.session.clients, { group, since: 0, terms: ['x'], turn }, fake.session.signal)
  expect(await Promise.all([search('a'), search('b')])).toEqual([
    { kind: 'lines', lines: [] },
    { kind: 'lines', lines: [] },
  ])
  expect(at).toHaveLength(6)
  expect(tooClose(at)).toEqual([])
})

test('whoever is told to stop does not wait for a turn', async () => {
  const fake = fakeSession()
  const turn = createTurns(fake.session)
  await Promise.all([turn(), turn()])
  fake.controller.abort(new Error('stopped'))
  await expect(turn()).rejects.toThrow('stopped')
})
