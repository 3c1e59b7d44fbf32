import type { SQSClientConfig } from '@aws-sdk/client-sqs'
import { SqsTriggerError } from '../../errors.js'
import { shown } from '../../shown.js'
import { endpointsFrom } from './configured-endpoints.js'
import type { CredentialSource } from './credential-source.js'
import { type EnvironmentKeys, environmentKeysIn } from './environment-keys.js'
import { type Found, firstSet } from './first-set.js'
import {
  filesFrom,
  type IniSection,
  readSharedConfig,
  type SecondFactor,
  type SharedFiles,
  secondFactorIn,
  sessionProfile,
} from './profile-files.js'
import type { RenewSession } from './renewal.js'
import type { FinishedCall } from './watch-calls.js'

type Environment = Readonly<Record<string, string | undefined>>

/** How the user wants to reach AWS. Everything that is missing is looked up as aws-cli does. */
export interface ConnectionSettings {
  readonly region?: string
  readonly profile?: string
  /** One URL for all services. */
  readonly endpointUrl?: string
  /** Default 5,000. */
  readonly connectTimeoutMs?: number
  /** For one attempt of up to three. Default 10,000. */
  readonly readTimeoutMs?: number
  readonly env: Environment
  /** In place of those that the profile or the environment has. */
  readonly credentials?: CredentialSource
  /** File of certificates to trust instead of the usual ones. */
  readonly caBundle?: string
  /** Who says so, of what was not typed as a flag: such as the name of a variable. */
  readonly saidBy?: Partial<Record<'region' | 'profile' | 'endpointUrl' | 'caBundle', string>>
  /** Asked for the code of a second factor, which a role may demand; without it such a role cannot be assumed. */
  readonly mfaCode?: (device: string) => Promise<string>
  /** Asked to renew the session of a person that has expired; without it the call fails. */
  readonly renew?: RenewSession
  /** Told of each call when it has ended. */
  readonly onCall?: (call: FinishedCall) => void
  /** In place of the machine's own network and time. */
  readonly wire?: Wire
}

/** How requests leave, and how the SDK waits before it sends one again. */
export interface Wire {
  readonly requestHandler: NonNullable<SQSClientConfig['requestHandler']>
  /** Made anew for each client, as the SDK does. */
  readonly retryStrategy: () => NonNullable<SQSClientConfig['retryStrategy']>
}

export const serviceNames = [
  'lambda',
  'sqs',
  'iam',
  'sts',
  'kms',
  'cloudwatch_logs',
  'cloudformation',
  'cloudwatch',
  'resource_groups_tagging_api',
] as const
export type ServiceName = (typeof serviceNames)[number]

/** As IAM spells those whose names for endpoints are others. */
export const prefixes: Readonly<Partial<Record<ServiceName, string>>> = {
  cloudwatch_logs: 'logs',
  resource_groups_tagging_api: 'tag',
}

/** What the clients will use, after flags, environment and shared config were consulted. */
export interface Connection {
  readonly region: string
  /** null: the default profile, or credentials from the environment. */
  readonly profile: string | null
  /** The profile whose settings count and whose credentials do not, because the environment holds keys. */
  readonly profileSetAside: string | null
  /** The one whose session it uses: a profile that takes a role may name another as its source. */
  readonly sessionProfile: string | null
  /** The profile names a program that prints its credentials, and nothing that comes before it. */
  readonly credentialProcess: boolean
  /** The profile wants a code for its role. */
  readonly secondFactor: SecondFactor | undefined
  /** undefined: let the SDK find them. Set when the environment's keys win over AWS_PROFILE. */
  readonly environmentKeys: EnvironmentKeys | undefined
  /** undefined: AWS itself. */
  endpointOf(service: ServiceName): string | undefined
  /** undefined: the certificates that Node trusts. */
  readonly caBundle: Found | undefined
  /** The files that were read, where they are not in their usual place. */
  readonly files: SharedFiles
  readonly origins: ConnectionOrigins
}

/** Where a setting came from: the name of a variable, the flag, or the profile; null: it is not set. */
export interface ConnectionOrigins {
  readonly region: string
  readonly profile: string | null
  /** Of the first service that goes elsewhere than to AWS. */
  readonly endpoint: string | null
  readonly certificates: string | null
  readonly credentials: string
}

