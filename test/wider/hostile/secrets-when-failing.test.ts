import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { NodeHttpHandler } from '@smithy/node-http-handler'
import { describe, expect, onTestFinished, test } from 'vitest'
import { runProgram } from '../../../src/cli/program.js'
import type { Host } from '../../../src/cli/streams.js'
import { systemClock } from '../../../src/clock.js'
import type { FaultEffect } from '../../../src/sandbox/faults.js'
import { fakeHost } from '../../cli/fake-host.js'
import { everyCommand, lineOf } from '../../support/every-command.js'
import { openScreen } from '../../support/live-screen.js'
import { sqsTrigger } from '../../support/run-command.js'
import { enter, expectEnd, talk } from '../../support/wizard-walk.js'
import { filesIn, type MarkedScene, markedScene, marks, requireClean, requireCleanFiles } from './marked.js'

/** Those that call AWS: the sandbox brings its own, and the others call nothing. */
const commands = everyCommand.filter(({ name }) => !['sandbox', 'demo', 'completion'].includes(name))

/** Nothing is tried again, so that nobody waits. */
const atOnce: NonNullable<Host['surroundings']> = {
  clock: systemClock,
  wire: {
    requestHandler: new NodeHttpHandler({}),
    retryStrategy: () => ({
      mode: 'standard',
      retry: () => Promise.reject(new Error('unused')),
      acquireInitialRetryToken: async () => ({ getRetryCount: () => 0, getRetryDelay: () => 0 }),
      refreshRetryTokenForRetry: () => Promise.reject(new Error('once is enough')),
      recordSuccess: () => {},
    }),
  },
}

async function run(scene: MarkedScene, line: readonly string[], surroundings = atOnce) {
  const env = { ...scene.env, AWS_SESSION_TOKEN: marks.sessionToken }
  const { host, stdout, stderr } = fakeHost(line, { env })
  const code = await runProgram({ ...host, surroundings }, new AbortController().signal)
  return { code, stdout: stdout(), stderr: stderr() }
}

const error = (code: string, status: number, message: string): FaultEffect => ({
  kind: 'error',
  code,
  status,
  message,
})
/** As in https://github.com/aws/aws-cli/issues/5341; with temporary credentials their token is one of the headers. */
const canonical = `The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.

The Canonical String for this request should have been
'POST
/

host:sqs.us-east-2.amazonaws.com
x-amz-date:20200708T203231Z
x-amz-security-token:${marks.sessionToken}

host;x-amz-date;x-amz-security-token
48a38266faf90970d6c7fea9b15e6ba366e5f6397c2970fc893f8a7b5e207bd0'

The String-to-Sign should have been
'AWS4-HMAC-SHA256
20200708T203231Z'
`
const given = `Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header. Authorization=AWS4-HMAC-SHA256 Credential=${marks.accessKeyId}/20261123/us-east-1/sqs/aws4_request, ${marks.signed}`

describe.each([
  ['answers 500', error('InternalFailure', 500, 'An internal error occurred.')],
  ['refuses', error('AccessDenied', 403, 'User: arn:aws:iam::111122223333:user/dev is not authorized')],
  ['tells what it would have signed', error('SignatureDoesNotMatch', 403, canonical)],
  ['tells what it was given', error('IncompleteSignature', 403, given)],
] as const)('where AWS %s', (_what, effect) => {
  test.each(commands)('$name tells of no secret', async ({ name, ok, hasJson }) => {
    const scene = await markedScene()
    scene.faults.inject({ effect, times: 1_000_000 })
    for (const form of [[], ...(hasJson ? [['--json']] : [])]) {
      const { code, stdout, stderr } = await run(scene, lineOf(name, ok, '--debug', '--verbose', ...form))
      if (name !== 'rollback') expect(code).not.toBe(name === 'quickstart' ? -1 : 0)
      requireClean('stdout', stdout)
      requireClean('stderr', stderr)
    }
    requireCleanFiles(scene)
  })
})

