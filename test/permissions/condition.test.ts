import { describe, expect, test } from 'vitest'
import { absent, foreign, known, notKnown } from '../../src/permissions/request-fact.js'
import { askCondition } from './ask.js'

const arn = 'arn:aws:lambda:us-east-1:111122223333:function:worker'

describe('one value against one value', () => {
  test.each([
    ['StringEquals', 'blue', 'blue', 'holds'],
    ['StringEquals', 'blue', 'Blue', 'fails'],
    ['StringEquals', 'blu*', 'blue', 'fails'],
    ['StringNotEquals', 'blue', 'green', 'holds'],
    ['StringEqualsIgnoreCase', 'BLUE', 'blue', 'holds'],
    ['StringNotEqualsIgnoreCase', 'BLUE', 'blue', 'fails'],
    ['StringLike', 'b?u*', 'blue', 'holds'],
    ['StringLike', 'b?', 'blue', 'fails'],
    ['StringLike', '*', '', 'holds'],
    ['StringNotLike', 'b*', 'blue', 'fails'],
    ['ArnEquals', arn, arn, 'holds'],
    ['ArnEquals', `${arn}*`, `${arn}:live`, 'holds'],
    ['ArnLike', 'arn:aws:lambda:*:*:function:*', arn, 'holds'],
    ['ArnLike', 'arn:aws:lambda:*:function:worker', arn, 'fails'],
    ['ArnLike', 'arn:aws:lambda:*', arn, 'open'],
    ['ArnLike', '*', arn, 'open'],
    ['ArnNotLike', 'arn:aws:lambda:*:*:function:other', arn, 'holds'],
    ['ArnNotEquals', arn, arn, 'fails'],
    ['NumericEquals', '5', '5.0', 'holds'],
    ['NumericNotEquals', '5', '6', 'holds'],
    ['NumericLessThan', '10', '9', 'holds'],
    ['NumericLessThanEquals', '10', '10', 'holds'],
    ['NumericGreaterThan', '10', '10', 'fails'],
    ['NumericGreaterThanEquals', '1e1', '10', 'holds'],
    ['NumericLessThan', 'ten', '9', 'open'],
    ['DateGreaterThan', '2026-01-01T00:00:00Z', '2026-11-23T05:00:00Z', 'holds'],
    ['DateLessThan', '2026-01-01', '2026-11-23T05:00:00Z', 'fails'],
    ['DateEquals', '2026-11-23T06:00:00+01:00', '2026-11-23T05:00:00Z', 'holds'],
    ['DateGreaterThanEquals', '1700000000', '2023-11-14T22:13:20Z', 'holds'],
    ['DateLessThanEquals', '2026-11-23T05:00:00', '2026-11-23T05:00:00Z', 'open'],
    ['DateNotEquals', 'soon', '2026-11-23T05:00:00Z', 'open'],
    ['Bool', 'true', 'TRUE', 'holds'],
    ['Bool', 'false', 'true', 'fails'],
    ['Bool', 'yes', 'true', 'open'],
    ['BinaryEquals', 'Qmlu', 'QmluYXJ5', 'fails'],
    ['BinaryEquals', 'QmluYXJ5', 'QmluYXJ5', 'holds'],
    ['BinaryEquals', 'not base64', 'QmluYXJ5', 'open'],
    ['NumericEquals', '9007199254740993', '9007199254740992', 'open'],
    ['IpAddress', '203.0.113.0/24', '203.0.113.9', 'holds'],
    ['IpAddress', '203.0.113.9', '203.0.113.9', 'holds'],
    ['IpAddress', '203.0.113.0/24', '203.0.114.9', 'fails'],
    ['IpAddress', '2001:db8::/32', '2001:db8:0:1::1', 'holds'],
    ['IpAddress', '0.0.0.0/0', '2001:db8::1', 'fails'],
    ['IpAddress', '203.0.113.0/33', '203.0.113.9', 'open'],
    ['IpAddress', '203.0.113.9/24', '203.0.113.77', 'holds'],
    // Without a prefix IAM takes /32, which for IPv6 is more than one address.
    ['IpAddress', '2001:db8::1', '2001:db8::1', 'holds'],
    ['IpAddress', '2001:db8::1', '2001:db8::2', 'open'],
    ['IpAddress', '2001:db8::1', '2001:db9::1', 'fails'],
    ['IpAddress', 'fe80::1%eth0/64', 'fe80::2', 'open'],
    ['NotIpAddress', '203.0.113.0/24', '203.0.113.9', 'fails'],
    ['stringequals', 'blue', 'blue', 'holds'],
    ['StringMatches', 'blue', 'blue', 'open'],
    ['ForSomeValues:StringEquals', 'blue', 'blue', 'open'],
  ])('%s %s on %s %s', (operator, wanted, actual, outcome) => {
    expect(askCondition({ [operator]: { 'my:key': wanted } }, { 'my:key': known(actual) })).toBe(outcome)
  })
})

