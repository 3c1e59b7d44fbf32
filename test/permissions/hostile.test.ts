import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { known } from '../../src/permissions/request-fact.js'
import { account, allowAll, ask, policy, queueArn } from './ask.js'

const [allow] = allowAll
const many = 200_000
const tag = 'aws:PrincipalTag/team'

function verdictOf(document: unknown): string {
  const facts = { [tag]: known('a'.repeat(256)), 'aws:EpochTime': known('1795435200') }
  return ask({ identity: [{ name: 'hostile', document }] }, { facts }).verdict
}

/** Milliseconds; slow machines are spared, quadratic work is not. */
const patience = 5_000

describe('a document made to harm is judged, or left open, within reach', () => {
  const stars = '*a'.repeat(many)
  test.each<[string, unknown, string]>([
    ['many wildcards in an action', { Statement: { ...allow, Action: `sqs:${stars}b` } }, 'denied'],
    [
      'many wildcards in a resource',
      { Statement: { ...allow, Resource: `arn:aws:sqs:us-east-1:${account}:${stars}b` } },
      'denied',
    ],
    [
      'many wildcards in a condition',
      { Statement: { ...allow, Condition: { StringLike: { [tag]: `${'*a'.repeat(200)}*b` } } } },
      'denied',
    ],
    [
      'many wildcards in an ARN pattern',
      { Statement: { ...allow, Condition: { ArnLike: { [tag]: `arn:${stars}` } } } },
      'denied',
    ],
    ['many colons', { Statement: { ...allow, Resource: `arn${':*'.repeat(many)}` } }, 'denied'],
    [
      'many variables that do not end',
      { Version: '2012-10-17', Statement: { ...allow, Resource: `arn:aws:sqs:${'${'.repeat(many)}` } },
      'unknown',
    ],
    [
      'many variables',
      {
        Version: '2012-10-17',
        Statement: {
          ...allow,
          Resource: `arn:aws:sqs:us-east-1:${account}:${'$'.concat('{my:key}').repeat(many)}`,
        },
      },
      'unknown',
    ],
    [
      'a variable with many blanks',
      { Version: '2012-10-17', Statement: { ...allow, Resource: `${queueArn}\${${' '.repeat(many)}x y,}` } },
      'unknown',
    ],
    [
      'many digits that make no number',
      { Statement: { ...allow, Condition: { NumericEquals: { 'aws:EpochTime': `${'1'.repeat(many)}x` } } } },
      'unknown',
    ],
    [
      'a number beyond all numbers',
      { Statement: { ...allow, Condition: { NumericEquals: { 'aws:EpochTime': '9'.repeat(400) } } } },
      'unknown',
    ],
    ['many statements', { Statement: Array(50_000).fill({ ...allow, Action: 'iam:*' }) }, 'denied'],
    [
      'many statements in doubt',
      {
        Statement: Array.from({ length: 20_000 }, (_, index) => ({
          ...allow,
          Sid: `s${index}`,
          Condition: { StringEquals: { [`my:key${index}`]: 'x' } },
        })),
      },
      'unknown',
    ],
    ['many actions', { Statement: { ...allow, Action: Array(many).fill('iam:*') } }, 'denied'],
    [
      'many values',
      { Statement: { ...allow, Condition: { StringEquals: { [tag]: Array(many).fill('b') } } } },
      'denied',
    ],
    [
      'an operator with a long name',
      { Statement: { ...allow, Condition: { ['S'.repeat(many)]: { [tag]: 'a' } } } },
      'unknown',
    ],
    ['an element with a long name', { Statement: { ...allow, ['x'.repeat(many)]: 1 } }, 'unknown'],
    ['lists in lists', { Statement: nested(many) }, 'unknown'],
    ['the text of lists in lists', '['.repeat(many) + ']'.repeat(many), 'unknown'],
    [
      'the text of objects in objects',
      `${'{"Statement":'.repeat(many / 4)}1${'}'.repeat(many / 4)}`,
      'unknown',
    ],
    [
      'a text of more than a million characters',
      JSON.stringify({ Statement: Array(40_000).fill(allow) }),
      'unknown',
    ],
    ['a text that is not JSON', 'Version: 2012-10-17', 'unknown'],
    ['an empty text', '', 'unknown'],
    ['percent signs that encode nothing', '%7B%22Version%zz', 'unknown'],
    ['half of a pair of surrogates', { Statement: { ...allow, Resource: `${queueArn}\ud83d` } }, 'denied'],
    ['a key twice', '{"Statement":[],"Statement":[]}', 'unknown'],
    ['a key twice, once in escapes', '{"Statement":[],"\\u0053tatement":[]}', 'unknown'],
    ['the same key in two objects', JSON.stringify({ Statement: [allow, allow] }), 'allowed'],
    ['the same text as a key and as a value', '{"Id":"Id","Statement":[]}', 'denied'],
    ['a quotation mark within a key', '{"Statement":[],"\\"":1,"\\"":2}', 'unknown'],
  ])('%s', (_what, document, verdict) => {
    const start = performance.now()
    expect(verdictOf(document)).toBe(verdict)
    expect(performance.now() - start).toBeLessThan(patience)
  })

  test('names of what every object has are names like others', () => {
    for (const name of ['__proto__', 'constructor', 'toString', 'hasOwnProperty']) {
      const own = (value: unknown) => JSON.parse(`{"${name}":${JSON.stringify(value)}}`)
      const text = (statement: object) => JSON.stringify({ Statement: [{ ...allow, ...statement }] })
      expect(verdictOf(JSON.stringify({ Statement: [], ...own(1) })), name).toBe('unknown')
      expect(verdictOf(text(own(1))), name).toBe('unknown')
      expect(verdictOf(text({ Condition: own({ [tag]: 'x' }) })), name).toBe('unknown')
      expect(verdictOf(text({ Condition: { StringEquals: own('x') } })), name).toBe('unknown')
      expect(verdictOf(text({ Principal: own('*') })), name).toBe('unknown')
    }
    expect(verdictOf('{"__proto__":{"Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}}')).toBe(
      'unknown',
    )
    expect({}).not.toHaveProperty('Statement')
  })
})

