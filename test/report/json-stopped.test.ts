import { describe, expect, test, vi } from 'vitest'
import { readAsked } from '../../src/cli/find-command.js'
import { runProgram } from '../../src/cli/program.js'
import { SqsTriggerError } from '../../src/errors.js'
import { fakeHost } from '../cli/fake-host.js'
import { startJourney } from '../support/journey.js'
import { checksFailed, machineFormats, preflightEnded, preflightEvents, reported } from './json-run.js'
import { all, parseXml } from './json-xml.js'
import { findings } from './samples.js'

/** Where each form says that the run was interrupted. */
const told: Readonly<Record<(typeof machineFormats)[number], (stdout: string) => unknown>> = {
  json: (stdout) => JSON.parse(stdout).error.code,
  ndjson: (stdout) => JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '').error.code,
  junit: (stdout) => all(parseXml(stdout), 'error')[0]?.attributes.type,
  sarif: (stdout) => JSON.parse(stdout).runs[0].invocations[0].toolExecutionNotifications[0].descriptor.id,
  github: (stdout) => /^::error title=sqs-trigger%3A ([A-Z]+)::[^\n]*\n$/.exec(stdout)?.[1],
  markdown: (stdout) => (stdout.includes('**Interrupted. Nothing was changed.**') ? 'INTERRUPTED' : stdout),
}

describe('a run that is stopped while it reads', () => {
  test.each(machineFormats)('leaves one document as %s, and exit code 130', async (format) => {
    const { env, faults, calls } = await startJourney()
    faults.inject({ service: 'sqs', operation: 'GetQueueAttributes', effect: { kind: 'hang' } })
    const { host, stdout, stderr } = fakeHost(['preflight', 'orders', 'worker', '-o', format], { env })
    const stop = new AbortController()
    const ended = runProgram(host, stop.signal)
    await vi.waitFor(
      () => expect(calls().map(({ operation }) => operation)).toContain('GetQueueAttributes'),
      {
        timeout: 15_000,
      },
    )
    stop.abort(new SqsTriggerError('INTERRUPTED', 'Interrupted.'))
    expect(await ended).toBe(130)
    expect(told[format](stdout())).toBe('INTERRUPTED')
    expect(stderr()).toContain('Interrupted. Nothing was changed.')
  })
})

test.each<[readonly string[], string]>([
  [['preflight', '--json'], 'json'],
  [['preflight', '--output', 'sarif'], 'sarif'],
  [['preflight', '--output=junit'], 'junit'],
  [['-o', 'github', 'preflight'], 'github'],
  [['preflight', '-omarkdown'], 'markdown'],
  [['preflight', '-o=ndjson'], 'ndjson'],
  [['preflight', '-o', 'sarif', '--json'], 'json'],
  [['preflight', '--output', 'jsn'], 'text'],
  [['sandbox', '--', 'sqs-trigger', 'list', '--json'], 'text'],
  [['preflight'], 'text'],
])('the form of %j is known before the flags are read: %s', (argv, format) => {
  expect(readAsked(argv).format).toBe(format)
})

test('help is text where the form has no place for it', async () => {
  const help = async (...form: string[]) => {
    const { host, stdout } = fakeHost(['preflight', '--help', ...form])
    expect(await runProgram(host, new AbortController().signal)).toBe(0)
    return stdout()
  }
  const plain = await help()
  expect(plain).toContain('--fail-on')
  expect(await help('--output', 'sarif')).toBe(plain)
  expect(JSON.parse(await help('--output', 'json')).result.help).toBe(plain)
})

describe('flags for text', () => {
  const failed = findings.filter(({ status }) => status === 'fail')
  const timing = /"(startedAt|elapsedMs|startTimeUtc|endTimeUtc)": ?[^,}\n]+|(time|timestamp)="[^"]*"/g

  test.each(machineFormats)('do not change %s', async (format) => {
    const written = await Promise.all(
      [[], ['--quiet'], ['--verbose'], ['--ascii', '--no-color'], ['--color']].map(async (flags) => {
        const { stdout } = await reported(format, preflightEnded(findings, failed), {
          flags,
          events: preflightEvents(),
        })
        return stdout.replace(timing, '')
      }),
    )
    expect(new Set(written).size).toBe(1)
  })

  test.each(machineFormats)(
    '--debug shows on stderr what is behind an error, in %s as well',
    async (format) => {
      const error = new SqsTriggerError('AWS_FAILED', 'It failed.', { cause: new Error('the reason') })
      const ended = { error, ending: { ...checksFailed, exitCode: 1 } }
      const { stdout, stderr } = await reported(format, ended, { flags: ['--debug'] })
      expect(stderr).toContain('caused by Error: the reason')
      expect(stdout).not.toContain('the reason')
    },
  )
})
