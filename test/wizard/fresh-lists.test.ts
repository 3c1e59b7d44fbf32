import { expect, test } from 'vitest'
import type { CommandContext } from '../../src/cli/command-context.js'
import { SqsTriggerError } from '../../src/errors.js'
import { queueStep } from '../../src/wizard/target-steps.js'
import type { Place, Workplace } from '../../src/wizard/workplace.js'
import { scripted } from '../support/scripted-prompter.js'

const signedOut = new SqsTriggerError('CREDENTIALS_EXPIRED', 'Expired.', {
  hint: 'Sign in again:\naws sso login',
})

/** Asks for a queue where the lists of the first `broken` sessions could not be read for this reason. */
async function ask(error: SqsTriggerError, broken: number) {
  let sessions = 1
  const { prompter, asked } = scripted(['orders'])
  const queues = {
    items: () => [],
    ending: () => (sessions > broken ? { kind: 'whole' } : { kind: 'failed', error }),
    onChange: () => () => {},
    stop: () => {},
  }
  const details = { of: () => undefined, want: () => {}, onChange: () => () => {}, stop: () => {} }
  const lists = {
    queues,
    functions: queues,
    mappings: queues,
    queueDetails: details,
    functionDetails: details,
  }
  const workplace: Workplace = {
    // Of a place only these are looked at here.
    enter: async () =>
      ({
        lists,
        caller: { account: '111122223333', region: 'eu-west-1', partition: 'aws' },
      }) as unknown as Place,
    move: () => {},
    leave: () => {},
  }
  const context = {
    prompter: {
      ...prompter,
      list: async (question: Parameters<typeof prompter.list>[0]) =>
        sessions > broken ? prompter.list(question) : { kind: 'nothing' },
    },
    reporter: { note: () => {}, pause: () => {} },
    signal: new AbortController().signal,
    reconnect: () => {
      sessions += 1
    },
    // The rest of a context is not looked at.
  } as unknown as CommandContext
  const step = queueStep({ queue: undefined, function: undefined }, workplace, context)
  const answer = await step.ask({}, true).catch((failure: unknown) => failure)
  return { answer, asked, sessions }
}

test('lists that lost the session behind an open question are read anew, and the question is put again', async () => {
  const { answer, asked, sessions } = await ask(signedOut, 1)
  expect(answer).toEqual({ value: 'orders', asked: true })
  expect([asked, sessions]).toEqual([['Queue'], 2])
})

test('once: what a new session does not mend is told', async () => {
  const { answer, asked, sessions } = await ask(signedOut, 9)
  expect(answer).toBe(signedOut)
  expect([asked, sessions]).toEqual([[], 2])
})

test('another failure of a list is no reason to begin anew: the name is typed', async () => {
  const { asked, sessions } = await ask(new SqsTriggerError('THROTTLED', 'Slow down.'), 9)
  expect([asked, sessions]).toEqual([['Queue (name, URL or ARN):'], 1])
})
