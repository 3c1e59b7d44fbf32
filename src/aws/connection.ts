import { loadSharedConfigFiles } from '@smithy/core/config'
import { SqsTriggerError } from '../errors.js'
import { shown } from '../shown.js'

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
  /** Asked for the code of a second factor where the profile names one. Default: such a profile fails. */
  readonly mfaCode?: (device: string) => Promise<string>
  readonly env: Environment
}

export type ServiceName = 'sqs' | 'lambda' | 'iam' | 'sts' | 'kms' | 'cloudwatch_logs' | 'cloudformation'

/** What the clients will use, after flags, environment and shared config were consulted. */
export interface Connection {
  readonly region: string
  /** null: the default profile, or credentials from the environment. */
  readonly profile: string | null
  /** undefined: let the SDK find them. Set when the environment's keys win over AWS_PROFILE. */
  readonly environmentKeys: EnvironmentKeys | undefined
  /** undefined: AWS itself. */
  endpointOf(service: ServiceName): string | undefined
}

interface EnvironmentKeys {
  readonly accessKeyId: string
  readonly secretAccessKey: string
  readonly sessionToken?: string
}

type IniSection = Readonly<Record<string, string | undefined>>

/**
 * Settles Region, profile and endpoints in aws-cli's order: flag, environment, profile.
 * @throws SqsTriggerError UNKNOWN_PROFILE (the SDK would only say that no credentials were found), NO_REGION,
 *   or USAGE for an endpoint that is not a URL.
 */
export async function resolveConnection(settings: ConnectionSettings): Promise<Connection> {
  const { env } = settings
  const { profiles, services } = await readSharedConfig(env)
  const chosen = settings.profile ?? nonEmpty(env.AWS_PROFILE) ?? nonEmpty(env.AWS_DEFAULT_PROFILE)
  if (chosen !== undefined && !Object.hasOwn(profiles, chosen))
    throw unknownProfile(chosen, Object.keys(profiles))
  const profile = profiles[chosen ?? 'default'] ?? {}
  return {
    region: regionFrom(settings, profile, chosen),
    profile: chosen ?? null,
    // https://docs.aws.amazon.com/cli/latest/userguide/cli-configure-quickstart.html#cli-configure-quickstart-precedence
    environmentKeys: settings.profile === undefined ? keysIn(env) : undefined,
    endpointOf: endpointsFrom(settings, profile, services),
  }
}

/**
 * `services` sections are kept under their name with the keys `<service>.endpoint_url`, as the SDK's parser
 * writes nested settings.
 */
async function readSharedConfig(env: Environment) {
  const filepath = nonEmpty(env.AWS_SHARED_CREDENTIALS_FILE)
  const configFilepath = nonEmpty(env.AWS_CONFIG_FILE)
  const { configFile, credentialsFile } = await loadSharedConfigFiles({
    ...(filepath === undefined ? {} : { filepath }),
    ...(configFilepath === undefined ? {} : { configFilepath }),
  })
  const profiles: Record<string, IniSection> = {}
  const services: Record<string, IniSection> = {}
  for (const [name, section] of [...Object.entries(configFile), ...Object.entries(credentialsFile)]) {
    if (name.startsWith('services.')) services[name.slice('services.'.length)] = section
    else if (!name.startsWith('sso-session.')) profiles[name] = { ...profiles[name], ...section }
  }
  return { profiles, services }
}

function regionFrom(
  { region, env }: ConnectionSettings,
  profile: IniSection,
  chosen: string | undefined,
): string {
  const found =
    nonEmpty(region) ??
    nonEmpty(env.AWS_REGION) ??
    nonEmpty(env.AWS_DEFAULT_REGION) ??
    nonEmpty(profile.region)
  if (found === undefined) {
    throw new SqsTriggerError('NO_REGION', 'No AWS Region is set.', {
      hint: `Set AWS_REGION, add --region <region>, or configure one:\naws configure set region <region>${chosen ? ` --profile ${chosen}` : ''}`,
    })
  }
  if (!/^[a-z]{2,}(-[a-z0-9]+)+$/.test(found)) {
    throw new SqsTriggerError('USAGE', `${shown(found)} is not the name of an AWS Region.`, {
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

function keysIn(env: Environment): EnvironmentKeys | undefined {
  const accessKeyId = nonEmpty(env.AWS_ACCESS_KEY_ID)
  const secretAccessKey = nonEmpty(env.AWS_SECRET_ACCESS_KEY)
  const sessionToken = nonEmpty(env.AWS_SESSION_TOKEN)
  if (accessKeyId === undefined || secretAccessKey === undefined) return undefined
  return sessionToken === undefined
    ? { accessKeyId, secretAccessKey }
    : { accessKeyId, secretAccessKey, sessionToken }
}

/** https://docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html */
function endpointsFrom(
  settings: ConnectionSettings,
  profile: IniSection,
  services: Readonly<Record<string, IniSection>>,
) {
  const { env, endpointUrl } = settings
  if (endpointUrl !== undefined) {
    const checked = checkEndpoint(endpointUrl)
    return () => checked
  }
  const ignored = [env.AWS_IGNORE_CONFIGURED_ENDPOINT_URLS, profile.ignore_configured_endpoint_urls].some(
    (value) => value?.toLowerCase() === 'true',
  )
  if (ignored) return () => undefined
  const section = services[profile.services ?? ''] ?? {}
  return (service: ServiceName) => {
    const found =
      nonEmpty(env[`AWS_ENDPOINT_URL_${service.toUpperCase()}`]) ??
      nonEmpty(env.AWS_ENDPOINT_URL) ??
      nonEmpty(section[`${service}.endpoint_url`]) ??
      nonEmpty(profile.endpoint_url)
    return found === undefined ? undefined : checkEndpoint(found)
  }
}

function checkEndpoint(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (url && (url.protocol === 'http:' || url.protocol === 'https:')) return text
  throw new SqsTriggerError('USAGE', `The endpoint ${shown(text)} is not an http or https URL.`, {
    hint: 'An endpoint looks like http://127.0.0.1:4566.',
  })
}

const nonEmpty = (text: string | undefined) => (text === undefined || text === '' ? undefined : text)
