import { SqsTriggerError, type SqsTriggerErrorOptions } from '../errors.js'
import type { FailedCall } from './known-answers.js'

/** What the SDK says before any call, and what AWS says about a signature, as one of four sign-in errors. */
export function credentialError(
  failure: { readonly name: string; readonly text: string },
  call: FailedCall,
  options: SqsTriggerErrorOptions,
): SqsTriggerError | undefined {
  const { name, text } = failure
  const profile = call.profile ? ` --profile ${call.profile}` : ''
  if (/sso login/.test(text)) {
    return new SqsTriggerError(
      'CREDENTIALS_EXPIRED',
      'Your AWS SSO session has expired or was never started.',
      {
        ...options,
        hint: `aws sso login${profile}`,
      },
    )
  }
  if (/aws login/.test(text)) {
    return new SqsTriggerError('CREDENTIALS_EXPIRED', 'Your AWS login session has expired.', {
      ...options,
      hint: `aws login${profile}`,
    })
  }
  if (/requires multi-factor authentication/.test(text)) {
    return new SqsTriggerError('NO_CREDENTIALS', text, {
      ...options,
      hint: 'Get a session with the code first: aws sts get-session-token --serial-number <mfa device> --token-code <code>',
    })
  }
  if (name === 'CredentialsProviderError' || name === 'TokenProviderError') {
    const nothing = /^Could not load credentials from any providers/.test(text)
    const message = nothing
      ? 'No AWS credentials were found.'
      : `AWS credentials could not be loaded: ${text}`
    return new SqsTriggerError('NO_CREDENTIALS', message, {
      ...options,
      hint: nothing ? signInHint(profile) : `Check the profile${profile}.`,
    })
  }
  if (/^Region is missing/.test(text)) {
    return new SqsTriggerError('NO_REGION', 'No AWS Region is set.', {
      ...options,
      hint: 'Set AWS_REGION, add --region <region>, or configure one:\naws configure set region <region>',
    })
  }
  if (expired.test(name)) {
    return new SqsTriggerError('CREDENTIALS_EXPIRED', `Your AWS credentials have expired (${name}).`, {
      ...options,
      hint: `Renew the keys in your environment, or sign in again:\naws sso login${profile}`,
    })
  }
  if (skewed.test(name) || /^Signature (?:expired|not yet current)/.test(text)) {
    return new SqsTriggerError(
      'CREDENTIALS_REJECTED',
      `AWS refused the signature because of its time: ${text}`,
      {
        ...options,
        hint: 'Set this machine’s clock.',
      },
    )
  }
  if (rejected.test(name)) {
    // Good keys in a Region that the account has not enabled are answered with the same words.
    return new SqsTriggerError(
      'CREDENTIALS_REJECTED',
      `AWS does not accept these credentials (${name}): ${text.replace(/\.?$/, '.')}${call.region ? ` The keys may be wrong, or the Region ${call.region} not enabled for the account.` : ''}`,
      { ...options, hint: `aws sts get-caller-identity${profile}` },
    )
  }
  return undefined
}

const expired = /^ExpiredToken(?:Exception)?$/
const skewed = /^(?:RequestExpired|RequestTimeTooSkewed)$/
const rejected =
  /^(?:InvalidClientTokenId|UnrecognizedClientException|SignatureDoesNotMatch|InvalidSignatureException|MissingAuthenticationToken(?:Exception)?|IncompleteSignature(?:Exception)?|AuthFailure|InvalidToken)$/

const signInHint = (profile: string) =>
  [
    'Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or sign in.',
    'without an account: sqs-trigger demo',
    `with SSO: aws sso login${profile || ' --profile <name>'}`,
    `with keys: aws configure${profile}`,
  ].join('\n')
