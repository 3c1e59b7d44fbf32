import { expect, test } from 'vitest'
import { openRenewal } from '../../src/aws/connection/renewal.js'
import { SqsTriggerError } from '../../src/errors.js'

const expired = new SqsTriggerError('CREDENTIALS_EXPIRED', 'It has expired.')

test('calls that fail with the old session wait for one question, also those that fail later', async () => {
  const asked: (string | null)[] = []
  const renewal = openRenewal(async (_, profile) => {
    asked.push(profile)
    return true
  }, 'work')
  expect(await Promise.all([renewal.after(expired, 0), renewal.after(expired, 0)])).toEqual([true, true])
  // Sent before the session was renewed, and refused after.
  expect(await renewal.after(expired, 0)).toBe(true)
  expect([asked, renewal.count()]).toEqual([['work'], 1])
  // The new session has expired, too.
  expect(await renewal.after(expired, 1)).toBe(true)
  expect(asked).toHaveLength(2)
})

test('who does not sign in again is asked again by the next call', async () => {
  let answers = [false, true]
  const renewal = openRenewal(async () => {
    const [first = false, ...rest] = answers
    answers = rest
    return first
  }, null)
  expect(await renewal.after(expired, 0)).toBe(false)
  expect(renewal.count()).toBe(0)
  expect(await renewal.after(expired, 0)).toBe(true)
})
