import { expect, test } from 'vitest'
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
