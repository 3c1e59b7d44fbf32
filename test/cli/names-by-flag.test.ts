import { describe, expect, test } from 'vitest'
import { commandList } from '../../src/cli/command-list.js'
import { parseArguments } from '../../src/cli/parse-arguments.js'
import { withWordsInPlace } from '../../src/cli/place-words.js'
import { runProgram } from '../../src/cli/program.js'
import { typedLine } from '../../src/cli/typed-line.js'
import { fakeHost } from './fake-host.js'

const load = async (name: string) => {
  const module = await commandList.find((entry) => entry.name === name)?.load()
  if (!module) throw new Error(`no command ${name}`)
  return module.default
}

async function parse(line: string, env: Readonly<Record<string, string>> = {}) {
  const [name = '', ...argv] = line.split(' ')
  const command = await load(name)
  const { input, words } = await parseArguments(command, argv, env)
  return { command, argv: [name, ...argv], positionals: input.positionals, words }
}

const both = { queue: 'orders', function: 'worker' }

describe.each(['wire', 'preflight', 'policy'])('%s', (name) => {
  test.each<[string, string, Readonly<Record<string, string>>, object]>([
    ['both as flags', '--queue orders --function=worker', {}, both],
    ['the function alone', '--function worker', {}, { queue: undefined, function: 'worker' }],
    ['a word and a flag', 'orders --function worker', {}, both],
    ['the same twice', 'orders worker --queue orders', {}, both],
    ['two variables', '', { SQS_TRIGGER_QUEUE: 'orders', SQS_TRIGGER_FUNCTION: 'worker' }, both],
    ['a word before a variable', 'orders worker', { SQS_TRIGGER_QUEUE: 'other' }, both],
  ])('takes %s', async (_, line, env, expected) => {
    expect((await parse(`${name} ${line}`.trim(), env)).positionals).toEqual(expected)
  })
})

test('variables for wire do not get in the way of an explanation', async () => {
  expect((await parse('explain queue-not-found', { SQS_TRIGGER_QUEUE: 'orders' })).positionals).toEqual({
    what: 'queue-not-found',
    queue: undefined,
    function: undefined,
  })
})

test('two different names for one thing are refused, naming both', async () => {
  const { host, stderr } = fakeHost(['wire', 'orders', 'worker', '--function', 'other'])
  expect(await runProgram(host, new AbortController().signal)).toBe(2)
  expect(stderr()).toContain('The function is given twice, as "worker" and with --function as "other".')
})

test.each([
  ['wire --queue orders --function worker --yes', {}, 'wire --yes orders worker'],
  ['wire orders --function worker', {}, 'wire orders worker'],
  ['wire --yes', { SQS_TRIGGER_QUEUE: 'orders' }, 'wire --yes orders'],
  ['wire --function worker', {}, 'wire --function worker'],
  ['list --queue orders', {}, 'list --queue orders'],
])('%s is printed with the names in their places', async (line, env, expected) => {
  const { argv, command, positionals, words } = await parse(line, env)
  expect(withWordsInPlace(argv, command, positionals, words).join(' ')).toBe(expected)
})

test('what is missing stands beside the flag of what comes after it', async () => {
  const { host, stderr } = fakeHost(['preflight', '--function', 'worker'])
  expect(await runProgram(host, new AbortController().signal)).toBe(2)
  expect(stderr()).toContain('The queue is needed')
  expect(stderr()).toContain("sqs-trigger preflight --function worker '<queue>'")
})

test('once the queue has been asked for, the function needs no flag', () => {
  const argv = ['wire', '--function', 'worker', '--batch-size', '5']
  expect(typedLine(argv, { words: ['orders', 'worker'] })).toBe(
    'sqs-trigger wire --batch-size 5 orders worker',
  )
})