test('what is said of it stays short', () => {
  const long = 'x'.repeat(many)
  const documents = [
    { Statement: { ...allow, [long]: 1 } },
    { Statement: { ...allow, Action: long } },
    { Statement: { ...allow, Condition: { [long]: { a: 'b' } } } },
    { Statement: { ...allow, Condition: { StringEquals: { [long]: 'b' } } } },
    { Statement: { ...allow, Condition: { Null: { [tag]: long } } } },
    { Statement: { ...allow, Sid: long, Condition: { StringEquals: { 'my:key': 'b' } } } },
    { Version: '2012-10-17', Statement: { ...allow, Resource: `${queueArn}\${${long}, x}` } },
    { [long]: 1, Statement: [] },
  ]
  for (const document of documents) {
    const { verdict, reason } = ask({ identity: [{ name: 'hostile', document }] })
    expect(verdict).toBe('unknown')
    expect(reason.length).toBeLessThan(400)
  }
  const inDoubt = Array.from({ length: 60 }, (_, index) => ({
    ...allow,
    Condition: { StringEquals: { [`my:key${index}`]: 'x' } },
  }))
  const decision = ask({ identity: policy(inDoubt, 'many') })
  expect([decision.evidence.length, decision.missing.length]).toEqual([50, 50])
  expect(decision.reason).toMatch(
    /^cannot decide: the Allow of .*statement 5 or of 55 more may not apply \(.*my:key4 is not known; 55 more\)$/,
  )
})

test('whatever JSON stands for a policy, the evaluator answers', () => {
  const pieces = fc.constantFrom<unknown>(
    ...['Allow', 'Deny', '*', 'sqs:*', queueArn, '${', '}', '%', '', 'true', null, 1, true],
    ...['StringLike', 'Null', 'ForAnyValue:Bool', tag, { AWS: '*' }, { StringEquals: { [tag]: 'x' } }],
  )
  const names = ['Effect', 'Action', 'NotAction', 'Resource', 'NotResource', 'Principal', 'Condition', 'Sid']
  const statement = fc.dictionary(
    fc.constantFrom(...names),
    fc.oneof(pieces, fc.array(pieces), fc.jsonValue()),
  )
  const document = fc.oneof(
    fc.record({ Version: fc.constantFrom('2012-10-17', '2008-10-17'), Statement: fc.array(statement) }),
    fc.jsonValue(),
    fc.string(),
    fc.json(),
  )
  fc.assert(
    fc.property(document, document, (identity, resource) => {
      const layers = {
        identity: [{ name: 'identity', document: identity }],
        resource: [{ name: 'resource', document: resource }],
      }
      const { verdict, reason, missing } = ask(layers)
      expect(['allowed', 'denied', 'unknown']).toContain(verdict)
      expect(reason).not.toBe('')
      expect(missing.length > 0).toBe(verdict === 'unknown')
    }),
    { numRuns: 2000 },
  )
})

function nested(depth: number): unknown {
  let list: unknown = []
  for (let level = 0; level < depth; level += 1) list = [list]
  return list
}
