import { expect, test } from 'vitest'
import { openPage } from '../../src/report/page.js'
import { plainPalette } from '../../src/report/palette.js'
import { drainingLines, drainingText } from '../../src/report/text/draining.js'
import { auditText, fleetText } from '../../src/report/text/progress-text.js'
import { movingLines, movingText } from '../../src/report/text/redrive-lines.js'

const page = openPage(80, true, plainPalette)
const held = (visible: number, elapsedMs: number, delayed = 0) => ({
  type: 'queue-counters' as const,
  queueArn: 'arn:aws:sqs:eu-west-1:111122223333:orders',
  counters: { visible, inFlight: 2, delayed },
  elapsedMs,
  timeoutMs: 120_000,
})
const empty = (elapsedMs: number) => ({
  ...held(0, elapsedMs),
  counters: { visible: 0, inFlight: 0, delayed: 0 },
})

test('a log that waits for an empty queue gets a line every 15 seconds, and one when it is empty', () => {
  const lines = drainingLines(page)
  expect(lines(held(12, 0))).toEqual([' 0:00  about 12 waiting, 2 in flight'])
  expect(lines(held(9, 5_000))).toEqual([])
  expect(lines(held(7, 15_000, 3))).toEqual([' 0:15  about 7 waiting, 2 in flight, 3 delayed'])
  expect(lines(empty(20_000))).toEqual([
    ' 0:20  empty; looking for a minute, because the counters lag behind',
  ])
  expect(lines(empty(25_000))).toEqual([])
  expect(lines(empty(36_000))).toHaveLength(1)
  expect(drainingLines({ ...page, accessible: true })(held(1, 61_000))).toEqual([
    'about 1 waiting, 2 in flight, 1 minute 1 second',
  ])
})

test('on a terminal its clock runs between the looks', () => {
  let now = 0
  const text = drainingText(page, held(12, 23_000), () => now)
  now = 4_000
  expect(text()).toBe('Draining 0:27 / 2:00 · about 12 waiting, 2 in flight')
  const endless = { ...held(1, 0), timeoutMs: Number.POSITIVE_INFINITY }
  expect(drainingText(page, endless, () => now)()).toBe('Draining 0:00 · about 1 waiting, 2 in flight')
})

const moved = (count: number, elapsedMs: number, toMove: number | null = 50) => ({
  type: 'move-progress' as const,
  status: 'RUNNING',
  timeoutMs: 120_000,
  moved: count,
  toMove,
  elapsedMs,
})

test('a move tells each number once, and how many there are where SQS says so', () => {
  const lines = movingLines(page)
  expect(lines(moved(0, 0))).toEqual([' 0:00  RUNNING  0 of about 50 moved'])
  expect(lines(moved(0, 5_000))).toEqual([])
  expect(lines(moved(25, 9_000, null))).toEqual([' 0:09  RUNNING  25 moved'])
  expect(movingLines({ ...page, accessible: true })(moved(1, 2_000))).toEqual([
    '1 of about 50 moved, 2 seconds',
  ])
  expect(movingText(page, moved(25, 12_000), () => 0)()).toBe('Moving 0:12 · 25 of about 50 moved')
})

test('work on many triggers and mappings says how far it is', () => {
  const fleet = { type: 'fleet-progress', what: 'Changing triggers', done: 12, total: 200 } as const
  expect(fleetText(page, { ...fleet, failed: 0 })).toBe('Changing triggers · 12 of 200')
  expect(fleetText(page, { ...fleet, failed: 1 })).toBe('Changing triggers · 12 of 200 · 1 failed')
  const audit = {
    type: 'audit-progress',
    places: 17,
    mappings: 240,
    judged: 60,
    remainingMs: 40_000,
    elapsedMs: 9_000,
  } as const
  expect(auditText({ ...audit, placesListed: 3 })).toBe('Listed 3 of 17 Regions, 240 mappings so far')
  expect(auditText({ ...audit, placesListed: 17 })).toBe('Judged 60 of 240 mappings, about 0:40 left')
  expect(auditText({ ...audit, placesListed: 17, remainingMs: null })).toBe('Judged 60 of 240 mappings')
})
