import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { judgeMessage } from '../../src/filter/judge-message.js'
import { matches } from '../../src/filter/match.js'
import { parsePattern } from '../../src/filter/pattern.js'

const orders = '{"body":{"type":["order"]}}'

describe('a message is kept by the first filter that fits', () => {
  test.each([
    ['no filters at all', [], 'anything', null, 'No filter applies: every message reaches the function.'],
    ['the only one', [orders], '{"type":"order"}', 1, 'The filter fits.'],
    ['the second', ['{"body":{"a":[1]}}', orders], '{"type":"order"}', 2, 'Filter 2 fits.'],
    ['a text', ['{"body":[{"prefix":"Result: "}]}'], 'Result: 7', 1, 'The filter fits.'],
    [
      'one for certain, beside a doubtful one',
      ['{"body":{"type":[{"wildcard":"o*"}]}}', orders],
      '{"type":"order"}',
      2,
      'Filter 2 fits.',
    ],
  ])('%s', (_what, filters, body, filter, reason) => {
    expect(judgeMessage(filters, { body })).toEqual({ verdict: 'kept', filter, reason })
  })
})

describe('a message that no filter fits is deleted, and the reason helps', () => {
  const field = (rule: string) => `{"body":{"a":${rule}}}`
  test.each([
    [orders, '{"type":"refund"}', 'body.type is "refund"; the filter wants "order".'],
    [
      field('["x","y",{"prefix":"z"}]'),
      '{"a":"q"}',
      'body.a is "q"; the filter wants "x", "y" or {"prefix":"z"}.',
    ],
    [orders, '{"kind":"order"}', 'body.type is missing; the filter wants "order".'],
    [
      orders,
      '{"Type":"order"}',
      'body.type is missing; the filter wants "order"; there is Type: upper and lower case differ.',
    ],
    [
      orders,
      '{"type":"Order"}',
      'body.type is "Order"; the filter wants "order": upper and lower case differ.',
    ],
    [
      field('["é"]'),
      '{"a":"e\u0301"}',
      'body.a is "e\u0301"; the filter wants "é": they look alike, but their characters differ.',
    ],
    [orders, 'type=order', 'The filter looks at fields of a JSON body, and this body is plain text.'],
    [
      orders,
      '{"type":"order"',
      'The filter looks at fields of a JSON body, and this body is not valid JSON, so it counts as plain text.',
    ],
    [
      '{"body":["hello"]}',
      '{"type":"order"}',
      'The filter compares the body as plain text, and this body is JSON.',
    ],
    [
      '{"body":["hello"]}',
      'Hello',
      'The body is "Hello"; the filter wants "hello": upper and lower case differ.',
    ],
    [
      field('[300]'),
      '{"a":300.0}',
      'body.a is 300.0; the filter wants 300: numbers are compared as they are written.',
    ],
    [
      field('["300"]'),
      '{"a":300}',
      'body.a is the number 300; the filter wants "300", and a number is no text.',
    ],
    [
      field('[300]'),
      '{"a":"300"}',
      'body.a is the text "300"; the filter wants 300, and a text is no number.',
    ],
    [
      field('[{"numeric":[">",5]}]'),
      '{"a":"9"}',
      'body.a is the text "9"; the filter wants {"numeric":[">",5]}, and a text is no number.',
    ],
    [field('[{"numeric":[">",5]}]'), '{"a":5}', 'body.a is 5; the filter wants {"numeric":[">",5]}.'],
    [
      field('[{"prefix":"1"}]'),
      '{"a":12}',
      'body.a is the number 12; the filter wants {"prefix":"1"}, and a number is no text.',
    ],
    [field('[{"exists":false}]'), '{"a":1}', 'body.a is 1; the filter wants nothing there.'],
    [field('[{"exists":true}]'), '{}', 'body.a is missing; the filter wants {"exists":true}.'],
    [
      field('[{"exists":true}]'),
      '{"a":{"b":1}}',
      'body.a is an object; the filter wants {"exists":true}, and only single values are compared.',
    ],
    [field('["x"]'), '{"a":[]}', 'body.a is an empty array; the filter wants "x".'],
    [field('["x"]'), '{"a":["p","q","r","s"]}', 'body.a holds "p", "q", "r" …; the filter wants "x".'],
    [field('[""]'), '{"a":null}', 'body.a is null; the filter wants "".'],
    [field('{"b":["x"]}'), '{}', 'body.a is missing.'],
    [field('{"b":["x"]}'), '{"a":"x"}', 'body.a is "x"; the filter looks at fields in it.'],
    [field('{"b":["x"],"c":["y"]}'), '{"a":{"b":"x"}}', 'body.a.c is missing; the filter wants "y".'],
    [
      field('{"b":[1],"c":[2]}'),
      '{"a":[{"b":1},{"c":2}]}',
      'No element of body.a fits; in the first, body.a.c is missing; the filter wants 2.',
    ],
    [
      '{"body":{"$or":[{"a":[1]},{"b":[2]}]}}',
      '{"a":2}',
      'No alternative of $or fits; in the first, body.a is 2; the filter wants 1.',
    ],
    [
      '{"$or":[{"body":{"a":[1]}},{"body":{"b":[2]}}]}',
      '{"a":2}',
      'No alternative of $or fits; in the first, body.a is 2; the filter wants 1.',
    ],
    ['{"body":{"a b\\u001b":["x"]}}', '{}', 'body."a b\\u001b" is missing; the filter wants "x".'],
  ])('%s on %s', (filter, body, reason) => {
    expect(judgeMessage([filter], { body })).toEqual({ verdict: 'deleted', filter: null, reason })
  })

  test('with several filters each says why', () => {
    expect(judgeMessage([orders, '{"body":["hi"]}'], { body: '{"type":"refund"}' }).reason).toBe(
      'No filter fits: filter 1: body.type is "refund"; the filter wants "order"; filter 2: the filter compares the body as plain text, and this body is JSON.',
    )
  })

  test('long values are cut', () => {
    const { reason } = judgeMessage([orders], { body: JSON.stringify({ type: 'x'.repeat(10_000) }) })
    expect(reason.length).toBeLessThan(200)
  })
})

