import { describe, expect, test } from 'vitest'
import { openLazyDetails } from '../../src/wizard/lazy-details.js'
import { matchingRows, windowAround } from '../../src/wizard/list-rows.js'
import { openLiveList } from '../../src/wizard/live-list.js'

/** Lets everything that is ready happen. */
const settled = () => new Promise((resolve) => setImmediate(resolve))

describe('a live list', () => {
  test('tells each page as it comes, and the end', async () => {
    const told: string[] = []
    const list = openLiveList(async function* () {
      yield ['a', 'b']
      yield ['c']
    })
    list.onChange(() => told.push(`${list.items().join('')} ${list.ending()?.kind ?? 'more'}`))
    await settled()
    expect(told).toEqual(['ab more', 'abc more', 'abc whole'])
  })

  test('keeps what came before a failure', async () => {
    const list = openLiveList(async function* () {
      yield ['a']
      throw new Error('refused')
    })
    await settled()
    expect(list.items()).toEqual(['a'])
    expect(list.ending()).toMatchObject({ kind: 'failed', error: new Error('refused') })
  })

  test('asks for no more pages once it is stopped', async () => {
    let pages = 0
    const list = openLiveList(async function* () {
      for (; pages < 10; pages++) {
        yield [pages]
        await settled()
      }
    })
    await settled()
    list.stop()
    const before = pages
    await settled()
    await settled()
    await settled()
    expect(pages).toBeLessThanOrEqual(before + 1)
    expect(list.ending()).toBeUndefined()
  })
})

describe('details', () => {
  test('are read of what is looked at, five at a time, once', async () => {
    const begun: string[] = []
    const finish = new Map<string, () => void>()
    const details = openLazyDetails(
      (key) =>
        new Promise<string>((resolve) => {
          begun.push(key)
          finish.set(key, () => resolve(key.toUpperCase()))
        }),
    )
    details.want(['a', 'b', 'c', 'd', 'e', 'f', 'g'])
    expect(begun).toEqual(['a', 'b', 'c', 'd', 'e'])
    details.want(['x', 'a'])
    finish.get('a')?.()
    await settled()
    expect(begun).toEqual(['a', 'b', 'c', 'd', 'e', 'x'])
    expect(details.of('a')).toBe('A')
    expect(details.of('x')).toBeUndefined()
  })

  test('that cannot be read are null, and are not asked for again', async () => {
    let asked = 0
    const details = openLazyDetails(async () => {
      asked += 1
      throw new Error('refused')
    })
    details.want(['a'])
    await settled()
    details.want(['a'])
    expect([details.of('a'), asked]).toEqual([null, 1])
  })
})

test('3,000 rows are filtered in less time than a keystroke takes to notice', () => {
  const rows = Array.from({ length: 3000 }, (_, index) => ({
    key: `${index}`,
    name: `service-${index}-queue`,
  }))
  const started = performance.now()
  expect(matchingRows(rows, '42').length).toBeGreaterThan(50)
  expect(performance.now() - started).toBeLessThan(50)
})

test.each([
  [3, 0, 10, [0, 3]],
  [100, 0, 10, [0, 10]],
  [100, 50, 10, [45, 55]],
  [100, 99, 10, [90, 100]],
])('of %i rows with %i active and room for %i, %j are seen', (count, active, room, range) => {
  expect(windowAround(count, active, room)).toEqual(range)
})
