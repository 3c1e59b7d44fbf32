import { describe, expect, test } from 'vitest'
import { matches } from '../../src/filter/match.js'
import { parsePattern } from '../../src/filter/pattern.js'

const metadata = {
  messageId: '059f36b4-87a3-44ab-83d2-661975830a7d',
  attributes: { SenderId: 'AIDAEXAMPLE', ApproximateReceiveCount: '1' },
  messageAttributes: { kind: { stringValue: 'order', dataType: 'String' } },
  eventSource: 'aws:sqs',
}

function keeps(json: string, body: string): boolean {
  const pattern = parsePattern(json)
  if ('problem' in pattern) throw new Error(pattern.problem)
  return matches(pattern, { ...metadata, body })
}

describe('rules for one field of the body', () => {
  test.each([
    // rule, field value, kept
    ['["BBBB"]', '"BBBB"', true],
    ['["BBBB"]', '"bbbb"', false],
    ['["a","b"]', '"b"', true],
    ['["é"]', '"e\u0301"', false],
    ['["\\u0041"]', '"A"', true],
    ['["300"]', '300', false],
    ['[300]', '"300"', false],
    ['[300]', '300', true],
    ['[300]', '300.0', false],
    ['[300.0]', '300.0', true],
    ['[3.0e2]', '300', false],
    ['[true]', 'true', true],
    ['[true]', '"true"', false],
    ['[null]', 'null', true],
    ['[null]', '""', false],
    ['[""]', '""', true],
    ['[{"equals-ignore-case":"alice"}]', '"ALICE"', true],
    ['[{"prefix":"us-"}]', '"us-east-1"', true],
    ['[{"prefix":"us-"}]', '"eu-west-1"', false],
    ['[{"prefix":"1"}]', '12', false],
    ['[{"suffix":".png"}]', '"a.png"', true],
    ['[{"numeric":["=",300]}]', '3.0e2', true],
    ['[{"numeric":[">",9999]}]', '10000', true],
    ['[{"numeric":[">",9999]}]', '9999', false],
    ['[{"numeric":[">",0,"<=",5]}]', '5', true],
    ['[{"numeric":[">",0,"<",5]}]', '5', false],
    ['[{"numeric":[">=",-1.5]}]', '-1.5', true],
    ['[{"numeric":[">",0]}]', '"5"', false],
    ['[{"anything-but":"x"}]', '"y"', true],
    ['[{"anything-but":["x","y"]}]', '"y"', false],
    ['[{"anything-but":5}]', '"5"', true],
    ['[{"anything-but":["x"]}]', 'null', true],
    ['[{"exists":true}]', 'null', true],
    ['[{"exists":true}]', '{"b":1}', false],
    ['[{"exists":false}]', '1', false],
    ['["x",{"numeric":["<",0]}]', '-1', true],
    ['["b"]', '["a","b"]', true],
    ['["c"]', '["a",["b","c"]]', true],
    ['["a"]', '[]', false],
    ['[{"exists":false}]', '[]', true],
    ['[{"wildcard":"*/lib/*.js"}]', '"src/lib/a.js"', true],
    ['[{"wildcard":"*/lib/*.js"}]', '"src/lib.js"', false],
    ['[{"wildcard":"a\\\\*"}]', '"a*"', true],
    ['[{"wildcard":"a\\\\**"}]', '"a*bc"', true],
    ['[{"wildcard":"a\\\\**"}]', '"abc"', false],
    ['[{"wildcard":"ab*b"}]', '"ab"', false],
    ['[{"cidr":"10.0.0.0/24"}]', '"10.0.0.9"', true],
    ['[{"cidr":"10.0.0.0/24"}]', '"10.0.1.9"', false],
    ['[{"anything-but":{"prefix":"us-"}}]', '"eu-west-1"', true],
    ['[{"prefix":{"equals-ignore-case":"US-"}}]', '"us-east-1"', true],
  ])('%s on %s: %s', (rule, value, kept) => {
    expect(keeps(`{"body":{"field":${rule}}}`, `{"field":${value}}`)).toBe(kept)
  })
})

describe('several fields', () => {
  test.each([
    ['{"body":{"a":[1],"b":[2]}}', '{"a":1,"b":2}', true],
    ['{"body":{"a":[1],"b":[2]}}', '{"a":1}', false],
    ['{"body":{"a":{"b":["x"]}}}', '{"a":{"b":"x","c":"y"}}', true],
    ['{"body":{"a":{"b":["x"]}}}', '{"a":"x"}', false],
    ['{"body":{"a":{"b":[{"exists":false}]}}}', '{}', true],
    ['{"body":{"a":{"b":[{"exists":false}]}}}', '{"a":{"b":1}}', false],
    ['{"body":{"a":[{"anything-but":["x"]}]}}', '{}', false],
    ['{"body":{"$or":[{"a":[1]},{"b":[2]}]}}', '{"b":2}', true],
    ['{"body":{"$or":[{"a":[1]},{"b":[2]}],"c":[3]}}', '{"b":2}', false],
    ['{"body":{"list":{"a":[1],"b":[2]}}}', '{"list":[{"a":1,"b":2}]}', true],
    ['{"body":{"list":{"a":[1],"b":[2]}}}', '{"list":[{"a":1},{"b":2}]}', false],
    ['{"body":{"a":[1]}}', '[{"a":1}]', true],
    ['{"body":{"a":["n1"]}}', '{"a":1}', false],
    ['{"body":{"a":[1]}}', '{"b":"\\"a\\":1"}', false],
  ])('%s on %s: %s', (pattern, body, kept) => {
    expect(keeps(pattern, body)).toBe(kept)
  })
})

describe('JSON and plain text do not meet', () => {
  test.each([
    ['plain text, rule for text', '{"body":["hello"]}', 'hello', true],
    ['plain text, another text wanted', '{"body":[{"prefix":"Result: "}]}', 'hello', false],
    ['plain text, rule for fields', '{"body":{"a":[{"exists":false}]}}', 'hello', false],
    ['JSON, rule for text', '{"body":[{"exists":true}]}', '{"a":1}', false],
    ['JSON, no rule for the body', '{"eventSource":["aws:sqs"]}', '{"a":1}', true],
    ['plain text, no rule for the body', '{"attributes":{"SenderId":["nobody"]}}', 'hello', false],
    ['metadata, and no rule for the body', '{"attributes":{"ApproximateReceiveCount":["1"]}}', 'hello', true],
    ['metadata are text', '{"attributes":{"ApproximateReceiveCount":[1]}}', 'hello', false],
    ['either key', '{"$or":[{"body":["x"]},{"eventSource":["aws:sqs"]}]}', '{"a":1}', true],
    ['broken JSON is plain text', '{"body":{"a":[1]}}', '{"a":1', false],
  ])('%s', (_situation, pattern, body, kept) => {
    expect(keeps(pattern, body)).toBe(kept)
  })
})

test('a body nested very deeply or very long is matched without running out of stack', () => {
  const deep = `{"a":${'['.repeat(5000)}1${']'.repeat(5000)}}`
  const long = `{"a":[${'2,'.repeat(300_000)}1]}`
  expect(keeps('{"body":{"a":[1]}}', deep)).toBe(true)
  expect(keeps('{"body":{"a":[1]}}', long)).toBe(true)
})