describe('what AWS does not document is not judged', () => {
  test.each([
    [
      '{"body":{"type":"order"}}',
      '{}',
      'The filter is not valid: body.type is a single value; a rule is an array such as ["value"].',
    ],
    [
      '{"body":{"type":[{"wildcard":"o*"}]}}',
      '{"type":"order"}',
      'The filter may fit: it uses wildcard, which AWS does not list for Lambda.',
    ],
    [
      '{"messageAttributes":{"a":{"stringValue":["x"]}}}',
      '{}',
      'The filter may fit: it looks at messageAttributes, and AWS supports the body alone.',
    ],
    [
      '{"body":[{"prefix":"4"}]}',
      '42',
      'The filter may fit: the body is a number as JSON, and AWS does not say whether that counts as JSON or as text.',
    ],
    [
      '{"body":{"a":[{"exists":false}]}}',
      '"text"',
      'The filter may fit: the body is a text as JSON, and AWS does not say whether that counts as JSON or as text.',
    ],
  ])('%s on %s', (filter, body, reason) => {
    expect(judgeMessage([filter], { body })).toEqual({ verdict: 'invalid', filter: null, reason })
  })

  test.each([
    [
      'a doubtful operator beside a field that surely differs',
      '{"body":{"a":[{"wildcard":"o*"}],"b":[1]}}',
      '{"a":"o","b":2}',
    ],
    [
      'another key beside a body that surely differs',
      '{"attributes":{"x":["y"]},"body":{"b":[1]}}',
      '{"b":2}',
    ],
    ['a doubtful operator on a field that is not there', '{"body":{"a":[{"wildcard":"o*"}]}}', '{}'],
    ['fields of a single value', '{"body":{"a":[1]}}', '42'],
  ])('but what is certain either way is: %s', (_what, filter, body) => {
    expect(judgeMessage([filter], { body }).verdict).toBe('deleted')
  })

  test('one pattern that is not valid leaves all others undecided', () => {
    expect(judgeMessage([orders, 'no JSON'], { body: '{"type":"order"}' })).toMatchObject({
      verdict: 'invalid',
      reason: 'Filter 2 is not valid: it is not JSON.',
    })
  })
})

const leaf = fc.oneof(fc.constantFrom('a', 'A', '', 1, 2, true, null), fc.string())
const name = fc.constantFrom('a', 'b', 'A')
const rule = fc.array(
  fc.oneof(
    leaf,
    fc.record({ prefix: fc.constantFrom('a', 'A') }),
    fc.record({ exists: fc.boolean() }),
    fc.record({ 'anything-but': fc.constantFrom('a', 1) }),
    fc.record({ numeric: fc.constant(['>', 1]) }),
  ),
  { minLength: 1, maxLength: 3 },
)
const fields = fc.dictionary(name, fc.oneof(rule, fc.dictionary(name, rule, { minKeys: 1 })), {
  minKeys: 1,
})
const bodyPattern = fc.oneof(
  fields,
  rule,
  fc.tuple(fields, fields).map(([first, second]) => ({ $or: [first, second] })),
)
const content = fc.oneof(
  fc.dictionary(name, fc.oneof(leaf, fc.array(leaf), fc.dictionary(name, leaf))),
  fc.array(fc.dictionary(name, leaf)),
)
const body = fc.oneof(
  content.map((value) => JSON.stringify(value)),
  fc.string(),
)

test('it agrees with the sandbox, and says why not in one sentence', () => {
  fc.assert(
    fc.property(bodyPattern, body, (wanted, text) => {
      const filter = JSON.stringify({ body: wanted })
      const pattern = parsePattern(filter)
      if ('problem' in pattern) throw new Error(pattern.problem)
      const { verdict, reason } = judgeMessage([filter], { body: text })
      expect(reason).toMatch(/^(?:body|[A-Z]).*\.$/s)
      expect(reason).not.toMatch(/undefined|\[object|it does not fit/i)
      // A body of one JSON value is left open.
      if (verdict !== 'invalid') expect(verdict === 'kept').toBe(matches(pattern, { body: text }))
    }),
    { numRuns: 3000 },
  )
})

test('any texts get a verdict', () => {
  const filter = fc.oneof(
    fc.string(),
    fc.json(),
    fc.json().map((json) => `{"body":{"a":[${json}]}}`),
  )
  fc.assert(
    fc.property(fc.array(filter, { maxLength: 3 }), fc.oneof(fc.string(), fc.json()), (filters, text) => {
      expect(judgeMessage(filters, { body: text }).reason).toMatch(/\.$/)
    }),
    { numRuns: 2000 },
  )
})
