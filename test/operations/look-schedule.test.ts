import { describe, expect, test } from 'vitest'
import { createLookSchedule } from '../../src/operations/waiting/look-schedule.js'

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
      100, 350, 1_100, 1_350, 2_100, 3_100, 4_100, 5_100, 7_100, 9_100, 11_100, 13_100, 15_100, 17_100,
      19_100, 21_100, 23_100, 25_100, 30_100, 35_100,
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
