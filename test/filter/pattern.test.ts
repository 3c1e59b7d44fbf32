import { describe, expect, test } from 'vitest'
import { parsePattern } from '../../src/filter/pattern.js'

function problemOf(json: string): string | undefined {
  const pattern = parsePattern(json)
  return 'problem' in pattern ? pattern.problem : undefined
}

describe('patterns that AWS refuses', () => {
  test.each([
    ['null', 'it is not a JSON object'],
    ['simple string', 'it is not JSON'],
    ['', 'it is not JSON'],
    ['"text"', 'it is not a JSON object'],
    ['[]', 'it is not a JSON object'],
    ['{}', 'the pattern is empty'],
    ['{"eventSource":"aws:sqs"}', 'eventSource is a single value; a rule is an array such as ["value"]'],
    ['{"eventSource":[]}', 'eventSource is an empty array'],
    ['{"body":{}}', 'body is empty'],
    ['{"body":{"a":{"b":7}}}', 'body.a.b is a single value; a rule is an array such as ["value"]'],
    ['{"body":{"a":[["x"]]}}', 'element 1 of body.a is neither a value nor a known operator'],
    ['{"body":{"a":["x",{"like":"x"}]}}', 'element 2 of body.a is neither a value nor a known operator'],
    ['{"body":{"$or":[{"a":["x"]}]}}', 'body.$or is not an array of two or more objects'],
    ['{"$or":["a","b"]}', '$or is not an array of two or more objects'],
    ['{"$or":[{"body":["a"]},{}]}', 'the pattern is empty'],
  ])('%s: %s', (json, problem) => {
    expect(problemOf(json)).toBe(problem)
  })

  test.each([
    '{"exists":"true"}',
    '{"prefix":1}',
    '{"prefix":"a","suffix":"b"}',
    '{"suffix":{"prefix":"a"}}',
    '{"equals-ignore-case":["a"]}',
    '{"numeric":[]}',
    '{"numeric":">"}',
    '{"numeric":[">"]}',
    '{"numeric":[">","5"]}',
    '{"numeric":["<>",5]}',
    '{"numeric":["<",5,">",1]}',
    '{"numeric":["=",5,"<",9]}',
    '{"numeric":[">",9,"<",5]}',
    '{"numeric":[">",1,"<",5,"=",3]}',
    '{"numeric":["=",5000000001]}',
    '{"anything-but":[]}',
    '{"anything-but":["a",1]}',
    '{"anything-but":null}',
    '{"anything-but":{"numeric":["=",1]}}',
    '{"wildcard":"a**"}',
    '{"wildcard":"a\\\\b"}',
    '{"cidr":"10.0.0.0"}',
    '{"cidr":"10.0.0.0/33"}',
    '{"constructor":"a"}',
  ])('the operator %s', (operator) => {
    expect(problemOf(`{"body":{"a":[${operator}]}}`)).toContain('element 1 of body.a')
  })
})

describe('patterns that AWS takes', () => {
  test.each([
    ['{"body":["text"]}', ['body'], []],
    ['{"body":{"a":[null,"",true,1]}}', ['body'], []],
    ['{"body":{"a":["x"]},"attributes":{"SenderId":["me"]}}', ['body', 'attributes'], []],
    ['{"$or":[{"body":["a"]},{"messageAttributes":{"b":["c"]}}]}', ['body', 'messageAttributes'], []],
    ['{"body":{"a":[{"anything-but":["x","y"]},{"numeric":[">",0,"<=",5]}]}}', ['body'], []],
    ['{"body":{"a":[{"wildcard":"a*"},{"cidr":"10.0.0.0/8"}]}}', ['body'], ['wildcard', 'cidr']],
    ['{"body":{"a":[{"anything-but":{"prefix":"a"}}]}}', ['body'], ['anything-but prefix']],
    ['{"body":{"a":[{"prefix":{"equals-ignore-case":"a"}}]}}', ['body'], ['prefix equals-ignore-case']],
    ['{"__proto__":{"a":["x"]}}', ['__proto__'], []],
  ])('%s', (json, keys, unlistedOperators) => {
    expect(parsePattern(json)).toMatchObject({ keys, unlistedOperators })
  })
})
