import { describe, expect, test } from 'vitest'
import { createLookSchedule } from '../../src/operations/look-schedule.js'

function looksUntil(end: number, firstLook: 'called' | 'free'): number[] {
  const schedule = createLookSchedule(0, firstLook)
  const looks = firstLook === 'called' ? [0] : []
  let now = 0
  for (;;) {
    now += schedule.next(now)
    if (now > end) return looks
    looks.push(now)
  }
}

describe('when to look next', () => {
  test('quickly at first, then slower, up to every five seconds', () => {
    expect(looksUntil(40_000, 'free')).toEqual([
      250, 500, 1_250, 2_000, 3_000, 4_000, 5_000, 7_000, 9_000, 11_000, 13_000, 15_000, 17_000, 19_000,
      21_000, 23_000, 25_000, 30_000, 35_000, 40_000,
    ])
  })

  test.each(['called', 'free'] as const)('never three times within a second (first look %s)', (firstLook) => {
    const looks = looksUntil(120_000, firstLook)
    for (const [index, look] of looks.entries()) {
      expect((looks[index + 2] ?? Number.POSITIVE_INFINITY) - look).toBeGreaterThanOrEqual(1_000)
    }
  })

  test('a look that took long is not made up for', () => {
    const schedule = createLookSchedule(0, 'called')
    expect(schedule.next(0)).toBe(250)
    expect(schedule.next(9_000)).toBe(0)
    expect(schedule.next(9_000)).toBeGreaterThan(0)
  })
})
