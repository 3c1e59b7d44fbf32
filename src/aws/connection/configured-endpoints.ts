import { endpointFault, withoutUser } from '../../endpoint-url.js'
import { SqsTriggerError } from '../../errors.js'
import { shown } from '../../shown.js'
import { type Found, firstSet } from './first-set.js'
import type { IniSection } from './profile-files.js'

interface EndpointSettings {
  readonly env: Readonly<Record<string, string | undefined>>
  /** One for all services, typed. */
  readonly endpointUrl?: string
  readonly saidBy?: { readonly endpointUrl?: string }
}

/** https://docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html */
export function endpointsFrom(
  { env, endpointUrl, saidBy }: EndpointSettings,
  profile: IniSection,
  services: Readonly<Record<string, IniSection>>,
  ofProfile: string,
): (service: string) => Found | undefined {
  if (endpointUrl !== undefined) {
    const checked = { from: saidBy?.endpointUrl ?? '--endpoint-url', value: checkEndpoint(endpointUrl) }
    return () => checked
  }
  const ignored = [env.AWS_IGNORE_CONFIGURED_ENDPOINT_URLS, profile.ignore_configured_endpoint_urls].some(
    (value) => value?.toLowerCase() === 'true',
  )
  if (ignored) return () => undefined
  const section = services[profile.services ?? ''] ?? {}
  return (service) => {
    const variable = `AWS_ENDPOINT_URL_${service.toUpperCase()}`
    const found = firstSet(
      [variable, env[variable]],
      ['AWS_ENDPOINT_URL', env.AWS_ENDPOINT_URL],
      [ofProfile, section[`${service}.endpoint_url`]],
      [ofProfile, profile.endpoint_url],
    )
    if (found !== undefined) checkEndpoint(found.value)
    return found
  }
}

function checkEndpoint(text: string): string {
  const fault = endpointFault(text)
  if (fault === undefined) return text
  throw new SqsTriggerError('USAGE', `The endpoint ${shown(withoutUser(text))} is not ${fault}.`, {
    hint: 'An endpoint looks like http://127.0.0.1:4566.',
  })
}
