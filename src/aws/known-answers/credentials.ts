import { shellWord } from '../../command-line.js'
import { shown } from '../../shown.js'
import type { FailedCall, KnownAnswer } from './known-answer.js'
import { reason, withStop } from './words.js'

const profile = ({ profile: name }: FailedCall, placeholder = '') =>
  name ? ` --profile ${name}` : placeholder

const signingIn = (call: FailedCall) => profile({ ...call, profile: call.sessionProfile ?? call.profile })

const refresh = "To refresh this SSO session run 'aws sso login' with the corresponding profile."

const sessionProfileOf = ({ profile: chosen, sessionProfile }: FailedCall) => {
  const name = sessionProfile ?? chosen
  return name ? `the profile ${shown(name)}` : 'the profile'
}

/** A session of the user alone would not do: the profile asks for the code when it takes the role. */
function takingRole({ secondFactor }: FailedCall): string {
  const { roleArn = '<role-arn>', device = '<mfa-device>', externalId, source } = secondFactor ?? {}
  const words = (name: string, value: string | null | undefined) =>
    value ? [name, /^<[\w-]+>$/.test(value) ? value : shellWord(value)] : []
  return [
    'aws sts assume-role',
    ...words('--role-arn', roleArn),
    '--role-session-name sqs-trigger',
    ...words('--external-id', externalId),
    ...words('--serial-number', device),
    '--token-code <code>',
    ...words('--profile', source),
  ].join(' ')
}

const whoAmI = (call: FailedCall, doubt: string) =>
  `${doubt} This says who you are, once the keys are right:\naws sts get-caller-identity${profile(call)}`

/** Where botocore looked, as people say it. */
const places: Readonly<Record<string, string>> = {
  env: 'the environment',
  'config-file': 'the file config',
  'shared-credentials-file': 'the file credentials',
}

