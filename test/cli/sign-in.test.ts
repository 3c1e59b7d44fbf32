import { expect, test } from 'vitest'
import { recognise } from '../../src/aws/known-answers.js'
import { loginWords, signInOffer } from '../../src/cli/sign-in.js'
import { SqsTriggerError } from '../../src/errors.js'
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

test('keys of the environment that have expired are renewed there: no sign-in is advised', () => {
  const text = 'The security token included in the request is expired'
  const failure = { name: 'ExpiredToken', codes: ['ExpiredToken'], text, status: 403 }
  expect(recognise(failure, { ...call, environmentKeys: true })?.hint).toMatch(
    /^They stand in your environment: renew [^\n]*AWS_SESSION_TOKEN, or unset them\.$/,
  )
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
  for (const yes of [true, false]) {
    const { prompter, asked } = scripted([false])
    const offer = signInOffer({
      prompter,
      globals: { yes },
      host: { env: {} },
      signal: new AbortController().signal,
      reporter: { pause: () => {}, note: () => {} },
      leave: () => {},
    })
    expect(await offer?.(expired, 'dev')).toBe(yes ? undefined : false)
    expect(asked).toEqual(yes ? [] : ['Run “aws sso login --profile dev” now? Y/n'])
  }
})
