import fc from 'fast-check'
import { expect, test } from 'vitest'
import { matches } from '../../src/filter/match.js'
import { parsePattern } from '../../src/filter/pattern.js'
import {
  fieldsOf,
  isTaggedObject,
  numberOf,
  readTaggedJson,
  stringOf,
  type TaggedJson,
} from '../../src/filter/tagged-json.js'

function untag(value: TaggedJson): unknown {
  if (Array.isArray(value)) return value.map(untag)
  if (isTaggedObject(value))
    return Object.fromEntries(fieldsOf(value).map(([key, field]) => [key, untag(field)]))
  return stringOf(value) ?? numberOf(value) ?? value
}

test('every JSON text is read as what it says', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.boolean(), (value, spaced) => {
      const text = JSON.stringify(value, null, spaced ? 2 : 0)
      const read = readTaggedJson(text)
      expect(read === undefined ? undefined : untag(read)).toEqual(JSON.parse(text))
    }),
    { numRuns: 2000 },
  )
})

test('any text is a pattern or a fault, and any body fits it or does not', () => {
  const text = fc.oneof(
    fc.string(),
    fc.json(),
    fc.json().map((json) => `{"body":{"a":[${json}]}}`),
  )
  fc.assert(
    fc.property(text, fc.oneof(fc.string(), fc.json()), (json, body) => {
      const pattern = parsePattern(json)
      if ('problem' in pattern) expect(pattern.problem).not.toBe('')
      else expect(typeof matches(pattern, { body })).toBe('boolean')
    }),
    { numRuns: 2000 },
  )
})

test('a body fits the pattern made of its own values', () => {
  const leaf = fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.constant(null))
  // `$or` is an operator, not the name of a field.
  const body = fc.dictionary(
    fc.string().filter((key) => key !== '$or'),
    leaf,
    { minKeys: 1 },
  )
  fc.assert(
    fc.property(body, (fields) => {
      const rules = Object.fromEntries(Object.entries(fields).map(([key, value]) => [key, [value]]))
      const pattern = parsePattern(JSON.stringify({ body: rules }))
      if ('problem' in pattern) throw new Error(pattern.problem)
      expect(matches(pattern, { body: JSON.stringify(fields) })).toBe(true)
    }),
    { numRuns: 1000 },
  )
})
