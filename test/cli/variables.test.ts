import { describe, expect, test } from 'vitest'
import { commandList } from '../../src/cli/command-list.js'
import { readAsked } from '../../src/cli/find-command.js'
import { globalOptions } from '../../src/cli/options/global-options.js'
import { variableOf } from '../../src/cli/options/variables.js'
import { parseArguments } from '../../src/cli/parse-arguments.js'
import { runProgram } from '../../src/cli/program.js'
import { fakeHost } from './fake-host.js'

type Env = Readonly<Record<string, string>>

const load = async (name: string) => {
  const module = await commandList.find((entry) => entry.name === name)?.load()
  if (!module) throw new Error(`no command ${name}`)
  return module.default
}
const parse = async (name: string, line: string, env: Env) => {
  const argv = line.split(' ').filter((word) => word !== '')
  const { input, globals, variables } = await parseArguments(await load(name), argv, env)
  return { ...input.values, ...globals, set: variables.map(({ variable }) => variable) }
}

test.each<[string, string, string, Env, object]>([
  ['a number', 'wire', '', { SQS_TRIGGER_BATCH_SIZE: '100' }, { batchSize: 100 }],
  ['a time', 'wire', '', { SQS_TRIGGER_TIMEOUT: '2m' }, { timeout: 120_000 }],
  ['a word', 'preflight', '', { SQS_TRIGGER_STRICT: 'core' }, { strict: 'core' }],
  ['a name', 'list', '', { SQS_TRIGGER_REGION: 'eu-west-1' }, { region: 'eu-west-1' }],
  ['a switch', 'wire', '', { SQS_TRIGGER_YES: '1' }, { yes: true }],
  ['a switch in words', 'wire', '', { SQS_TRIGGER_QUIET: 'True' }, { quiet: true }],
  ['a switch that is off', 'wire', '', { SQS_TRIGGER_YES: '0' }, { yes: false }],
  ['--no-wait by its own name', 'wire', '', { SQS_TRIGGER_NO_WAIT: '1' }, { wait: false }],
  ['--no-wait by the positive', 'wire', '', { SQS_TRIGGER_WAIT: 'false' }, { wait: false }],
  ['a switch that was left unsaid', 'list', '', { SQS_TRIGGER_ACCESSIBLE: '1' }, { accessible: true }],
  ['its negative', 'list', '', { SQS_TRIGGER_ACCESSIBLE: '0' }, { accessible: false }],
  ['both, of one mind', 'wire', '', { SQS_TRIGGER_INPUT: '0', SQS_TRIGGER_NO_INPUT: '1' }, { input: false }],
  [
    'several values, one a line',
    'wire',
    '',
    { SQS_TRIGGER_FILTER: '{"body":{"a":[1]}}\n{"body":{"b":[1,2]}}\n' },
    { filter: ['{"body":{"a":[1]}}', '{"body":{"b":[1,2]}}'] },
  ],
  [
    'nothing, when it is empty',
    'wire',
    '',
    { SQS_TRIGGER_YES: '', SQS_TRIGGER_REGION: '' },
    { yes: false, set: [] },
  ],
  [
    'nothing, when the flag is typed',
    'wire',
    '--batch-size 5',
    { SQS_TRIGGER_BATCH_SIZE: '100' },
    { batchSize: 5, set: [] },
  ],
  [
    'nothing bad, when the flag is typed',
    'wire',
    '--wait',
    { SQS_TRIGGER_WAIT: '0' },
    { wait: true, set: [] },
  ],
  [
    'nothing against --verbose',
    'list',
    '--verbose',
    { SQS_TRIGGER_QUIET: '1' },
    { verbose: true, quiet: false },
  ],
  [
    'nothing against --json',
    'list',
    '--json',
    { SQS_TRIGGER_OUTPUT: 'text' },
    { json: true, output: undefined },
  ],
  ['nothing to a command without the flag', 'list', '', { SQS_TRIGGER_BATCH_SIZE: 'x' }, { set: [] }],
  ['nothing to a command that does not obey it', 'list', '', { SQS_TRIGGER_DRY_RUN: '1' }, { dryRun: false }],
  [
    'nothing without the flag that it needs',
    'wire',
    '',
    { SQS_TRIGGER_PROVE: 'strong' },
    { prove: undefined },
  ],
  [
    'what it needs may be a variable, too',
    'wire',
    '',
    { SQS_TRIGGER_PROVE: 'strong', SQS_TRIGGER_SEND_TEST: '1' },
    { prove: 'strong', sendTest: true },
  ],
  ['nothing of AWS to a local command', 'demo', '', { SQS_TRIGGER_PROFILE: 'prod' }, { profile: undefined }],
])('a variable gives %s', async (_, command, line, env, wanted) => {
  expect(await parse(command, line, env)).toMatchObject(wanted)
})

