import { describe, expect, it } from 'vitest'
import { type Limit, limits } from '../../src/limits.js'

const all: readonly (readonly [string, Limit])[] = Object.entries(limits)

describe('limits.ts', () => {
  it.each(all)('%s has a whole number, a unit and a page of AWS', (_, limit) => {
    expect(Number.isInteger(limit.value)).toBe(true)
    expect(limit.unit).not.toBe('')
    expect(new URL(limit.source).hostname).toBe('docs.aws.amazon.com')
  })

  it.each(all.filter(([name]) => name.endsWith('Minimum')))(
    '%s does not exceed its maximum',
    (name, { value, unit }) => {
      const maximum = all.find(([other]) => other === name.replace(/Minimum$/, 'Maximum'))?.[1]
      expect(maximum?.value).toBeGreaterThan(value)
      expect(maximum?.unit).toBe(unit)
    },
  )

  it('says what the documentation says', () => {
    const values = Object.fromEntries(all.map(([name, { value }]) => [name, value]))
    expect(values).toMatchObject({
      batchSizeMaximum: 10_000,
      batchWindowMaximum: 300,
      fifoBatchSizeMaximum: 10,
      maximumConcurrencyMinimum: 2,
      maximumConcurrencyMaximum: 1_000,
      maximumPollersMaximum: 10_000,
      minimumPollersMaximum: 200,
      visibilityTimeoutMaximum: 43_200,
    })
  })
})
