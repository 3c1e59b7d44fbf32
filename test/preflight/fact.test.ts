import { describe, expect, it } from 'vitest'
import { translateError } from '../../src/aws/translate-error.js'
import { type ErrorCode, SqsTriggerError } from '../../src/errors.js'
import { absent, known, mapFact, readAsFact } from '../../src/preflight/fact.js'

const failing = (code: ErrorCode) =>
  Promise.reject(
    new SqsTriggerError(code, 'It went wrong.', {
      aws: { service: 'iam', operation: 'GetRole', code: 'X', message: 'x' },
    }),
  )

describe('a read as a fact', () => {
  it('that was answered is known', async () => {
    expect(await readAsFact(Promise.resolve(7))).toEqual({ state: 'known', value: 7 })
  })

  it.each<[ErrorCode, object]>([
    ['NOT_FOUND', { state: 'absent', reason: 'It went wrong' }],
    ['QUEUE_NOT_FOUND', { state: 'absent' }],
    [
      'ACCESS_DENIED',
      {
        state: 'unknown',
        reason: 'iam:GetRole was refused',
        permission: 'iam:GetRole',
        refusal: 'without-reason',
      },
    ],
    ['THROTTLED', { state: 'unknown', reason: 'It went wrong', permission: 'iam:GetRole' }],
    ['AWS_FAILED', { state: 'unknown' }],
    ['ENDPOINT_NOT_AWS', { state: 'unknown' }],
  ])('that ended in %s', async (code, fact) => {
    expect(await readAsFact(failing(code))).toMatchObject(fact)
  })

  it.each<[ErrorCode, boolean]>([
    ['CREDENTIALS_EXPIRED', false],
    ['NO_CREDENTIALS', false],
    ['INTERRUPTED', false],
    ['ENDPOINT_UNREACHABLE', true],
    ['ENDPOINT_TIMED_OUT', true],
  ])('that ended in %s ends everything (essential: %s)', async (code, essential) => {
    await expect(readAsFact(failing(code), { essential })).rejects.toMatchObject({ code })
  })

  it('never hides a bug', async () => {
    await expect(readAsFact(Promise.reject(new TypeError('x is not a function')))).rejects.toBeInstanceOf(
      TypeError,
    )
  })

  it('keeps which policy refused it', async () => {
    const text =
      'User: arn:aws:iam::1:user/dev is not authorized to perform: iam:GetRole on resource: r with an explicit deny in a service control policy'
    const error = translateError(Object.assign(new Error(text), { name: 'AccessDenied' }), {
      service: 'iam',
      operation: 'GetRole',
    })
    expect(await readAsFact(Promise.reject(error))).toMatchObject({
      refusal: { kind: 'explicit', layer: 'service control' },
    })
  })

  it('is changed only when it is known', () => {
    expect(mapFact(known(2), (value) => value * 2)).toEqual(known(4))
    expect(mapFact(absent('gone'), () => 1)).toEqual(absent('gone'))
  })
})
