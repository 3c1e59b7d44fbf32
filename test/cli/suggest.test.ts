import { expect, test } from 'vitest'
import { didYouMean, suggest } from '../../src/suggest.js'

const commands = ['wire', 'preflight', 'list', 'status', 'wait', 'send', 'unwire', 'sandbox', 'demo']

test.each([
  ['stats', 'status'],
  ['statsu', 'status'],
  ['WIRE', 'wire'],
  ['prefligth', 'preflight'],
  ['unwrie', 'unwire'],
  ['lst', 'list'],
  ['sned', 'send'],
  ['pre', 'preflight'],
  ['sandboxes', 'sandbox'],
])('%s probably means %s', (typed, meant) => {
  expect(suggest(typed, commands)).toBe(meant)
})

test.each([
  ['nothing', ''],
  ['one letter', 'w'],
  ['another word', 'kubernetes'],
  ['ten thousand letters', 'a'.repeat(10_000)],
])('%s is no slip of the finger', (_, typed) => {
  expect(suggest(typed, commands)).toBeUndefined()
  expect(didYouMean(typed, commands)).toBe('')
})

test('the suggestion is put as a question', () => {
  expect(didYouMean('regoin', ['region'], (word) => `--${word}`)).toBe(' – did you mean --region?')
})
