import { expect, test } from 'vitest'
import { redacted } from '../../src/cli/redact.js'

test.each([
  // One secret is the beginning of another: nothing of the longer one may be left.
  [
    'shortest first',
    { A_TOKEN: 'abcdef', B_TOKEN: 'abcdef-and-more' },
    'x abcdef-and-more y abcdef',
    'x <secret> y <secret>',
  ],
  [
    'of an address, its password alone',
    { HTTPS_PROXY: 'http://me:pass-word@proxy:1' },
    'said pass-word',
    'said <secret>',
  ],
  ['no word that is short', { A_TOKEN: 'yes' }, 'yes', 'yes'],
  [
    'keys, accounts, home',
    { HOME: '/home/me' },
    '/home/me AKIAIOSFODNN7EXAMPLE 111122223333',
    '~ <access-key> <account>',
  ],
])('%s', (_, env, text, expected) => {
  expect(redacted(text, env)).toBe(expected)
})
