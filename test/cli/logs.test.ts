import { expect, test, vi } from 'vitest'
import { SqsTriggerError } from '../../src/errors.js'
import { startJourney } from '../support/journey.js'
import { runHere } from '../support/run-here.js'

test('a time without a unit is refused: it may be meant in seconds or in minutes', async () => {
  const { code, stderr } = await runHere(['logs', 'orders', '--since', '5'], {})
  expect(code).toBe(2)
  expect(stderr).toContain('--since 5 says no unit')
  expect(stderr).toContain('--since 5m, for minutes')
})

test('an empty log says what was looked for in which time, and how to look further back', async () => {
  const { env } = await startJourney()
  await runHere(['wire', 'orders', 'worker', '--yes'], env)
  await runHere(['send', 'orders', '--prove'], env)
  const told = async (...words: readonly string[]) =>
    (await runHere(['logs', 'orders', ...words], env)).stderr.replaceAll(/\s+/g, ' ')
  const unknown = await told('--message', 'm-1', '--since', '90s')
  expect(unknown).toContain(
    '/aws/lambda/worker holds no line that names message m-1 in the last 1.5 minutes.',
  )
  expect(unknown).toContain(
    'A handler need not write the ids of its messages. --since 1h looks further back.',
  )
  expect(await told('--request', 'r-1')).toContain('holds no line of request r-1 in the last 10 minutes.')
  expect(await told('--request', 'r-1', '--since', '24h')).not.toContain('further back')
})

test.each([
  ['logs', '--follow'],
  ['status', '--watch'],
])('%s %s ends by Ctrl-C, which interrupts nothing', async (name, flag) => {
  const journey = await startJourney()
  await runHere(['wire', 'orders', 'worker', '--yes'], journey.env)
  const seen = journey.calls().length
  const stop = new AbortController()
  const running = runHere([name, 'orders', flag], journey.env, stop.signal)
  await vi.waitFor(() => expect(journey.calls().length).toBeGreaterThan(seen), { timeout: 15_000 })
  stop.abort(new SqsTriggerError('INTERRUPTED', 'Interrupted.'))
  const { code, stderr } = await running
  expect([code, stderr]).toEqual([130, expect.stringMatching(/^Stopped\.$/m)])
  expect(stderr).not.toContain('Nothing was changed')
})
