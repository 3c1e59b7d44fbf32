import { existsSync } from 'node:fs'
import { expect, test } from 'vitest'
import { startJourney } from '../support/journey.js'
import { bin, run } from '../support/run-command.js'

/** Runs a line of bash in which `$TOOL` is the built command. */
const bash = (line: string, env: Readonly<Record<string, string>> = {}) =>
  run('bash', ['-c', line], { env: { ...env, TOOL: `${process.execPath} ${bin}` } })

test('a closed pipe stops no work: the mapping is created, and the exit code is that of the work', async () => {
  const { env, json } = await startJourney()
  const { stdout } = await bash(
    `$TOOL wire orders worker --yes 2>&1 | head -1 >/dev/null; echo "ended with \${PIPESTATUS[0]}"`,
    env,
  )
  expect(stdout).toBe('ended with 0\n')
  expect((await json('list')).document.result.mappings).toMatchObject([{ state: 'Enabled' }])
})

test.each([
  ['what does not exist', 'status 11111111-2222-4333-8444-555555555555', 5],
  ['a usage error', 'list --nonsense', 2],
  ['help', 'wire --help', 0],
  ['the version', '--version', 0],
])('a pipe that nobody reads: %s', async (_what, args, code) => {
  const { env } = await startJourney()
  const { stdout } = await bash(`$TOOL ${args} 2>&1 | true; echo "ended with \${PIPESTATUS[0]}"`, env)
  expect(stdout).toBe(`ended with ${code}\n`)
})

test.skipIf(!existsSync('/dev/full')).each([
  ['--version', 1],
  ['--help', 1],
  ['list --help', 1],
  ['list', 4],
])('a full disk under %s: one sentence, no stack, exit %i', async (args, code) => {
  const ran = await bash(`$TOOL ${args} >/dev/full`)
  expect(ran.code).toBe(code)
  if (code === 1)
    expect(ran.stderr).toBe('The output cannot be written: no space is left on the device (ENOSPC).\n')
  expect(ran.stderr).not.toMatch(/^ +at /m)
})

test.skipIf(!existsSync('/dev/full'))(
  'a full disk under the messages: the run ends as it would',
  async () => {
    const ran = await bash('$TOOL list 2>/dev/full')
    expect({ code: ran.code, stdout: ran.stdout }).toEqual({ code: 4, stdout: '' })
  },
)

test.skipIf(!existsSync('/dev/full'))(
  'a full disk under what the checks found: 1 comes before 3',
  async () => {
    const { env } = await startJourney()
    const ended = (to: string) => bash(`$TOOL preflight orders worker --fail-on warning >${to}`, env)
    expect([(await ended('/dev/null')).code, (await ended('/dev/full')).code]).toEqual([3, 1])
  },
)