test.each(commands)('$name tells of no secret where it breaks inside', async ({ name, ok, hasJson }) => {
  const scene = await markedScene()
  const { secret, sessionToken, accessKeyId, proxyPassword } = marks
  const words = [secret, sessionToken, accessKeyId, proxyPassword].join(' and ')
  const broken = () => {
    throw new TypeError(words)
  }
  // An audit keeps to the machine's time.
  const unreachable = {
    clock: systemClock,
    get wire(): never {
      return broken()
    },
  }
  for (const surroundings of [unreachable, { ...atOnce, clock: { ...systemClock, now: broken } }]) {
    for (const form of [[], ...(hasJson ? [['--json']] : [])]) {
      const line = lineOf(name, ok, '--debug', '--verbose', ...form)
      const { code, stdout, stderr } = await run(scene, line, surroundings)
      if (surroundings === unreachable)
        expect([code, stderr]).toEqual([1, expect.stringContaining('This is a bug')])
      requireClean('stdout', stdout)
      requireClean('stderr', stderr)
    }
  }
  expect(filesIn(scene.env.XDG_STATE_HOME ?? '')).toContain('TypeError')
  requireCleanFiles(scene)
})

test('a crash that nobody waits for tells of no secret', async () => {
  const scene = await markedScene()
  const state = mkdtempSync(join(tmpdir(), 'sqs-trigger-crash-'))
  onTestFinished(() => rmSync(state, { recursive: true }))
  const breaking = join(state, 'break.mjs')
  const { secret, sessionToken, accessKeyId, proxyPassword } = marks
  const words = [secret, sessionToken, accessKeyId, proxyPassword].join(' and ')
  writeFileSync(breaking, `setTimeout(() => { throw new TypeError(${JSON.stringify(words)}) }, 200)\n`)
  const { stdout, stderr, code } = await sqsTrigger(
    ['wait', 'orders', '--for', 'deleted', '--debug', '--json'],
    {
      env: {
        ...scene.env,
        AWS_SESSION_TOKEN: sessionToken,
        XDG_STATE_HOME: state,
        NODE_OPTIONS: `--import ${breaking}`,
      },
    },
  )
  expect(code).toBe(1)
  expect(JSON.parse(stdout).error.code).toBe('INTERNAL')
  requireClean('stdout', stdout)
  requireClean('stderr', stderr)
  const logs = filesIn(join(state, 'sqs-trigger'))
  expect(logs).toContain('TypeError')
  requireClean('the crash log', logs)
})

test.each(['SIGINT', 'SIGTERM', 'SIGKILL'] as const)(
  'a run that is ended by %s leaves no secret behind',
  async (signal) => {
    const scene = await markedScene()
    const body = JSON.stringify({ text: marks.body })
    const args = [
      'wire',
      'spare',
      'slow',
      '--fix',
      '--send-test',
      '--body',
      body,
      '--yes',
      '--debug',
      '--json',
    ]
    const ran = await sqsTrigger([...args, '--timeout', '60s'], {
      env: { ...scene.env, AWS_ACCESS_KEY_ID: marks.adminKeyId },
      watch: (said, child) => {
        if (/Called lambda:CreateEventSourceMapping|Called sqs:SetQueueAttributes/.test(said))
          child.kill(signal)
      },
    })
    expect(ran.code).not.toBe(0)
    requireClean('stdout', ran.stdout)
    requireClean('stderr', ran.stderr)
    requireCleanFiles(scene)
    // It had begun to write down what it does.
    expect(filesIn(scene.env.XDG_STATE_HOME ?? '')).toContain('VisibilityTimeout')
  },
)

test('the wizard shows none, and neither does the file that it saves', async () => {
  const scene = await markedScene()
  const screen = openScreen({ ...scene.env, AWS_ACCESS_KEY_ID: marks.adminKeyId }, [
    'wire',
    '--debug',
    '--verbose',
  ])
  await talk(
    screen,
    ['Queue (', 'spare', '❯ spare'],
    ['Function (', 'worker', '❯ worker'],
    ['Settings', enter],
    ['Make this change', `y${enter}`],
    ['Connect spare to worker', enter],
    ['Send a test message now?', `y${enter}`],
  )
  await expectEnd(screen, 0)
  await talk(screen, 'spare → worker is Enabled')
  requireClean('the terminal', screen.raw())
  requireClean('the screen', screen.lines().join('\n'))
  requireCleanFiles(scene)
})