describe('what is known of the key', () => {
  const facts = { absent, foreign, unknown: notKnown, known: known('vpce-other') }
  test.each([
    // operator, wanted, absent, foreign, unknown, known with another value
    ['StringEquals', 'vpce-1', 'fails', 'fails', 'open', 'fails'],
    ['StringNotEquals', 'vpce-1', 'holds', 'holds', 'open', 'holds'],
    ['StringEqualsIfExists', 'vpce-1', 'holds', 'open', 'open', 'fails'],
    ['StringNotEqualsIfExists', 'vpce-1', 'holds', 'open', 'open', 'holds'],
    ['StringLike', 'vpce-*', 'fails', 'open', 'open', 'holds'],
    ['StringLike', 'vpce-1', 'fails', 'fails', 'open', 'fails'],
    ['StringNotLike', 'vpce-*', 'holds', 'open', 'open', 'fails'],
    ['Null', 'true', 'holds', 'open', 'open', 'fails'],
    ['Null', 'false', 'fails', 'open', 'open', 'holds'],
    ['ForAnyValue:StringEquals', 'vpce-1', 'fails', 'fails', 'open', 'fails'],
    ['ForAnyValue:StringNotEquals', 'vpce-1', 'fails', 'open', 'open', 'holds'],
    ['ForAnyValue:StringEqualsIfExists', 'vpce-1', 'open', 'open', 'open', 'fails'],
    ['ForAllValues:StringEquals', 'vpce-1', 'holds', 'open', 'open', 'fails'],
    ['ForAllValues:StringEqualsIfExists', 'vpce-1', 'holds', 'open', 'open', 'fails'],
    ['ForAllValues:StringNotEquals', 'vpce-1', 'holds', 'open', 'open', 'holds'],
    ['Bool', 'false', 'fails', 'open', 'open', 'open'],
    ['BoolIfExists', 'false', 'holds', 'open', 'open', 'open'],
    ['NumericLessThan', '5', 'fails', 'open', 'open', 'open'],
    ['NotIpAddress', '10.0.0.0/8', 'holds', 'open', 'open', 'open'],
    ['ArnNotEqualsIfExists', arn, 'holds', 'open', 'open', 'holds'],
  ])('%s %s', (operator, wanted, whenAbsent, whenForeign, whenUnknown, whenKnown) => {
    const outcome = (fact: keyof typeof facts) =>
      askCondition({ [operator]: { 'aws:SourceVpce': wanted } }, { 'aws:SourceVpce': facts[fact] })
    expect([outcome('absent'), outcome('foreign'), outcome('unknown'), outcome('known')]).toEqual([
      whenAbsent,
      whenForeign,
      whenUnknown,
      whenKnown,
    ])
  })
})

