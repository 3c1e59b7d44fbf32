import { expect, test } from 'vitest'
import { exitStatuses, exitStatusFor, exitStatusNamed, precedence } from '../../src/cli/exit-codes.js'
import type { ErrorCode } from '../../src/errors.js'

test('the table is the contract', () => {
  expect(exitStatuses.map(({ code, name }) => [code, name])).toEqual([
    [0, 'OK'],
    [1, 'FAILED'],
    [2, 'USAGE'],
    [3, 'CHECKS_FAILED'],
    [4, 'NOT_SIGNED_IN'],
    [5, 'NOT_FOUND'],
    [6, 'ACCESS_DENIED'],
    [7, 'CONFLICT'],
    [8, 'NOT_FINISHED'],
    [9, 'NOT_DELIVERED'],
    [10, 'CHANGES_PENDING'],
    [130, 'INTERRUPTED'],
    [143, 'TERMINATED'],
  ])
})

// Written out a second time on purpose: a new error code must be given an exit code here, too.
const codes: Readonly<Record<ErrorCode, number>> = {
  USAGE: 2,
  CHECKS_FAILED: 3,
  NO_CREDENTIALS: 4,
  CREDENTIALS_EXPIRED: 4,
  CREDENTIALS_REJECTED: 4,
  UNKNOWN_PROFILE: 4,
  NO_REGION: 4,
  QUEUE_NOT_FOUND: 5,
  FUNCTION_NOT_FOUND: 5,
  MAPPING_NOT_FOUND: 5,
  NOT_FOUND: 5,
  ACCESS_DENIED: 6,
  MAPPING_DIFFERS: 7,
  MAPPING_DISABLED: 7,
  MAPPING_BUSY: 7,
  CONFLICT: 7,
  THROTTLED: 1,
  ENDPOINT_UNREACHABLE: 1,
  ENDPOINT_TIMED_OUT: 1,
  ENDPOINT_NOT_AWS: 1,
  REJECTED_BY_AWS: 1,
  AWS_FAILED: 1,
  MAPPING_STATE: 1,
  JOURNAL_FAILED: 1,
  FIX_REFUSED: 1,
  NOT_FINISHED: 8,
  NOT_DELIVERED: 9,
  FUNCTION_FAILED: 9,
  INTERRUPTED: 130,
  TERMINATED: 143,
  INTERNAL: 1,
}

test.each(Object.entries(codes))('%s ends with %i', (error, code) => {
  // The keys of the table above are exactly the error codes.
  expect(exitStatusFor([error as ErrorCode]).code).toBe(code)
})

test.each<[readonly ErrorCode[], number]>([
  [[], 0],
  [['CHECKS_FAILED', 'QUEUE_NOT_FOUND'], 5],
  [['NOT_FOUND', 'ACCESS_DENIED'], 6],
  [['CHECKS_FAILED', 'AWS_FAILED'], 1],
  [['MAPPING_DIFFERS', 'THROTTLED'], 7],
  [['NOT_FINISHED', 'NOT_DELIVERED'], 9],
  [['USAGE', 'INTERRUPTED', 'NO_REGION'], 130],
  [['NO_REGION', 'USAGE'], 2],
])('of %j the exit code is %i', (errors, code) => {
  expect(exitStatusFor(errors).code).toBe(code)
})

test('every code has its place in the order', () => {
  expect([...precedence].sort((a, b) => a - b)).toEqual(exitStatuses.map(({ code }) => code))
  expect(precedence).toEqual([130, 143, 2, 4, 6, 5, 7, 1, 3, 9, 8, 10, 0])
  expect(exitStatusNamed('NOT_FINISHED').code).toBe(8)
})