test.each<[Env, RegExp]>([
  [
    { SQS_TRIGGER_BATCH_SIZE: 'x' },
    /^SQS_TRIGGER_BATCH_SIZE takes a whole number from 1 to 10000, not "x"\.$/,
  ],
  [{ SQS_TRIGGER_TIMEOUT: 'soon' }, /^SQS_TRIGGER_TIMEOUT takes a time/],
  [{ SQS_TRIGGER_OUTPUT: 'jsn' }, /^SQS_TRIGGER_OUTPUT takes text or json, .*did you mean json\?$/],
  [{ SQS_TRIGGER_YES: 'maybe' }, /^SQS_TRIGGER_YES takes 1 or 0, not "maybe"\.$/],
  [{ SQS_TRIGGER_REGION: 'eu\u0007' }, /^SQS_TRIGGER_REGION has a control character/],
  [
    { SQS_TRIGGER_WAIT: '1', SQS_TRIGGER_NO_WAIT: '1' },
    /^SQS_TRIGGER_WAIT and SQS_TRIGGER_NO_WAIT contradict/,
  ],
  [
    { SQS_TRIGGER_QUIET: '1', SQS_TRIGGER_VERBOSE: '1' },
    /^SQS_TRIGGER_QUIET and SQS_TRIGGER_VERBOSE contradict/,
  ],
])('%j is named in the error', async (env, said) => {
  await expect(parse('wire', '', env)).rejects.toMatchObject({
    code: 'USAGE',
    message: expect.stringMatching(said),
  })
})

test('an example shows how a variable is set', async () => {
  await expect(parse('wire', '', { SQS_TRIGGER_BATCH_SIZE: '0' })).rejects.toMatchObject({
    hint: 'for example: SQS_TRIGGER_BATCH_SIZE=10',
  })
})

describe('a whole run', () => {
  const run = async (argv: readonly string[], env: Env) => {
    const { host, stdout, stderr } = fakeHost(argv, { env })
    const exitCode = await runProgram(host, new AbortController().signal)
    return { exitCode, stdout: stdout(), stderr: stderr() }
  }

  test('says where a flag comes from that nobody typed', async () => {
    const { exitCode, stderr } = await run(['list'], { SQS_TRIGGER_OUTPUT: 'junit' })
    expect([exitCode, stderr]).toEqual([2, expect.stringContaining('--output comes from SQS_TRIGGER_OUTPUT')])
    const both = await run(['wire', 'a', 'b', '--no-wait'], { SQS_TRIGGER_SEND_TEST: '1' })
    expect(both.stderr).toContain('--send-test comes from SQS_TRIGGER_SEND_TEST')
  })

  test('answers in the form of the variable, also where the arguments cannot be read', async () => {
    const { exitCode, stdout } = await run(['list', '--nonsense'], { SQS_TRIGGER_OUTPUT: 'json' })
    expect([exitCode, JSON.parse(stdout)]).toMatchObject([2, { ok: false, exitName: 'USAGE' }])
    expect((await run(['list', '--help'], { SQS_TRIGGER_JSON: '1' })).stdout).toContain('EXAMPLES')
  })
})

test('the form is known from the variables before anything is read', () => {
  const formatOf = (argv: readonly string[], env: Env) => readAsked(argv, env).format
  expect(formatOf(['list'], { SQS_TRIGGER_JSON: '1' })).toBe('json')
  expect(formatOf(['list', '-o', 'text'], { SQS_TRIGGER_OUTPUT: 'json' })).toBe('text')
  expect(formatOf(['list'], { SQS_TRIGGER_OUTPUT: 'nonsense' })).toBe('text')
})

test('every flag of every command has a variable of its own', async () => {
  for (const { name } of commandList) {
    const names = Object.keys({ ...globalOptions, ...(await load(name)).options })
    const variables = names.map(variableOf)
    expect(new Set(variables).size, name).toBe(names.length)
    // SQS_TRIGGER_NO_… is the negative of another.
    expect(variables.filter((variable) => variable.startsWith('SQS_TRIGGER_NO_'))).toEqual([])
  }
})
