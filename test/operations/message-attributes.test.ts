import { describe, expect, test } from 'vitest'
import { attributeBytes, type MessageAttribute, refusedAttribute } from '../../src/message-attributes.js'

const attribute = (name: string, value = 'v', type = 'String'): MessageAttribute => ({ name, type, value })

describe('attributes that SQS refuses', () => {
  const rows: readonly (readonly [string, readonly MessageAttribute[], RegExp])[] = [
    [
      'eleven',
      Array.from({ length: 11 }, (_, index) => attribute(`a${index}`)),
      /takes 10 attributes, not 11/,
    ],
    ['one twice', [attribute('a'), attribute('a')], /a is given twice/],
    ['no name', [attribute('')], /no name of an attribute/],
    ['a space in the name', [attribute('a b')], /no name of an attribute/],
    ['a dot at the end', [attribute('a.')], /no name of an attribute/],
    ['two dots', [attribute('a..b')], /no name of an attribute/],
    ['a name that is too long', [attribute('a'.repeat(257))], /no name of an attribute/],
    ['a reserved name', [attribute('AWS.trace')], /reserved/],
    ['an unknown type', [attribute('a', 'v', 'Text')], /none of String, Number and Binary/],
    ['an empty value', [attribute('a', '')], /empty/],
    ['a Number that is none', [attribute('a', 'seven', 'Number')], /seven is no number/],
    ['a Binary that is no Base64', [attribute('a', 'ä', 'Binary')], /Base64/],
    ['a control character', [attribute('a', '\u0000')], /U\+0000/],
  ]
  test.each(rows)('%s', (_, attributes, reason) => {
    expect(refusedAttribute(attributes)).toMatch(reason)
  })

  test.each([
    [attribute('tenant-1_a.b')],
    [attribute('n', '-1.5e3', 'Number')],
    [attribute('n', '7', 'Number.int')],
    [attribute('raw', 'AAE=', 'Binary.gzip')],
    [attribute('a'.repeat(256))],
  ])('%j passes', (one) => {
    expect(refusedAttribute([one])).toBeUndefined()
  })
})

test('name, type and value count, Binary as what it stands for', () => {
  expect(attributeBytes([attribute('ab', 'é'), attribute('c', 'AAE=', 'Binary')])).toBe(2 + 6 + 2 + 1 + 6 + 2)
})
