import { describe, expect, test } from 'vitest'
import { failedMessages } from '../../src/sandbox/event-source/partial-failure.js'

const batch = ['a', 'b', 'c']
const failures = (...ids: readonly unknown[]) =>
  JSON.stringify({ batchItemFailures: ids.map((itemIdentifier) => ({ itemIdentifier })) })
const failed = (payload: string, reportBatchItemFailures = true, functionError = false) => [
  ...failedMessages(batch, { functionError, payload }, reportBatchItemFailures),
]

describe('ReportBatchItemFailures', () => {
  test.each([
    ['an empty object', '{}'],
    ['null', 'null'],
    ['nothing at all', ''],
    ['an empty list', '{"batchItemFailures":[]}'],
    ['a null list', '{"batchItemFailures":null}'],
    ['an answer that speaks of something else', '{"statusCode":200}'],
  ])('%s is success of the whole batch', (_, payload) => {
    expect(failed(payload)).toEqual([])
  })

  test.each([
    ['one id', failures('b'), ['b']],
    ['two ids', failures('c', 'a'), ['c', 'a']],
    ['the same id twice', failures('b', 'b'), ['b']],
    ['every id', failures('a', 'b', 'c'), ['a', 'b', 'c']],
  ])('%s: only those stay', (_, payload, expected) => {
    expect(failed(payload)).toEqual(expected)
  })

  test.each([
    ['a wrong key', '{"batchItemFailures":[{"foo":"notvalid"}]}'],
    ['a wrong key beside a good id', '{"batchItemFailures":[{"itemIdentifier":"a"},{"foo":"b"}]}'],
    ['an empty identifier', failures('a', '')],
    ['a null identifier', failures('a', null)],
    ['an identifier that is a number', failures(1)],
    ['the id of no message in the batch', failures('a', 'unknown')],
    ['a list of plain texts', '{"batchItemFailures":["a"]}'],
    ['a list that is none', '{"batchItemFailures":"a"}'],
    ['a text', '"a"'],
    ['a number', '7'],
    ['a list', '[]'],
    ['what is not JSON', '{"batchItemFailures":['],
  ])('%s fails the whole batch', (_, payload) => {
    expect(failed(payload)).toEqual(batch)
  })

  test('a function error fails the whole batch, whatever the answer says', () => {
    expect(failed('{}', true, true)).toEqual(batch)
    expect(failed(failures('a'), true, true)).toEqual(batch)
    expect(failed('{}', false, true)).toEqual(batch)
  })

  test('not enabled, reported failures are not heard: the whole batch counts as done', () => {
    expect(failed(failures('a', 'b'), false)).toEqual([])
    expect(failed('not JSON', false)).toEqual([])
  })
})
