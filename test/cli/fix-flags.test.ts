import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import preflight from '../../src/cli/commands/preflight.js'
import wire from '../../src/cli/commands/wire.js'
import type { AnyCommand } from '../../src/cli/define-command.js'
import { journalFolder } from '../../src/cli/files/journal.js'
import { parseArguments } from '../../src/cli/parse-arguments.js'
import { runProgram } from '../../src/cli/program.js'
import { fakeHost } from './fake-host.js'

/** Runs without an environment, so that nothing can reach AWS: what is refused here is refused before any call. */
async function run(argv: readonly string[], options: Parameters<typeof fakeHost>[1] = {}) {
  const { host, stdout, stderr } = fakeHost(argv, { columns: 100, ...options })
  const exitCode = await runProgram(host, new AbortController().signal)
  return { exitCode, stdout: stdout(), stderr: stderr() }
}

const valuesOf = async (command: unknown, line: string) =>
  // The commands have options of many types; what they read is compared below.
  (await parseArguments(command as AnyCommand, line.split(' '))).input.values

describe('flags of preflight', () => {
  test.each<[string, object]>([
    [
      'q f',
      { fix: false, allowDrift: false, strict: undefined, failOn: undefined, exitZero: false, sample: [] },
    ],
    ['q f --strict', { strict: 'all' }],
    ['--strict q f', { strict: 'all' }],
    ['--strict core q f', { strict: 'core' }],
    ['q f --strict=all', { strict: 'all' }],
    ['q f --fail-on never --exit-zero', { failOn: 'never', exitZero: true }],
    ['q f --fix --allow-drift', { fix: true, allowDrift: true }],
    ['q f --sample a.json --sample -', { sample: ['a.json', '-'] }],
  ])('%s', async (line, expected) => {
    expect(await valuesOf(preflight, line)).toMatchObject(expected)
  })
})

test('wire takes --fix, and is judged by AWS itself: strictness is for preflight', async () => {
  expect(await valuesOf(wire, 'q f --fix --allow-drift')).toMatchObject({ fix: true, allowDrift: true })
  for (const flag of ['--strict', '--exit-zero', '--sample=x']) {
    const { exitCode, stderr } = await run(['wire', 'q', 'f', flag])
    expect([exitCode, stderr]).toEqual([2, expect.stringContaining('Unknown flag')])
  }
})

describe('what would do nothing, or cannot be asked, is refused before any call', () => {
  test.each<[string, readonly string[]]>([
    ['preflight q f --allow-drift', ['--allow-drift needs --fix.', 'Add --fix, or leave it out.']],
    ['wire q f --yes --allow-drift', ['--allow-drift needs --fix.']],
    ['preflight q f --dry-run', ['--dry-run needs --fix: without it nothing is changed anyway.']],
    ['preflight q f -n --json', ['--dry-run needs --fix']],
    [
      'preflight q f --fix',
      [
        '--yes (or --dry-run) is needed, and nobody can be asked: standard input is not a terminal.',
        'sqs-trigger preflight q f --fix --yes',
      ],
    ],
    [
      'preflight --fix',
      [
        'The queue, the function and --yes (or --dry-run) are needed',
        "preflight --fix '<queue>' '<function>' --yes",
      ],
    ],
    ['wire q f --fix', ['--yes (or --dry-run) is needed', 'sqs-trigger wire q f --fix --yes']],
    ['preflight q f --strict=some', ['--strict takes core or all, not "some".']],
    [
      'preflight q f --fail-on nevr',
      ['--fail-on takes error, warning or never, not "nevr" – did you mean never?'],
    ],
    ['wire q f --fail-on never', ['--fail-on takes error or warning, not "never"']],
    ['list -o sarif', ['--output sarif is not offered by list; it has text and json.']],
    ['wire q f -o junit --yes', ['--output junit is not offered by wire; it has text and json.']],
    ['preflight q f --sample /nonexistent/body.json', ['/nonexistent/body.json" does not exist']],
  ])('%s', async (line, sentences) => {
    const { exitCode, stdout, stderr } = await run(line.split(' '))
    expect(exitCode).toBe(2)
    const said = `${stdout}${stderr}`.replaceAll(/\n +/g, ' ')
    for (const sentence of sentences) expect(said).toContain(sentence)
  })
})

test('where a person is asked for the names, the line without questions has the flags that it needs', async () => {
  const { stderr } = await run(['preflight', '--fix', '--no-input', 'q'], { terminal: true })
  expect(stderr).toContain("sqs-trigger preflight --fix --no-input q '<function>' --yes")
})

test.each<[string, Record<string, string>, string | undefined]>([
  ['the folder for state', { XDG_STATE_HOME: '/state', HOME: '/home/ana' }, '/state/sqs-trigger/journal'],
  ['its default', { HOME: '/home/ana' }, '/home/ana/.local/state/sqs-trigger/journal'],
  ['an empty one is none', { XDG_STATE_HOME: '', HOME: '/h' }, '/h/.local/state/sqs-trigger/journal'],
  ['a relative one is none', { XDG_STATE_HOME: 'state', HOME: '/h' }, '/h/.local/state/sqs-trigger/journal'],
  ['the home folder of Windows', { USERPROFILE: '/u' }, '/u/.local/state/sqs-trigger/journal'],
  ['no home', {}, undefined],
  ['a relative home', { HOME: 'home' }, undefined],
])('the journal stands in %s', (_, env, folder) => {
  expect(journalFolder(env)).toBe(folder === undefined ? undefined : join(folder))
})