/** What the SDK says before any call, and what AWS says about a signature. */
export const credentialAnswers: readonly KnownAnswer[] = [
  {
    slug: 'no-credentials',
    title: 'No AWS credentials were found',
    code: 'NO_CREDENTIALS',
    says: 'Could not load credentials from any providers',
    // aws-cli's advice behind it, `aws configure` or `aws login`, tells nothing of a session.
    when: [{ text: /^(?:Could not load credentials from any providers|Unable to locate credentials)/ }],
    message: () => 'No AWS credentials were found.',
    hint: (call) =>
      [
        'Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or sign in.',
        'without an account: sqs-trigger demo',
        `with SSO: aws sso login${profile(call, ' --profile <name>')}`,
        `with keys: aws configure${profile(call)}`,
      ].join('\n'),
  },
  {
    slug: 'credentials-incomplete',
    title: 'Of an access key only one half is set',
    code: 'NO_CREDENTIALS',
    says: 'Partial credentials found in env, missing: AWS_SECRET_ACCESS_KEY',
    when: [{ text: /^Partial credentials found in (\S+), missing: (\w+)/ }],
    message: (_, [, place = '', missing = 'the other half']) =>
      `Of the access key only one half was found in ${places[place] ?? place}: ${missing} is missing.`,
    hint: (call) =>
      `Set both halves, AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or put them into the profile:\naws configure${profile(call)}`,
  },
  {
    slug: 'profile-not-found',
    title: 'The AWS configuration has no such profile',
    code: 'UNKNOWN_PROFILE',
    says: 'The config profile (dev) could not be found',
    when: [
      { text: /^The config profile \((.+)\) could not be found/ },
      { text: /^The source_profile "(.+?)" referenced in the profile ".+?" does not exist/ },
    ],
    message: (_, [, name = '']) =>
      `The profile ${shown(name)} is not in your AWS config or credentials file.`,
    hint: () =>
      'Look at --profile, AWS_PROFILE and source_profile for a typing error, or make the profile:\naws configure --profile <name>',
  },
  {
    slug: 'sso-session-expired',
    title: 'The SSO session has expired or was never started',
    code: 'CREDENTIALS_EXPIRED',
    says: `The SSO session token associated with profile=dev was not found or is invalid. ${refresh}`,
    when: [
      { text: /aws sso login/ },
      { text: /^The SSO session (?:token )?associated with |^Error loading SSO Token: / },
      { text: /in SSO Token\. Cannot refresh\.|^Token is expired\. To refresh/ },
    ],
    message: () => 'Your AWS SSO session has expired or was never started.',
    hint: (call) => `Sign in again:\naws sso login${signingIn(call)}`,
  },
  {
    slug: 'login-session-expired',
    title: 'The session of `aws login` has expired or was never started',
    code: 'CREDENTIALS_EXPIRED',
    when: [
      { text: /\baws login\b/ },
      { text: /^(?:Failed to load token from |Error loading login session token: )/ },
    ],
    message: () => 'Your AWS login session has expired or was never started.',
    hint: (call) => `Sign in again:\naws login${signingIn(call)}`,
  },
  {
    slug: 'sso-profile-incomplete',
    title: 'The SSO settings of the profile are incomplete',
    code: 'NO_CREDENTIALS',
    says: 'Profile is configured with invalid SSO credentials. Required parameters "sso_account_id", …',
    when: [{ text: /^Profile is configured with invalid SSO credentials/ }],
    message: (_, { input }) => `AWS credentials could not be loaded${reason(input)}`,
    hint: (call) => `Complete the profile:\naws configure sso${profile(call)}`,
  },
  {
    slug: 'mfa-code-needed',
    title: 'The profile needs a code of a second factor',
    code: 'NO_CREDENTIALS',
    says: 'Profile dev requires multi-factor authentication, but no MFA code callback was provided.',
    when: [
      { text: /^Profile (\S+) requires multi-factor authentication|requires multi-factor authentication/ },
    ],
    message: ({ secondFactor }, [, name]) =>
      `The profile${name === undefined ? '' : ` ${shown(name)}`} wants a code of the device ${
        secondFactor === undefined ? 'that its mfa_serial names' : shown(secondFactor.device).slice(1, -1)
      }, and nobody could be asked for it.`,
    hint: (call) =>
      `Run it on a terminal, where the code is asked for; or take the role first, set the three keys that this prints in the environment, and leave the profile out:\n${takingRole(call)}`,
  },
  {
    slug: 'credential-process-failed',
    title: 'The program that a profile names for its credentials gave none',
    code: 'NO_CREDENTIALS',
    says: 'Profile dev credential_process returned invalid JSON.',
    when: [{ text: /^(?:Profile \S+ )?credential_process (.+)$/ }],
    message: (call, [, what = 'failed']) =>
      `The credential_process of ${sessionProfileOf(call)} ${withStop(what)}`,
    hint: (call) =>
      `Run its command line yourself to see more. It stands in your AWS config:\naws configure get credential_process${signingIn(call)}`,
  },
  {
    slug: 'credentials-not-loaded',
    title: 'The credentials of the profile could not be loaded',
    code: 'NO_CREDENTIALS',
    when: [
      { names: /^(?:CredentialsProviderError|TokenProviderError)$/ },
      { text: /^Error when retrieving credentials from \S+:/ },
    ],
    message: (_, { input }) => `AWS credentials could not be loaded${reason(input)}`,
    hint: (call) => `Look at the profile:\naws configure list${profile(call)}`,
  },
  {
    slug: 'no-region',
    title: 'No AWS Region is set',
    code: 'NO_REGION',
    says: 'Region is missing',
    when: [{ text: /^(?:Region is missing|You must specify a region)/ }],
    message: () => 'No AWS Region is set.',
    hint: () => 'Set AWS_REGION, add --region <region>, or configure one:\naws configure set region <region>',
  },
  {
    slug: 'clock-differs',
    title: 'The clock of this machine differs from that of AWS',
    code: 'CREDENTIALS_REJECTED',
    when: [
      { names: /^(?:RequestExpired|RequestTimeTooSkewed)$/ },
      { text: /^Signature (?:expired|not yet current)/ },
    ],
    message: (_, { input }) => `AWS refused the signature because of its time${reason(input)}`,
    hint: () => 'Set this machine’s clock, then run the same command again.',
  },
  {
    slug: 'credentials-expired',
    title: 'The AWS credentials have expired',
    code: 'CREDENTIALS_EXPIRED',
    says: 'The security token included in the request is expired',
    when: [
      { names: /^ExpiredToken(?:Exception)?$/ },
      { text: /^The security token included in the request is expired/ },
    ],
    message: (_, _match, { name }) => `Your AWS credentials have expired${named(name)}.`,
    hint: (call) =>
      call.environmentKeys
        ? 'They stand in your environment: renew AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_SESSION_TOKEN, or unset them.'
        : `Renew the keys in your environment, or sign in again:\naws sso login${signingIn(call)}`,
  },
  {
    slug: 'credentials-rejected',
    title: 'AWS does not know the access key',
    code: 'CREDENTIALS_REJECTED',
    says: 'The security token included in the request is invalid.',
    when: [
      { names: /^(?:InvalidClientTokenId|UnrecognizedClientException|AuthFailure|InvalidToken)$/ },
      { text: /^The security token included in the request is invalid/ },
    ],
    // Good keys in a Region that the account has not enabled are answered with the same words.
    message: ({ region }, { input }, { name }) => {
      const doubt = region ? `the Region ${region}` : 'the Region'
      return `AWS does not accept these credentials${named(name)}${reason(input)} The keys may be wrong, or ${doubt} not enabled for the account.`
    },
    hint: (call) =>
      whoAmI(
        call,
        'Look at AWS_ACCESS_KEY_ID and the profile for other keys than you meant, and at the Region.',
      ),
  },
  {
    slug: 'secret-key-rejected',
    title: 'The secret access key does not belong to the access key id',
    code: 'CREDENTIALS_REJECTED',
    when: [
      { names: /^(?:SignatureDoesNotMatch|InvalidSignatureException)$/ },
      { text: /^The request signature we calculated does not match/ },
    ],
    message: (_, { input }, { name }) =>
      `AWS does not accept these credentials${named(name)}${reason(input)} The secret access key does not belong to the access key id, or something in between changed the request.`,
    hint: (call) =>
      whoAmI(call, 'Set the access key and its secret anew, from one source: a profile, or the environment.'),
  },
  {
    slug: 'signature-incomplete',
    title: 'The request came to AWS without a complete signature',
    code: 'CREDENTIALS_REJECTED',
    when: [{ names: /^(?:MissingAuthenticationToken|IncompleteSignature)(?:Exception)?$/ }],
    message: (_, { input }, { name }) =>
      `AWS does not accept these credentials${named(name)}${reason(input)} The signature was incomplete: something in between may have changed the request.`,
    hint: (call) => whoAmI(call, 'Look at the proxy, and try it without.'),
  },
]

/** The name of the error, where it came with one. */
const named = (name: string) => (name === '' || name === 'Error' ? '' : ` (${name})`)
