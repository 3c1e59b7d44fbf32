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

/**
 * Follows `source_profile` to the profile that the session belongs to.
 * https://docs.aws.amazon.com/sdkref/latest/guide/feature-assume-role-credentials.html
 */
export function sessionProfile(
  profiles: Readonly<Record<string, IniSection>>,
  chosen: string | null,
): string | null {
  const seen = new Set([chosen])
  let last = chosen
  for (;;) {
    const source = profiles[last ?? 'default']?.source_profile
    if (source === undefined || seen.has(source)) return last
    seen.add(source)
    last = source
  }
}
