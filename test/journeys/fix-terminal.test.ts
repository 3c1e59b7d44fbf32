import { expect, test } from 'vitest'
import { startFixJourney } from '../support/fix-journey.js'
import { expectSane, openTerminal } from '../support/terminal.js'

const enter = '\r'
const ctrlC = '\u0003'
const question = 'Make this change in account 111122223333, us-east-1? (y/N)'
const [poll, log] = ['role-lacks-receive-message', 'role-lacks-log-permissions']
const preflight = ['preflight', 'orders', 'reader', '--only', `${poll},${log}`, '--fix']

test('each fix is shown with its JSON and asked about; declining one goes on with the next', async () => {
  const { fixerEnv, changingCalls } = await startFixJourney()
  const terminal = openTerminal(fixerEnv, preflight)
  await terminal.until('Fix 1 of 2')
  await terminal.until('"sqs:ReceiveMessage"')
  await terminal.until(question)
  // Enter alone does not agree.
  terminal.type(enter)
  await terminal.until('Fix 2 of 2')
  await terminal.until('"logs:PutLogEvents"')
  await terminal.until(question)
  terminal.type(`y${enter}`)
  await terminal.until('Not fixed, because you said no')
  await terminal.until('Fixed: Let role reader-role write log group')
  await terminal.until('sqs-trigger rollback 2')
  await terminal.until('1 of 2 checks failed. That is after one fix.')
  expect(await terminal.exited).toBe(3)
  expectSane(terminal.raw())
  expect(changingCalls()).toEqual(['iam:PutRolePolicy'])
})

test('declining all leaves the first answer: exit 3', async () => {
  const { fixerEnv, changingCalls } = await startFixJourney()
  const terminal = openTerminal(fixerEnv, ['preflight', 'orders', 'reader', '--only', poll, '--fix'], 40)
  await terminal.until('Make this change')
  terminal.type(`n${enter}`)
  await terminal.until('Not fixed, because you said no')
  await terminal.until('Nothing was')
  expect(await terminal.exited).toBe(3)
  expect(changingCalls()).toEqual([])
})

test('Ctrl-C at a question after a fix was made: 130, what was written, and how it is undone', async () => {
  const { fixerEnv, changingCalls } = await startFixJourney()
  const terminal = openTerminal(fixerEnv, preflight)
  await terminal.until(question)
  terminal.type(`y${enter}`)
  await terminal.until('Fix 2 of 2')
  await terminal.until(question)
  terminal.type(ctrlC)
  await terminal.until('Cancelled. Wrote policy sqs-trigger-orders-')
  await terminal.until('undo:')
  await terminal.until('sqs-trigger rollback ')
  expect(await terminal.exited).toBe(130)
  expectSane(terminal.raw())
  expect(changingCalls()).toEqual(['iam:PutRolePolicy'])
})

test.each([['--json'], ['--quiet'], ['-osarif']])(
  'with %s, too, a person sees what is asked about',
  async (flag) => {
    const { fixerEnv, changingCalls } = await startFixJourney()
    const terminal = openTerminal(fixerEnv, ['preflight', 'orders', 'reader', '--only', poll, '--fix', flag])
    await terminal.until('iam:PutRolePolicy')
    await terminal.until('"sqs:ReceiveMessage"')
    await terminal.until(question)
    terminal.type(`y${enter}`)
    expect(await terminal.exited).toBe(0)
    expect(changingCalls()).toEqual(['iam:PutRolePolicy'])
  },
)

test('wire --fix: granted, checked again, asked, wired', async () => {
  const { fixerEnv } = await startFixJourney()
  const terminal = openTerminal(fixerEnv, ['wire', 'orders', 'reader', '--fix'])
  await terminal.until(question)
  terminal.type(`y${enter}`)
  await terminal.until('Fix 2 of 2')
  await terminal.until(question)
  terminal.type(`y${enter}`)
  await terminal.until('Send a test message')
  terminal.type(enter)
  await terminal.until('Connect orders to reader')
  terminal.type(enter)
  await terminal.until('is Enabled')
  await terminal.until('Undo all fixes  sqs-trigger rollback')
  expect(await terminal.exited).toBe(0)
  expectSane(terminal.raw())
})

test('rollback shows the call and asks; "no" changes nothing: 130', async () => {
  const { fixerEnv, fixerJson, changingCalls } = await startFixJourney()
  const { document } = await fixerJson('preflight', 'orders', 'reader', '--only', poll, '--fix', '--yes')
  const { journalId } = document.result.repairs[0]
  changingCalls()
  const terminal = openTerminal(fixerEnv, ['rollback', journalId])
  await terminal.until('iam:DeleteRolePolicy')
  await terminal.until(`Undo ${journalId} in account 111122223333, us-east-1? (y/N)`)
  terminal.type(enter)
  await terminal.until('Nothing was changed')
  expect(await terminal.exited).toBe(130)
  expect(changingCalls()).toEqual([])
})
