import { expect, test } from 'vitest'
import { startFixJourney } from '../support/fix-journey.js'
import { type Journey, startJourney } from '../support/journey.js'
import { runByLine } from '../support/line-run.js'

interface Asked {
  readonly question: string
  readonly args: readonly string[]
  /** What is answered on the way to the question. */
  readonly lines?: readonly string[]
  /** What is typed so that it is not put. */
  readonly flags: readonly string[]
  readonly env?: Readonly<Record<string, string | undefined>>
}

const pair = ['orders', 'worker']
const wizard = [...pair, '', 'y']

/** Every question that a command puts, and what answers it beforehand. */
const table: readonly Asked[] = [
  { question: 'Queues: ', args: ['wire'], flags: ['orders'] },
  { question: 'Functions: ', args: ['wire', 'orders'], flags: ['worker'] },
  { question: 'Settings', args: ['wire'], lines: pair, flags: ['--batch-size', '5'] },
  { question: 'Connect orders to worker', args: ['wire', ...pair], lines: [''], flags: ['--yes'] },
  { question: 'Connect orders to worker', args: ['wire'], lines: [...pair, ''], flags: [...pair, '--yes'] },
  { question: 'Send a test message', args: ['wire', ...pair], flags: ['--send-test'] },
  { question: 'Send a test message', args: ['wire'], lines: wizard, flags: ['--send-test'] },
  { question: 'Send a test message', args: ['wire', ...pair], flags: ['--yes'] },
  {
    question: 'comes back for 4 days. Send a test message',
    args: ['wire', 'lonely', 'worker', '--send-test'],
    flags: ['--accept-retries'],
  },
  {
    question: 'comes back for 4 days. Send a test message',
    args: ['wire', 'lonely', 'worker', '--send-test'],
    flags: ['--body', '{}'],
  },
  { question: 'Region', args: ['wire'], flags: ['--region', 'us-east-1'], env: { AWS_REGION: undefined } },
  {
    question: 'Look elsewhere?',
    args: ['wire'],
    flags: ['--region', 'us-east-1'],
    env: { AWS_REGION: 'eu-west-1' },
  },
  {
    question: 'What now?',
    args: ['wire'],
    lines: ['short', 'worker', '', 'n', 'n'],
    flags: ['short', 'worker'],
  },
  { question: 'Queues: ', args: ['preflight'], flags: ['orders'] },
  { question: 'Functions: ', args: ['preflight', 'orders'], flags: ['worker'] },
  { question: 'Queues: ', args: ['policy'], flags: ['orders'] },
  { question: 'Queue (name, URL or ARN):', args: ['send'], flags: ['orders'] },
  { question: 'Mapping', args: ['status'], flags: ['orders'] },
  { question: 'Mapping', args: ['wait'], flags: ['orders'] },
  { question: 'Mapping', args: ['unwire'], flags: ['orders'] },
  { question: 'Disconnect wired from orders', args: ['unwire', 'orders', 'wired'], flags: ['--yes'] },
]

/** `orders` has a mapping already, to another function. */
async function startWorld(): Promise<Journey> {
  const journey = await startJourney()
  await journey.addQueue('lonely')
  await journey.addQueue('short', { VisibilityTimeout: '1' })
  return journey
}

test.each(table)(
  '$question of $args is not put with $flags',
  async ({ question, args, lines = [], flags, env }) => {
    const journey = await startWorld()
    if (question.startsWith('Mapping') || args[0] === 'unwire') await addMapping(journey)
    const given = { ...journey.env, AWS_DEFAULT_REGION: undefined, ...env }
    const asked = await runByLine(given, args, lines)
    expect(oneLine(asked.stderr)).toContain(question)
    // The input ended there: the person left.
    expect([asked.code, asked.stderr]).toEqual([130, expect.stringContaining('Cancelled.')])
    const told = await runByLine(given, [...args, ...flags], lines)
    expect(oneLine(told.stderr)).not.toContain(question)
    expect(told.code).not.toBe(2)
  },
)

const oneLine = (text: string) => text.replace(/\s+/g, ' ')

test('each setting that is asked for one by one names its flag, and any of them settles all', async () => {
  const { env } = await startWorld()
  const settings = [
    ['--batch-size', '5'],
    ['--batch-window', '5'],
    ['--max-concurrency', '5'],
    ['--report-batch-item-failures'],
    ['--filter', '{"body":{"kind":["order"]}}'],
  ]
  const asked = await runByLine(env, ['wire'], [...pair, '3', '', '', '', ''])
  expect([...asked.stderr.matchAll(/\((--[a-z-]+)\)/g)].map(([, flag]) => flag)).toEqual(
    settings.map(([flag]) => flag),
  )
  for (const flags of settings) {
    const told = await runByLine(env, ['wire', ...flags], pair)
    expect(told.stderr).toContain('Connect orders to worker')
    expect(told.stderr).not.toMatch(/^Settings$|\(--/m)
  }
})

async function addMapping(journey: Journey) {
  await journey.addFunction('wired', 'export const handler = async () => {}')
  await runByLine(journey.env, ['wire', 'orders', 'wired', '--yes'])
}

test.each([
  ['preflight', []],
  ['wire', []],
])('“Make this change” of %s --fix is not put with --yes; nor is what undoes it', async (command) => {
  const { fixerEnv, changingCalls } = await startFixJourney()
  const args = [command, 'orders', 'reader', '--only', 'role-lacks-receive-message', '--fix']
  const asked = await runByLine(fixerEnv, args)
  expect([asked.code, asked.stderr]).toEqual([130, expect.stringContaining('Make this change')])
  expect(changingCalls()).toEqual([])
  const told = await runByLine(fixerEnv, [...args, '--yes'])
  expect([told.code, told.stderr]).toEqual([0, expect.not.stringContaining('Make this change')])
  const [, id = ''] = /sqs-trigger rollback (\S+)/.exec(told.stdout) ?? []
  const undo = await runByLine(fixerEnv, ['rollback', id])
  expect([undo.code, undo.stderr]).toEqual([130, expect.stringContaining(`Undo ${id}`)])
  const undone = await runByLine(fixerEnv, ['rollback', id, '--yes'])
  expect([undone.code, undone.stderr]).toEqual([0, expect.not.stringContaining('Undo 2')])
})