describe('several values', () => {
  test.each([
    ['StringEquals', ['a', 'b'], ['b'], 'holds'],
    ['StringNotEquals', ['a', 'b'], ['b'], 'fails'],
    ['ForAnyValue:StringEquals', ['a'], ['a', 'z'], 'holds'],
    ['ForAllValues:StringEquals', ['a', 'b'], ['a', 'z'], 'fails'],
    ['ForAllValues:StringEquals', ['a', 'b'], ['b', 'a'], 'holds'],
    ['ForAnyValue:StringNotEquals', ['a'], ['a', 'z'], 'holds'],
    ['ForAllValues:StringNotEquals', ['a'], ['a', 'z'], 'fails'],
    ['ForAllValues:StringLike', ['team*'], [], 'holds'],
    ['ForAnyValue:StringLike', ['team*'], [], 'fails'],
    ['StringEquals', ['a'], ['a', 'z'], 'open'],
    // AWS calls an empty string an empty set; compared as a string it may come out otherwise.
    ['ForAllValues:StringEquals', ['a'], [''], 'open'],
    ['ForAllValues:StringEquals', ['a', ''], [''], 'holds'],
    ['ForAllValues:StringNotEquals', ['a'], [''], 'holds'],
    ['ForAnyValue:StringEquals', ['a'], [''], 'fails'],
    ['ForAnyValue:StringNotEquals', ['a'], [''], 'open'],
    ['ForAnyValue:StringNotEquals', ['a'], ['', 'z'], 'holds'],
  ])('%s %j on %j %s', (operator, wanted, actual, outcome) => {
    expect(askCondition({ [operator]: { 'aws:TagKeys': wanted } }, { 'aws:TagKeys': known(...actual) })).toBe(
      outcome,
    )
  })
})

describe('the whole block', () => {
  const facts = { 'aws:PrincipalTag/Team': known('blue'), 'aws:SecureTransport': known('true') }
  test.each([
    [
      'every test must hold',
      { StringEquals: { 'aws:PrincipalTag/Team': 'blue', 'aws:SecureTransport': 'no' } },
      'fails',
    ],
    [
      'a failing test beats one that is open',
      { StringEquals: { 'my:key': 'x' }, Bool: { 'aws:SecureTransport': 'false' } },
      'fails',
    ],
    ['keys are found in any letter case', { StringEquals: { 'AWS:principaltag/team': 'blue' } }, 'holds'],
    ['booleans and numbers may stand unquoted', { Bool: { 'aws:SecureTransport': true } }, 'holds'],
    ['nothing asked', {}, 'holds'],
    ['not an object', ['StringEquals'], 'open'],
    ['a value that is an object', { StringEquals: { 'aws:PrincipalTag/Team': { is: 'blue' } } }, 'open'],
    [
      'a key twice in other letter case',
      { StringEquals: { 'aws:PrincipalTag/Team': 'blue', 'aws:principaltag/team': 'blue' } },
      'open',
    ],
    [
      'an operator twice in other letter case',
      { Bool: { 'aws:SecureTransport': 'true' }, bool: { 'aws:SecureTransport': 'true' } },
      'open',
    ],
    ['no value', { StringEquals: { 'aws:PrincipalTag/Team': [] } }, 'open'],
  ])('%s', (_what, condition, outcome) => {
    expect(askCondition(condition, facts)).toBe(outcome)
  })

  test('an entry ending in * speaks for the keys without one of their own', () => {
    const tags = { 'aws:PrincipalTag/*': absent, 'aws:PrincipalTag/team': known('blue'), '*': notKnown }
    expect(askCondition({ Null: { 'aws:PrincipalTag/cost': 'true' } }, tags)).toBe('holds')
    expect(askCondition({ Null: { 'aws:PrincipalTag/team': 'true' } }, tags)).toBe('fails')
    expect(askCondition({ Null: { 'aws:SourceIp': 'true' } }, tags)).toBe('open')
  })

  test('two tags that differ in letter case only leave the key open, because IAM takes them for one', () => {
    const tags = { 'aws:PrincipalTag/team': known('blue'), 'aws:PrincipalTag/Team': known('blue') }
    expect(askCondition({ StringEquals: { 'aws:PrincipalTag/team': 'blue' } }, tags)).toBe('open')
  })
})
