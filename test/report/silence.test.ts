import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { openStreams } from '../../src/cli/streams.js'
import { openTextReporter } from '../../src/report/text-reporter.js'
import { fakeHost } from '../cli/fake-host.js'
import { mapping } from './samples.js'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

async function opened(choices: { quiet?: boolean; terminal?: boolean; accessible?: boolean } = {}) {
  const { quiet = false, terminal = false, accessible } = choices
  const { host, stderr } = fakeHost([], { terminal })
  Object.assign(host.stderr, { cursorTo: () => true, clearLine: () => true, moveCursor: () => true })
  const streams = openStreams(host, { color: false, ascii: false, accessible, input: false })
  return { reporter: await openTextReporter(streams, { quiet, verbose: false, debug: false }), stderr }
}

const asking = { type: 'step-started', what: 'Asking AWS' } as const
const lines = (seconds: readonly string[]) =>
  seconds.map((at) => `Still waiting for an answer of AWS, ${at}\n`).join('')

test('an endpoint that says nothing: a line after 5 seconds, then one each 15', async () => {
  const { reporter, stderr } = await opened()
  reporter.on(asking)
  await vi.advanceTimersByTimeAsync(4_999)
  expect(stderr()).toBe('')
  await vi.advanceTimersByTimeAsync(1)
  expect(stderr()).toBe(lines(['0:05']))
  await vi.advanceTimersByTimeAsync(30_000)
  expect(stderr()).toBe(lines(['0:05', '0:20', '0:35']))
})

test('read aloud, on a terminal, too, the time is told in words', async () => {
  const { reporter, stderr } = await opened({ terminal: true, accessible: true })
  reporter.on(asking)
  await vi.advanceTimersByTimeAsync(65_000)
  const times = ['5 seconds', '20 seconds', '35 seconds', '50 seconds', '1 minute 5 seconds']
  expect(stderr()).toBe(lines(times))
})

test('an answer begins the count again, a question and the end stop it', async () => {
  const { reporter, stderr } = await opened()
  reporter.on(asking)
  await vi.advanceTimersByTimeAsync(4_000)
  reporter.on(asking)
  await vi.advanceTimersByTimeAsync(4_000)
  reporter.pause()
  await vi.advanceTimersByTimeAsync(60_000)
  reporter.on(asking)
  reporter.finish({ kind: 'said', lines: [] }, { exitCode: 0, exitName: 'OK' })
  await vi.advanceTimersByTimeAsync(60_000)
  expect(stderr()).toBe('')
})

test('what is seen of a delivery does not begin its time again', async () => {
  const { reporter, stderr } = await opened()
  const message = { messageId: 'm', token: 't', groupId: null }
  reporter.on({ type: 'message-sent', message, queueArn: mapping.queueArn })
  await vi.advanceTimersByTimeAsync(7_000)
  const hop = { hop: 'sent', outcome: 'seen', detail: 'accepted', elapsedMs: 7_000 } as const
  reporter.on({ type: 'proof-hop', hop })
  await vi.advanceTimersByTimeAsync(6_000)
  expect(stderr().match(/Still waiting for the delivery, .*/g)).toEqual([
    'Still waiting for the delivery, 0:05',
    'Still waiting for the delivery, 0:12',
  ])
})

test('looks at a mapping 5 seconds apart are no silence', async () => {
  const { reporter, stderr } = await opened()
  const look = { type: 'mapping-state', mapping, changed: false, timeoutMs: 120_000 } as const
  reporter.on({ ...look, elapsedMs: 25_000 })
  await vi.advanceTimersByTimeAsync(6_000)
  expect(stderr()).not.toContain('Still waiting for')
})

test('--quiet says nothing', async () => {
  const { reporter, stderr } = await opened({ quiet: true })
  reporter.on(asking)
  await vi.advanceTimersByTimeAsync(60_000)
  expect(stderr()).toBe('')
})

test('on a terminal the spinner shows the time', async () => {
  const { reporter, stderr } = await opened({ terminal: true })
  reporter.on(asking)
  // ora is loaded first, which the clock of this test does not know of.
  await vi.dynamicImportSettled()
  await vi.advanceTimersByTimeAsync(7_000)
  reporter.pause()
  expect(stderr()).toContain('Asking AWS')
  expect(stderr()).toContain('still waiting 0:05')
  expect(stderr()).not.toContain('Still waiting for')
})
