import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { awsDelays } from '../../src/sandbox/world.js'
import { openScreen } from '../support/live-screen.js'
import { startSso, writesToken } from '../support/sso-journey.js'
import { expectSane } from '../support/terminal.js'

const enter = '\r'
const hour = 3_600_000

/** Keys that have expired as soon as they came, so that each call needs the session; a mapping that takes an hour. */
const startSlow = () =>
  startSso(writesToken, Date.now(), { delays: { ...awsDelays, mappingTransition: hour } })

/** A wiring whose session expires while the mapping is being created: the offer to sign in is on the screen. */
async function signedOutWhileWiring() {
  const { env, expire, journey } = await startSlow()
  const screen = openScreen(env, ['wire', 'orders', 'worker', '--profile', 'dev'])
  await screen.asks('Run “aws sso login')
  screen.type(enter)
  await screen.asks('Send a test message')
  screen.type(`n${enter}`)
  await screen.asks('Connect orders to worker')
  screen.type(`y${enter}`)
  await screen.shows('· Creating')
  expire()
  await screen.asks('Run “aws sso login')
  return { screen, journey }
}

test('a command that reads offers to sign in, and answers; stdout holds the answer alone', async () => {
  const { env, asked } = await startSso(writesToken)
  const folder = mkdtempSync(join(tmpdir(), 'sqs-trigger-answer-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const stdoutFile = join(folder, 'answer.json')
  const screen = openScreen(env, ['list', '--json', '--profile', 'dev'], { stdoutFile })
  await screen.asks('Run “aws sso login --profile dev” now?')
  screen.type(enter)
  await screen.shows('Opening the browser')
  expect(await screen.exited).toBe(0)
  expect(JSON.parse(readFileSync(stdoutFile, 'utf8'))).toMatchObject({ ok: true, command: 'list' })
  expect(asked()).toBe('sso login --profile dev')
  expectSane(screen.raw())
})

test('a wait whose session expires goes on after the sign-in, and creates nothing twice', async () => {
  const { screen, journey } = await signedOutWhileWiring()
  await journey.advance(hour)
  screen.type(enter)
  expect(await screen.exited).toBe(0)
  await screen.shows('✓ orders → worker is Enabled')
  const created = journey.calls().filter(({ operation }) => operation === 'CreateEventSourceMapping')
  expect(created).toHaveLength(1)
  expectSane(screen.raw())
})

test.each([
  [
    'declines',
    `n${enter}`,
    4,
    'Your AWS SSO session has expired or was never started. Created event source mapping',
  ],
  ['leaves', '\u0003', 130, 'exists, and AWS keeps working on it.'],
])(
  'a person who %s in the middle is told what exists, and which command goes on',
  async (_, keys, code, said) => {
    const { screen } = await signedOutWhileWiring()
    screen.type(keys)
    expect(await screen.exited).toBe(code)
    await screen.shows('continue:')
    const words = screen.lines().join(' ').replace(/\s+/g, ' ')
    expect(words).toContain(said)
    expect(words).toMatch(/continue: sqs-trigger wait [0-9a-f-]{36}/)
    expectSane(screen.raw())
  },
)
