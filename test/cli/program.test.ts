import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, expect, test } from 'vitest'
import { exitStatuses } from '../../src/cli/exit-codes.js'
import { runProgram } from '../../src/cli/program.js'
import { SqsTriggerError } from '../../src/errors.js'
import { fakeHost } from './fake-host.js'

const env = {
  AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE',
  AWS_SECRET_ACCESS_KEY: 'secret',
  AWS_REGION: 'eu-west-1',
  AWS_MAX_ATTEMPTS: '1',
}

async function run(
  argv: readonly string[],
  options: { env?: Record<string, string>; signal?: AbortSignal } = {},
) {
  const { host, stdout, stderr } = fakeHost(argv, { env: options.env ?? env })
  const exitCode = await runProgram(host, options.signal ?? new AbortController().signal)
  return { exitCode, stdout: stdout(), stderr: stderr() }
}

describe('help and version', () => {
  test.each([[[]], [['--help']], [['-h']], [['help']], [['--help', '--no-color']]])(
    '%j is the root help',
    async (argv) => {
      const { exitCode, stdout, stderr } = await run(argv)
      expect([exitCode, stderr]).toEqual([0, ''])
      expect(stdout).toContain('START HERE')
    },
  )

  test.each([
    [['wire', '--help']],
    [['help', 'wire']],
    [['wire', '--nonsense', '-h']],
    [['--region', 'x', 'wire', '-h']],
  ])('%j is the help of wire', async (argv) => {
    const { exitCode, stdout } = await run(argv)
    expect(exitCode).toBe(0)
    expect(stdout).toContain('sqs-trigger wire [queue] [function] [flags]')
  })

  test('the version', async () => {
    const { exitCode, stdout } = await run(['wire', '--version'])
    expect([exitCode, stdout]).toEqual([0, '0.0.0-source\n'])
  })

  test('what stands behind -- is not ours', async () => {
    expect((await run(['status', '--', '--help'])).stdout).not.toContain('USAGE')
  })
})

describe('one JSON document, whatever happens', () => {
  const aborted = (code: 'INTERRUPTED' | 'TERMINATED') =>
    AbortSignal.abort(new SqsTriggerError(code, 'Stopped by a signal.'))
  const unreachable = ['--endpoint-url', 'http://127.0.0.1:9']

  test.each<[string, readonly string[], Parameters<typeof run>[1], string, number]>([
    ['root help', ['--help', '--json'], {}, 'OK', 0],
    ['an unknown command', ['stats', '--json'], {}, 'USAGE', 2],
    ['an unknown flag', ['list', '--nonsense', '-o', 'json'], {}, 'USAGE', 2],
    ['a bad value', ['wire', '--output=json', '--batch-size', 'x'], {}, 'USAGE', 2],
    ['flags alone', ['--json'], {}, 'USAGE', 2],
    ['missing answers', ['wire', '-ojson'], {}, 'USAGE', 2],
    ['a command without JSON', ['sandbox', '--json'], {}, 'USAGE', 2],
    ['no Region', ['list', '--json'], { env: {} }, 'NOT_SIGNED_IN', 4],
    [
      'an unknown profile',
      ['list', '--json', '--profile', 'nope'],
      { env: { ...env, AWS_CONFIG_FILE: '/dev/null', AWS_SHARED_CREDENTIALS_FILE: '/dev/null' } },
      'NOT_SIGNED_IN',
      4,
    ],
    ['an unreachable endpoint', ['list', '--json', ...unreachable], {}, 'FAILED', 1],
    [
      'an unreachable endpoint in wire',
      ['wire', 'a', 'b', '--yes', '--json', ...unreachable],
      {},
      'FAILED',
      1,
    ],
    [
      'a malformed queue',
      ['wire', 'arn:aws:s3:::bucket', 'f', '--yes', '--json', ...unreachable],
      {},
      'USAGE',
      2,
    ],
    ['Ctrl-C', ['list', '--json', ...unreachable], { signal: aborted('INTERRUPTED') }, 'INTERRUPTED', 130],
    ['SIGTERM', ['list', '--json', ...unreachable], { signal: aborted('TERMINATED') }, 'TERMINATED', 143],
  ])('%s', async (_, argv, options, exitName, exitCode) => {
    const ended = await run(argv, options)
    const document = JSON.parse(ended.stdout)
    expect({ ...document, error: null, timing: null }).toMatchObject({
      schemaVersion: '1.0',
      exitCode,
      exitName,
      ok: exitCode === 0,
    })
    expect(ended.exitCode).toBe(exitCode)
    // A document goes into a file or a pipe: the error stands also where people look.
    expect(ended.stderr === '').toBe(exitCode === 0)
    expect(Object.keys(document)).toEqual([
      ...['schemaVersion', 'tool', 'command', 'ok', 'exitCode', 'exitName', 'dryRun', 'context', 'target'],
      ...['result', 'changed', 'findings', 'summary', 'warnings', 'error', 'timing'],
    ])
    if (exitCode !== 0)
      expect(exitStatuses.find(({ code }) => code === exitCode)?.errors).toContain(document.error.code)
  })
})

test('an endpoint that answers HTML is told apart from AWS', async () => {
  const server = createServer((_, response) => response.end('<html><body>hello</body></html>'))
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  // Listening on TCP, so that the address is no pipe name.
  const { port } = server.address() as AddressInfo
  const { exitCode, stderr } = await run(['list', '--endpoint-url', `http://127.0.0.1:${port}`])
  server.close()
  expect(exitCode).toBe(1)
  expect(stderr).toContain('✗')
  expect(stderr).not.toContain('This is a bug')
})
