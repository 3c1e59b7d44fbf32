import { loadSharedConfigFiles } from '@smithy/core/config'

export type IniSection = Readonly<Record<string, string | undefined>>

/** Files of AWS's shared configuration that are not in their usual place, as the SDK calls them. */
export interface SharedFiles {
  readonly filepath?: string
  readonly configFilepath?: string
}

/** The files that the environment names. */
export function filesFrom(env: Readonly<Record<string, string | undefined>>): SharedFiles {
  const filepath = env.AWS_SHARED_CREDENTIALS_FILE || undefined
  const configFilepath = env.AWS_CONFIG_FILE || undefined
  return {
    ...(filepath === undefined ? {} : { filepath }),
    ...(configFilepath === undefined ? {} : { configFilepath }),
  }
}

/**
 * `services` sections are kept under their name with the keys `<service>.endpoint_url`, as the SDK's parser
 * writes nested settings.
 */
export async function readSharedConfig(files: SharedFiles) {
  const { configFile, credentialsFile } = await loadSharedConfigFiles(files)
  const profiles: Record<string, IniSection> = {}
  const services: Record<string, IniSection> = {}
  for (const [name, section] of [...Object.entries(configFile), ...Object.entries(credentialsFile)]) {
    if (name.startsWith('services.')) services[name.slice('services.'.length)] = section
    else if (!name.startsWith('sso-session.')) profiles[name] = { ...profiles[name], ...section }
  }
  return { profiles, services }
}

/** The profile that the session belongs to: the last of its sources. */
export const sessionProfile = (profiles: Profiles, chosen: string | null): string | null =>
  sourcesOf(profiles, chosen).at(-1) ?? chosen

/** What taking a role with a code asks for. */
export interface SecondFactor {
  /** Serial number or ARN of the device. */
  readonly device: string
  readonly roleArn: string
  readonly externalId: string | null
  /** Whose keys ask for the role; null: nobody's by name. */
  readonly source: string | null
}

/** The role that wants a code, of the profile itself or of one of its sources. */
export function secondFactorIn(profiles: Profiles, chosen: string | null): SecondFactor | undefined {
  const sections = sourcesOf(profiles, chosen).map((name) => profiles[name ?? 'default'] ?? {})
  const wanting = sections.find(({ mfa_serial, role_arn }) => mfa_serial && role_arn)
  if (!wanting?.mfa_serial || !wanting.role_arn) return undefined
  return {
    device: wanting.mfa_serial,
    roleArn: wanting.role_arn,
    externalId: wanting.external_id ?? null,
    source: wanting.source_profile ?? null,
  }
}

type Profiles = Readonly<Record<string, IniSection>>

/**
 * Follows `source_profile`, from the profile itself on.
 * https://docs.aws.amazon.com/sdkref/latest/guide/feature-assume-role-credentials.html
 */
function sourcesOf(profiles: Profiles, chosen: string | null): readonly (string | null)[] {
  const names = [chosen]
  for (;;) {
    const source = profiles[names.at(-1) ?? 'default']?.source_profile
    if (source === undefined || names.includes(source)) return names
    names.push(source)
  }
}
