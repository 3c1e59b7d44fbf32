import { expect, it } from 'vitest'
import type { ErrorCode } from '../../src/errors.js'
import { explainError } from '../../src/operations/explain-error.js'

/** What aws-cli says before or without any answer of AWS. */
const said: readonly (readonly [text: string, slug: string, code: ErrorCode, hint: RegExp])[] = [
  [
    'Unable to locate credentials. You can configure credentials by running "aws configure".',
    'no-credentials',
    'NO_CREDENTIALS',
    /\naws configure$|\nwith keys: aws configure$/,
  ],
  [
    'Unable to locate credentials. You can configure credentials by running "aws login".',
    'no-credentials',
    'NO_CREDENTIALS',
    /with SSO: aws sso login/,
  ],
  [
    'You must specify a region. You can also configure your region by running "aws configure".',
    'no-region',
    'NO_REGION',
    /\naws configure set region <region>$/,
  ],
  [
    'The config profile (nope) could not be found',
    'profile-not-found',
    'UNKNOWN_PROFILE',
    /\naws configure --profile <name>$/,
  ],
  [
    'The source_profile "gone" referenced in the profile "mfa" does not exist.',
    'profile-not-found',
    'UNKNOWN_PROFILE',
    /source_profile/,
  ],
  [
    'Partial credentials found in env, missing: AWS_SECRET_ACCESS_KEY',
    'credentials-incomplete',
    'NO_CREDENTIALS',
    /^Set both halves/,
  ],
  [
    'Partial credentials found in config-file, missing: aws_secret_access_key',
    'credentials-incomplete',
    'NO_CREDENTIALS',
    /\naws configure$/,
  ],
  [
    'Error loading SSO Token: Token for my does not exist',
    'sso-session-expired',
    'CREDENTIALS_EXPIRED',
    /\naws sso login$/,
  ],
  [
    'The SSO session associated with this profile has expired or is otherwise invalid. To refresh this SSO session run aws sso login with the corresponding profile.',
    'sso-session-expired',
    'CREDENTIALS_EXPIRED',
    /\naws sso login$/,
  ],
  [
    "Your session has expired or credentials have changed. Please reauthenticate using 'aws login'.",
    'login-session-expired',
    'CREDENTIALS_EXPIRED',
    /\naws login$/,
  ],
  [
    'Error when retrieving credentials from custom-process: ',
    'credentials-not-loaded',
    'NO_CREDENTIALS',
    /\naws configure list$/,
  ],
  [
    'Could not connect to the endpoint URL: "https://sqs.eu-central-7.amazonaws.com/"',
    'endpoint-unreachable',
    'ENDPOINT_UNREACHABLE',
    /^Check that https:\/\/sqs\.eu-central-7\.amazonaws\.com\/ has a Region in it that there is/,
  ],
  [
    'Could not connect to the endpoint URL: "http://127.0.0.1:9/"',
    'endpoint-unreachable',
    'ENDPOINT_UNREACHABLE',
    /^Check that http:\/\/127\.0\.0\.1:9\/ .* is the right address/,
  ],
  [
    'Read timeout on endpoint URL: "https://sqs.eu-central-1.amazonaws.com/"',
    'endpoint-silent',
    'ENDPOINT_TIMED_OUT',
    /the network and the proxy/,
  ],
]

it.each(said)('%s', (text, slug, code, hint) => {
  for (const pasted of [text, `\n${text}\n`, `$ aws sqs list-queues\n\n${text}\n`]) {
    const found = explainError(pasted)
    expect(found).toMatchObject({ slug, code })
    expect(found?.hint).toMatch(hint)
    expect(found?.message).not.toMatch(/undefined/)
  }
})

it('the half of a key that is missing is named, and where the other was found', () => {
  const text = 'Partial credentials found in env, missing: AWS_SECRET_ACCESS_KEY'
  expect(explainError(text)?.message).toBe(
    'Of the access key only one half was found in the environment: AWS_SECRET_ACCESS_KEY is missing.',
  )
})
