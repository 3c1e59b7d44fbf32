import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test, vi } from 'vitest'
import { crashText } from '../../src/cli/crash-log.js'
import { runProgram } from '../../src/cli/program.js'
import { sqsTrigger } from '../support/run-command.js'
import { fakeHost } from './fake-host.js'

vi.mock('../../src/operations/list.js', () => ({
  listMappings: () => {
    throw new TypeError('orders is not iterable, says wJalrXUtnFEMI of 111122223333')
  },
}))

function stateFolder() {
  const state = mkdtempSync(join(tmpdir(), 'sqs-trigger-state-'))
  onTestFinished(() => rmSync(state, { recursive: true }))
  const folder = join(state, 'sqs-trigger', 'crashes')
  return { state, folder, logs: () => readdirSync(folder).map((name) => join(folder, name)) }
}

const env = {
  AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE',
  AWS_SECRET_ACCESS_KEY: 'wJalrXUtnFEMI',
  AWS_REGION: 'eu-west-1',
}

test('a mistake of ours is written down for a report, and the run ends with 1', async () => {
  const { state, logs } = stateFolder()
  const { host, stdout, stderr } = fakeHost(['list', '--queue', 'private-name', '--json'], {
    env: { ...env, XDG_STATE_HOME: state },
    columns: 100,
  })
  expect(await runProgram(host, new AbortController().signal)).toBe(1)
  const [log = ''] = logs()
  expect(stderr()).toContain(
    'This is a bug in sqs-trigger: orders is not iterable, says <secret> of <account>.',
  )
  expect(stderr().trimEnd().endsWith(log)).toBe(true)
  expect(JSON.parse(stdout())).toMatchObject({ exitCode: 1, error: { code: 'INTERNAL' } })
  expect(statSync(log).mode & 0o777).toBe(0o600)
  const text = readFileSync(log, 'utf8')
  expect(text).toContain('command: sqs-trigger list --queue --json')
  expect(text).toMatch(/TypeError: orders is not iterable[\s\S]*\n +at /)
  for (const secret of ['wJalrXUtnFEMI', 'AKIA', 'private-name', '111122223333'])
    expect(text).not.toContain(secret)
})

test('where nothing can be written the mistake is told all the same', async () => {
  const { host, stderr } = fakeHost(['list'], { env: { ...env, XDG_STATE_HOME: '/proc/nowhere' } })
  expect(await runProgram(host, new AbortController().signal)).toBe(1)
  expect(stderr()).toContain('orders is not iterable')
  expect(stderr()).toContain('with what the same command prints with --debug')
})

test('the log tells the last calls, without what was sent or answered', () => {
  const call = {
    service: 'sqs',
    operation: 'GetQueueUrl',
    elapsedMs: 9,
    attempts: 1,
    retriedAfter: [],
    error: 'Oops',
  }
  const argv = ['send', 'orders', '--body=secret words', '-ojson', '--', '--not-ours']
  const home = '/home/somebody'
  const error = new Error('outer', { cause: new Error(`no ${home}/.aws`) })
  const text = crashText({ error, host: { argv, env: { HOME: home } }, calls: [call] })
  expect(text).toContain('command: sqs-trigger send --body -ojson\n')
  expect(text).toContain('Called sqs:GetQueueUrl (Oops, 9 ms)')
  expect(text).toMatch(/caused by\nError: no ~\/\.aws/)
  expect(text).not.toContain('secret words')
})

test('a mistake that no run waits for ends it, too: one document, a log, exit code 1', async () => {
  const { state, logs } = stateFolder()
  const silent = createServer(() => {}).listen(0, '127.0.0.1')
  onTestFinished(() => void silent.close().closeAllConnections())
  await new Promise((resolve) => silent.once('listening', resolve))
  // Listens on loopback only, so that it has a port.
  const { port } = silent.address() as AddressInfo
  const ran = await sqsTrigger(['list', '--json', '--endpoint-url', `http://127.0.0.1:${port}`], {
    env: {
      ...env,
      XDG_STATE_HOME: state,
      NODE_OPTIONS: '--import "data:text/javascript,setTimeout(() => { throw new Error(\'stray\') }, 800)"',
    },
  })
  expect(ran.code).toBe(1)
  expect(JSON.parse(ran.stdout)).toMatchObject({ exitCode: 1, error: { code: 'INTERNAL' } })
  expect(ran.stderr).toContain('This is a bug in sqs-trigger: stray.')
  expect(ran.stderr).toContain(logs()[0])
})

test('a run that ends well all the same ends with 1, too, and says why', async () => {
  const { state, logs } = stateFolder()
  // As soon as somebody listens for it, and before the run is at its end.
  const code = `process.on('newListener', (name) => name === 'uncaughtException' && setImmediate(() => { throw new Error('stray') }))`
  const thrown = `--import "data:text/javascript,${code}"`
  const ran = await sqsTrigger(['explain', 'no-dead-letter-queue'], {
    env: { XDG_STATE_HOME: state, NODE_OPTIONS: thrown },
  })
  expect([ran.code, ran.stderr]).toEqual([1, expect.stringContaining('This is a bug in sqs-trigger: stray.')])
  expect(ran.stderr).toContain(logs()[0])
})
