import { expect, test } from 'vitest'
import type { Mapping } from '../../src/mapping.js'
import { firstIsDeleted, meetFilters } from '../../src/operations/send/meet-filters.js'
import { functionArn, mapping } from './fake-session.js'

const filtering = (name: string, type: string): Mapping =>
  mapping({
    FunctionArn: `${functionArn}-${name}`,
    FilterCriteria: { Filters: [{ Pattern: `{"body":{"type":["${type}"]}}` }] },
  })
const order = '{"type":"order"}'
const bill = '{"type":"bill"}'

test.each([
  ['every mapping deletes it', ['bill', 'note'], [order], true],
  ['one of two mappings keeps it', ['bill', 'order'], [order], false],
  ['the first mapping keeps it', ['order', 'bill'], [order], false],
  ['only a later message is deleted', ['order'], [order, bill], false],
  ['only a later message is kept', ['bill'], [order, bill], true],
])('the first message is certain to be deleted where %s: %s %s', (_, types, bodies, expected) => {
  const mappings = types.map((type, index) => filtering(String(index), type))
  expect(firstIsDeleted(meetFilters(mappings, bodies) ?? [], bodies.length)).toBe(expected)
})
