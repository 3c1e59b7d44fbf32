import { describe, expect, test } from 'vitest'
import { payloadLimitBytes, takeBatch } from '../../src/sandbox/event-source/batch.js'

const items = (...sizes: readonly number[]) => sizes.map((bytes, index) => ({ bytes, index }))
const MiB = 1024 * 1024

describe('what goes into one invocation', () => {
  test.each([
    { name: 'fewer than the batch size', sizes: [9, 9], batchSize: 10, taken: 2, left: 0, full: false },
    { name: 'exactly the batch size', sizes: [9, 9], batchSize: 2, taken: 2, left: 0, full: true },
    { name: 'more than the batch size', sizes: [9, 9, 9], batchSize: 2, taken: 2, left: 1, full: true },
    {
      name: 'more than 6 MB',
      sizes: [2 * MiB, 2 * MiB, 2 * MiB, 9],
      batchSize: 10,
      taken: 2,
      left: 2,
      full: true,
    },
    { name: 'nothing held', sizes: [], batchSize: 10, taken: 0, left: 0, full: false },
    {
      name: 'one record above the limit still goes alone',
      sizes: [payloadLimitBytes, 9],
      batchSize: 10,
      taken: 1,
      left: 1,
      full: true,
    },
  ])('$name', ({ sizes, batchSize, taken, left, full }) => {
    const held = items(...sizes)
    const result = takeBatch(held, batchSize)
    expect(result.batch).toEqual(held.slice(0, taken))
    expect(result.rest).toEqual(held.slice(taken))
    expect({ left: result.rest.length, full: result.full }).toEqual({ left, full })
  })
})
