import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, expect, test } from 'vitest'
import { exitStatuses } from '../../../src/cli/exit-codes.js'
import { runProgram } from '../../../src/cli/program.js'
import { systemClock } from '../../../src/clock.js'
import { fakeHost } from '../../cli/fake-host.js'
import { everyCommand } from '../../support/every-command.js'
import { cleanEnv } from '../../support/run-command.js'

const folder = mkdtempSync(join(tmpdir(), 'sqs-trigger-hostile-'))
afterAll(() => rmSync(folder, { recursive: true }))

/** Nothing listens anywhere, and nothing is tried again. */
const surroundings = {
  clock: systemClock,
  wire: {
    requestHandler: {
      handle: () =>
        Promise.reject(Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' })),
      updateHttpClientConfig: () => {},
      httpHandlerConfigs: () => ({}),
    },
    retryStrategy: () => ({
      mode: 'standard',
      retry: () => Promise.reject(new Error('unused')),
      acquireInitialRetryToken: async () => ({ getRetryCount: () => 0, getRetryDelay: () => 0 }),
      refreshRetryTokenForRetry: () => Promise.reject(new Error('once is enough')),
      recordSuccess: () => {},
    }),
  },
}
const env = {
  ...cleanEnv,
  AWS_REGION: 'eu-west-1',
  AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE',
  AWS_SECRET_ACCESS_KEY: 'secret',
  XDG_STATE_HOME: folder,
}

// These serve until they are ended.
const commands = everyCommand.filter(({ name }) => name !== 'sandbox' && name !== 'demo')
const kebab = (name: string) => `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`
const flags = commands.flatMap(({ command }) => Object.keys(command.options ?? {}).map(kebab))
const usual = [
  '--json',
  '--output',
  '--region',
  '--yes',
  '--no-input',
  '--timeout',
  '--query',
  '--verbose',
  '--debug',
]
const values = [
  ...[
    'orders',
    'worker',
    '1',
    '0',
    '-1',
    '1e999',
    'NaN',
    '99999999999999999999',
    'json',
    'text',
    'ndjson',
    'junit',
  ],
  ...['', ' ', '--', '-', '=', '{}', '{"a":', '[['.repeat(2_000), '__proto__', 'constructor', '$(id)', '%00'],
  ...[
    '\u0000',
    '\u001b[2J',
    '\u202e',
    '\ud800',
    'arn:aws:sqs:',
    'https://[',
    '/dev/null',
    '/proc/self/mem',
    '@',
  ],
]
const word = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...flags, ...usual) },
  { weight: 3, arbitrary: fc.constantFrom(...values) },
  {
    weight: 1,
    arbitrary: fc.tuple(fc.constantFrom(...flags), fc.constantFrom(...values)).map((two) => two.join('=')),
  },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 12 }) },
)
const line = fc
  .tuple(
    fc.constantFrom(...commands.map(({ name }) => name), 'nothing', ''),
    fc.array(word, { maxLength: 7 }),
  )
  .map(([name, words]) => [name, ...words])

test('whatever is typed, it ends with a code of the table, and says in JSON what it has to say', async () => {
  const codes = exitStatuses.map(({ code }) => code)
  await fc.assert(
    fc.asyncProperty(line, async (argv) => {
      const [name = '', ...words] = argv
      const { host, stdout, stderr } = fakeHost([name, '--json', ...words], { env })
      const controller = new AbortController()
      const code = await runProgram({ ...host, surroundings }, controller.signal)
      expect(codes).toContain(code)
      expect(stderr()).not.toContain('This is a bug')
      const otherForm = words.some((one) =>
        /^(-o|-h|-V|--output|--help|--version|--query|-[a-z]*[ohV])/.test(one),
      )
      if (otherForm || name === 'completion') return
      expect(JSON.parse(stdout())).toMatchObject({ exitCode: code })
    }),
    { numRuns: 400 },
  )
})
