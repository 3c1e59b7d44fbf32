import { expect, test, vi } from 'vitest'
import { openStreams } from '../../src/cli/streams.js'
import { openPage } from '../../src/report/page.js'
import { plainPalette } from '../../src/report/palette.js'
import { openProgress } from '../../src/report/text/progress.js'
import { waitingText } from '../../src/report/text/waiting.js'
import { fakeHost } from '../cli/fake-host.js'
import { mapping } from './samples.js'

function opened(terminal: boolean, env: Record<string, string> = {}) {
  const { host, stderr } = fakeHost([], { terminal, env })
  // ora moves a cursor that only a real terminal has.
  Object.assign(host.stderr, { cursorTo: () => true, clearLine: () => true, moveCursor: () => true })
  const streams = openStreams(host, { color: false, ascii: false, input: false })
  return { progress: openProgress(streams.stderr), written: stderr }
}

test('on a terminal one line is repainted, lines stay, and the cursor comes back', async () => {
  const { progress, written } = opened(true)
  progress.working(() => 'Waiting 0:01')
  await vi.waitFor(() => expect(written()).toContain('Waiting 0:01'))
  progress.line('a line that stays')
  progress.working(() => 'Waiting 0:02')
  await vi.waitFor(() => expect(written()).toContain('Waiting 0:02'))
  progress.stop()
  expect(written()).toContain('a line that stays\n')
  expect(written().lastIndexOf('\u001b[?25h')).toBeGreaterThan(written().lastIndexOf('\u001b[?25l'))
  const after = written()
  progress.line('the end')
  expect(written()).toBe(`${after}the end\n`)
})

test('what is over before the spinner was loaded is never shown', async () => {
  const { progress, written } = opened(true)
  progress.working(() => 'Reading')
  progress.stop()
  await import('ora')
  expect(written()).toBe('')
})

test.each([
  ['a pipe', false, {}],
  ['CI', true, { CI: 'true' }],
  ['TERM=dumb', true, { TERM: 'dumb' }],
] as const)('nothing is repainted in %s', (_, terminal, env) => {
  const { progress, written } = opened(terminal, env)
  progress.working(() => 'Waiting')
  progress.line('a line')
  progress.stop()
  expect(written()).toBe('a line\n')
})

test('the clock beside the spinner runs between the looks at AWS', () => {
  let now = 1000
  const page = openPage(80, true, plainPalette)
  const look = { type: 'mapping-state', changed: true, elapsedMs: 5_000, timeoutMs: 120_000 } as const
  const text = waitingText(page, { ...look, mapping: { ...mapping, state: 'Creating' } }, () => now)
  expect(text()).toBe('Waiting 0:05 / 2:00 · Creating · USER_INITIATED')
  now += 7_000
  expect(text()).toBe('Waiting 0:12 / 2:00 · Creating · USER_INITIATED')
  const forever = {
    ...look,
    timeoutMs: Number.POSITIVE_INFINITY,
    mapping: { ...mapping, stateTransitionReason: '' },
  }
  expect(waitingText(page, forever, () => now)()).toBe('Waiting 0:05 · Enabled')
})
