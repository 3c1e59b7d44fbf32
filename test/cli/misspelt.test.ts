import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { doubtfulRegion } from '../../src/cli/misspelt.js'
import { runProgram } from '../../src/cli/program.js'
import { fakeHost } from './fake-host.js'

/** Nothing here may reach AWS. */
const unreachable = {
  AWS_ENDPOINT_URL: 'http://127.0.0.1:9',
  AWS_MAX_ATTEMPTS: '1',
  AWS_SHARED_CREDENTIALS_FILE: '/nowhere',
}

function configured() {
  const folder = mkdtempSync(join(tmpdir(), 'sqs-trigger-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  writeFileSync(join(folder, 'config'), '[profile production]\nregion = eu-west-1\n[profile staging]\n')
  return { AWS_CONFIG_FILE: join(folder, 'config') }
}

async function run(argv: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const { host, stderr } = fakeHost(argv, { env: { ...unreachable, ...env }, columns: 100 })
  const exitCode = await runProgram(host, new AbortController().signal)
  return { exitCode, stderr: stderr().replace(/\s+/g, ' ') }
}

test.each<[string, readonly string[], string]>([
  ['a command', ['stats'], 'did you mean status?'],
  ['a command behind help', ['help', 'prefligth'], 'did you mean preflight?'],
  ['a flag', ['list', '--regoin', 'x'], 'did you mean --region?'],
  ['a flag that is cut short', ['list', '--reg', 'x'], 'did you mean --region?'],
  ['a negated flag', ['wire', '--no-wiat'], 'did you mean --no-wait?'],
  ['a value', ['list', '--output', 'jsno'], 'did you mean json?'],
  ['a form of this command', ['preflight', '--output', 'markdwn'], 'did you mean markdown?'],
  ['a level', ['wire', '--prove=stong'], 'did you mean strong?'],
  [
    'a rule to ignore',
    ['preflight', 'a', 'b', '--ignore', 'no-dead-leter-queue'],
    'did you mean no-dead-letter-queue?',
  ],
  [
    'a rule to explain',
    ['explain', 'role-lacks-recieve-message'],
    'did you mean role-lacks-receive-message?',
  ],
  ['a shell', ['completion', 'zhs'], 'did you mean zsh?'],
  ['a function of a query', ['list', '--query', 'lenght(result)'], 'did you mean length()?'],
  ['a Region that cannot be one', ['list', '--region', 'EU_WEST_1'], 'did you mean eu-west-1?'],
])('%s that is misspelt: exit 2 and the one that was meant', async (_, argv, meant) => {
  const { exitCode, stderr } = await run(argv)
  expect([exitCode, stderr]).toEqual([2, expect.stringContaining(meant)])
})

test.each<[string, readonly string[], Readonly<Record<string, string>>]>([
  ['flag', ['list', '--profile', 'prodution'], {}],
  ['variable', ['list'], { AWS_PROFILE: 'prodution' }],
  ['twin', ['list'], { SQS_TRIGGER_PROFILE: 'prodution' }],
])('a profile that is misspelt in a %s', async (_, argv, env) => {
  const { exitCode, stderr } = await run(argv, { ...configured(), ...env })
  expect(exitCode).toBe(4)
  expect(stderr).toContain(
    'The profile "prodution" is not in your AWS config or credentials file – did you mean production?',
  )
})

test('a Region that is not known is doubted, and not refused', () => {
  const at = (region: string, endpoint: string | null = null) => doubtfulRegion({ region, endpoint })
  expect(at('eu-wset-1')).toBe('"eu-wset-1" is no Region that this version knows – did you mean eu-west-1?')
  expect(at('eu-west-1')).toBeUndefined()
  expect(at('xx-somewhere-9')).toBeUndefined()
  expect(at('eu-wset-1', 'http://127.0.0.1:4566')).toBeUndefined()
})