/**
 * Settles Region, profile and endpoints in aws-cli's order: flag, environment, profile.
 * @throws SqsTriggerError UNKNOWN_PROFILE (the SDK would only say that no credentials were found), NO_REGION,
 *   or USAGE for an endpoint that is not a URL.
 */
export async function resolveConnection(settings: ConnectionSettings): Promise<Connection> {
  const { env, saidBy = {} } = settings
  const files = filesFrom(env)
  const { profiles, services } = await readSharedConfig(files)
  const profileFrom = firstSet(
    [saidBy.profile ?? '--profile', settings.profile],
    ['AWS_PROFILE', env.AWS_PROFILE],
    ['AWS_DEFAULT_PROFILE', env.AWS_DEFAULT_PROFILE],
  )
  const chosen = profileFrom?.value
  if (chosen !== undefined && !Object.hasOwn(profiles, chosen))
    throw unknownProfile(chosen, Object.keys(profiles))
  const profile = profiles[chosen ?? 'default'] ?? {}
  const region = regionFrom(settings, profile, chosen)
  const environmentKeys = settings.profile === undefined ? environmentKeysIn(env) : undefined
  const endpoint = endpointsFrom(settings, profile, services, shownProfile(chosen))
  // https://docs.aws.amazon.com/sdkref/latest/guide/feature-gen-config.html
  const caBundle = firstSet(
    [saidBy.caBundle ?? '--ca-bundle', settings.caBundle],
    ['AWS_CA_BUNDLE', env.AWS_CA_BUNDLE],
    [shownProfile(chosen), profile.ca_bundle],
  )
  return {
    region: region.value,
    profile: environmentKeys ? null : (chosen ?? null),
    profileSetAside: environmentKeys ? (chosen ?? null) : null,
    sessionProfile: sessionProfile(profiles, chosen ?? null),
    secondFactor: secondFactorIn(profiles, chosen ?? null),
    // https://docs.aws.amazon.com/cli/latest/userguide/cli-configure-quickstart.html#cli-configure-quickstart-precedence
    environmentKeys,
    credentialProcess:
      profile.credential_process !== undefined &&
      profile.aws_access_key_id === undefined &&
      !profile.role_arn,
    endpointOf: (service) => endpoint(service)?.value,
    caBundle,
    files,
    origins: {
      region: region.from,
      profile: profileFrom?.from ?? null,
      endpoint: serviceNames.map(endpoint).find((found) => found !== undefined)?.from ?? null,
      certificates: caBundle?.from ?? null,
      credentials: environmentKeys ? 'AWS_ACCESS_KEY_ID' : shownProfile(chosen),
    },
  }
}

const shownProfile = (name: string | undefined) =>
  name === undefined ? 'the default profile' : `the profile ${shown(name)}`

function regionFrom(
  { region, env, saidBy }: ConnectionSettings,
  profile: IniSection,
  chosen: string | undefined,
): Found {
  const found = firstSet(
    [saidBy?.region ?? '--region', region],
    ['AWS_REGION', env.AWS_REGION],
    ['AWS_DEFAULT_REGION', env.AWS_DEFAULT_REGION],
    [shownProfile(chosen), profile.region],
  )
  if (found === undefined) {
    throw new SqsTriggerError('NO_REGION', 'No AWS Region is set.', {
      hint: `Set AWS_REGION, add --region <region>, or configure one:\naws configure set region <region>${chosen ? ` --profile ${chosen}` : ''}`,
    })
  }
  if (!/^[a-z]{2,}(-[a-z0-9]+)+$/.test(found.value)) {
    throw new SqsTriggerError('USAGE', `${shown(found.value)} is not the name of an AWS Region.`, {
      hint: 'Region names look like eu-central-1.',
    })
  }
  return found
}

function unknownProfile(name: string, known: readonly string[]): SqsTriggerError {
  // Only a name that any shell takes as it is goes into a command to paste.
  const typable = /^[\w.@-]+$/.test(name) ? name : '<name>'
  const list = known
    .slice(0, 10)
    .map((profile) => shown(profile))
    .join(', ')
  return new SqsTriggerError(
    'UNKNOWN_PROFILE',
    `The profile ${shown(name)} is not in your AWS config or credentials file.`,
    {
      hint:
        known.length > 0
          ? `Profiles there: ${list}. Use one of them, or make this one:\naws configure --profile ${typable}`
          : `Neither file holds a profile. Make one:\naws configure --profile ${typable}`,
    },
  )
}
