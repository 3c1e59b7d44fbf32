import type { Clients } from '../aws/clients.js'
import { throttlingNames } from '../aws/connection/throttling.js'
import type { FinishedCall } from '../aws/connection/watch-calls.js'
import type { Streams } from '../report/streams.js'
import { flagOf } from './options/flag-names.js'
import type { FromVariable } from './options/from-variable.js'
import type { GlobalValues } from './options/global-options.js'
import type { Host } from './streams.js'

/** `--verbose` tells which calls were made and where values came from, `--debug` also what AWS's support asks for. */
export interface DetailChoices {
  readonly verbose: boolean
  readonly debug: boolean
}

/** One call: never what was sent or answered, so that it may be posted anywhere. */
export function callLine(call: FinishedCall, { debug }: Pick<DetailChoices, 'debug'>): string {
  const { service, operation, attempts, retriedAfter, error, elapsedMs, httpStatus, requestId } = call
  const parts = [
    ...(error === null ? [] : [error]),
    ...(attempts > 1 ? [`${attempts} attempts${after(retriedAfter)}`] : []),
    ...(debug && httpStatus !== undefined ? [`HTTP ${httpStatus}`] : []),
    ...(debug ? [`${elapsedMs} ms`] : []),
    ...(debug && requestId !== undefined ? [`request ${requestId}`] : []),
  ]
  return `Called ${service}:${operation}${parts.length === 0 ? '' : ` (${parts.join(', ')})`}`
}

const after = (errors: readonly string[]) =>
  errors.length === 0 ? '' : `, again after ${[...new Set(errors)].join(' and ')}`

/** It was answered in the end; a call that was not ends with an error that tells of it. */
export const isSlowedDown = ({ error, retriedAfter }: FinishedCall): boolean =>
  error === null && retriedAfter.some((name) => throttlingNames.test(name))

export const slowedDownNote = ({ service, operation }: FinishedCall): string =>
  `AWS receives too many requests from this account: ${service}:${operation} was throttled and asked again, so this takes longer.`

type Reached = Pick<Clients, 'region' | 'profile' | 'profileSetAside' | 'endpoint' | 'origins'>

/** How AWS is reached, and which flag, variable or profile says so. Of a proxy only that: it may hold a password. */
export function connectionDetails(
  { region, profile, profileSetAside = null, endpoint, origins }: Reached,
  env: Host['env'],
): readonly string[] {
  if (origins === undefined) return []
  return [
    `Region ${region} from ${origins.region}`,
    ...(profile === null ? [] : [`Profile ${profile} from ${origins.profile}`]),
    ...(profileSetAside === null
      ? []
      : [`Profile ${profileSetAside} from ${origins.profile}, without its credentials`]),
    ...(endpoint === null ? [] : [`Endpoint ${endpoint} from ${origins.endpoint}`]),
    ...proxyDetails(env),
    ...(origins.certificates === null ? [] : [`Certificates from ${origins.certificates}`]),
    `Credentials from ${origins.credentials}`,
  ]
}

/** In small letters they go first: see `aws/proxy.ts`. */
const proxyDetails = (env: Host['env']) =>
  ['http', 'https'].flatMap((scheme) => {
    const small = `${scheme}_proxy`
    const name = env[small] ? small : small.toUpperCase()
    return env[name] ? [`Proxy for ${scheme} from ${name}`] : []
  })

/** Not the value itself: it may be a message body. */
export const variableDetails = (variables: readonly FromVariable[]): readonly string[] =>
  variables.map(({ name, variable }) => `${flagOf(name)} from ${variable}`)

/** A variable that other programs read, too, so that it stands for no flag of ours alone. */
export const accessibleDetails = (
  { accessible }: Pick<GlobalValues, 'accessible'>,
  { stderr }: Pick<Streams, 'stderr'>,
): readonly string[] =>
  accessible === undefined && stderr.accessible ? ['--accessible from ACCESSIBLE'] : []
