import { ListEventSourceMappingsCommand } from '@aws-sdk/client-lambda'
import { expect, test } from 'vitest'
import { mappingReference } from '../../src/cli/mapping-reference.js'
import { openStreams } from '../../src/cli/streams.js'
import { SqsTriggerError } from '../../src/errors.js'
import { runToEnd } from '../../src/operations/run-to-end.js'
import { configuration, denied, fakeSession, uuid } from '../operations/fake-session.js'
import { scripted } from '../support/scripted-prompter.js'
import { fakeHost } from './fake-host.js'

type Context = Parameters<typeof mappingReference>[1]

function asking(answers: readonly string[], found: number | Error) {
  const fake = fakeSession()
  const listed = fake.lambda.on(ListEventSourceMappingsCommand)
  if (typeof found === 'number') {
    const one = (n: number) =>
      configuration(n === 0 ? {} : { UUID: uuid.replace(/^.{8}/, String(10_000_000 + n)) })
    listed.resolves({ EventSourceMappings: Array.from({ length: found }, (_, n) => one(n)) })
  } else listed.rejects(found)
  const { prompter, asked } = scripted(answers)
  const { host } = fakeHost([])
  const context: Context = {
    host,
    streams: openStreams(host, { color: undefined, ascii: false, accessible: undefined, input: true }),
    prompter,
    // All of a reporter that is looked at here.
    reporter: { pause: () => {} } as Context['reporter'],
    session: async () => fake.session,
    run: (operation) => runToEnd(operation),
    signal: new AbortController().signal,
  }
  return { context, asked }
}

const unnamed = { mapping: undefined, function: undefined }

const typing = 'Mapping (UUID, its beginning, or a queue):'

test('a name that was typed asks nobody, where it means one', async () => {
  const { context, asked } = asking([], 1)
  expect(await mappingReference({ mapping: 'orders', function: undefined }, context)).toBe('orders')
  expect(asked).toEqual([])
})

test.each([
  ['of several of a queue one is chosen', { mapping: 'orders', function: undefined }, 2, uuid],
  ['not where the function says which', { mapping: 'orders', function: 'worker' }, 2, 'orders'],
  ['not where a UUID was typed', { mapping: uuid, function: undefined }, 2, uuid],
  [
    'nor where there are more than anybody reads through',
    { mapping: 'orders', function: undefined },
    31,
    'orders',
  ],
] as const)('%s', async (_, named, found, chosen) => {
  const { context, asked } = asking([uuid], found)
  expect(await mappingReference(named, context)).toBe(chosen)
  expect(asked).toHaveLength(named.mapping === 'orders' && chosen === uuid ? 1 : 0)
})

test('a few are chosen from', async () => {
  const { context, asked } = asking([uuid], 1)
  expect(await mappingReference(unnamed, context)).toBe(uuid)
  expect(asked).toEqual([`Mapping ${uuid}|`])
})

test.each<[string, readonly string[], number | Error]>([
  ['none', ['orders'], 0],
  ['more than anybody reads through', ['orders'], 31],
  ['a list that is refused', ['orders'], denied('lambda:ListEventSourceMappings')],
  ['another than those', ['', 'orders'], 2],
])('%s: one types', async (_, answers, found) => {
  const { context, asked } = asking(answers, found)
  expect(await mappingReference(unnamed, context)).toBe('orders')
  expect(asked.at(-1)).toBe(typing)
})

test('what else goes wrong is told', async () => {
  const { context } = asking([], new Error('socket hang up'))
  await expect(mappingReference(unnamed, context)).rejects.toThrow(SqsTriggerError)
})
