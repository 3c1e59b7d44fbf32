import { describe, expect, test } from 'vitest'
import { openPage } from '../../src/report/page.js'
import { plainPalette } from '../../src/report/palette.js'
import { watchingLines, watchScreen } from '../../src/report/text/watch-lines.js'
import { mapping } from './samples.js'

const seen = (visible: number, elapsedMs: number, changed = true) => ({
  type: 'status-seen' as const,
  status: {
    time: '2026-11-23T12:00:00.000Z',
    mapping,
    queue: { visible, inFlight: 2, delayed: 0 },
    deadLetterQueueArn: 'arn:aws:sqs:eu-west-1:111122223333:orders-dlq',
    deadLetters: { visible: 1, inFlight: 0, delayed: 0 },
  },
  changed,
  elapsedMs,
})

describe.each([
  [true, '▁▅█'],
  [false, '_-#'],
])('the screen, unicode %s', (unicode, curve) => {
  test('shows the backlog as a curve, and says how it is ended', () => {
    const screen = watchScreen(openPage(60, unicode, plainPalette))
    screen(seen(0, 0))
    screen(seen(50, 5_000))
    const lines = screen(seen(100, 10_000))
    expect(lines.join('\n')).toContain(`Waiting       100\n  Lately        ${curve}\n`)
    expect(lines.join(' ').replaceAll(/\s+/g, ' ')).toContain('watching for 0:10. Ctrl-C ends it.')
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(60)
  })
})

test('a log gets a line for a change, and one every 30 seconds', () => {
  const lines = watchingLines(openPage(80, true, plainPalette))
  expect(lines(seen(3, 0))).toEqual([' 0:00  Enabled, 3 waiting, 2 in flight, dead letters 1'])
  expect(lines(seen(3, 5_000, false))).toEqual([])
  expect(lines(seen(4, 10_000))).toHaveLength(1)
  expect(lines(seen(4, 35_000, false))).toEqual([])
  expect(lines(seen(4, 40_000, false))).toHaveLength(1)
})
