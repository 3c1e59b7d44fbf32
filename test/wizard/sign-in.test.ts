import { expect, test } from 'vitest'
import { recognise } from '../../src/aws/known-answers.js'
import { SqsTriggerError } from '../../src/errors.js'
import { loginWords, signedIn } from '../../src/wizard/sign-in.js'
import { scripted } from '../support/scripted-prompter.js'

const call = {
  service: 'sts',
  operation: 'GetCallerIdentity',
  region: 'eu-central-1',
  profile: 'dev',
} as const

test.each([
  ['Token is expired. To refresh this SSO session run aws sso login', ['sso', 'login']],
  ['The security token included in the request is expired', undefined],
] as const)('“%s” is mended by signing in: %j', (text, words) => {
  const known = recognise({ name: 'Error', codes: ['Error'], text, status: 403 }, call)
  if (known === undefined) throw new Error('nothing is known of this text')
  expect(known.hint).toContain('aws sso login --profile dev')
  expect(loginWords(new SqsTriggerError(known.code, known.message, { hint: known.hint }))).toEqual(words)
})

test('other errors are not mended by signing in, whatever they advise', () => {
  const error = new SqsTriggerError('NO_CREDENTIALS', 'No keys.', { hint: 'Sign in again:\naws sso login' })
  expect(loginWords(error)).toBeUndefined()
})

test('--yes answers the offer to sign in, which nobody then is asked: it fails as in a script', async () => {
  const known = recognise(
    {
      name: 'Error',
      codes: ['Error'],
      text: 'Token is expired. To refresh this SSO session run aws sso login',
      status: 403,
    },
    call,
  )
  const expired = new SqsTriggerError('CREDENTIALS_EXPIRED', 'Expired.', { hint: known?.hint ?? '' })
  const { prompter, asked } = scripted([false, false])
  const context = (yes: boolean) => ({
    prompter,
    globals: { yes },
    signal: new AbortController().signal,
    reporter: { pause: () => {}, note: () => {} },
    session: async () => ({ clients: { profile: 'dev' } }),
  })
  for (const yes of [true, false]) {
    // All of a context that is looked at here.
    const given = context(yes) as unknown as Parameters<typeof signedIn>[0]
    await expect(signedIn(given, () => Promise.reject(expired))).rejects.toBe(expired)
    expect(asked).toEqual(yes ? [] : ['Run “aws sso login --profile dev” now? Y/n'])
  }
})
