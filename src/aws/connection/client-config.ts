import type { RoleAssumer, RoleAssumerOptions } from './assume-role.js'
import type { Connection, ConnectionSettings, ServiceName, Wire } from './connection.js'
import { once } from './once.js'
import type { openTransport } from './transport.js'

export type Transport = Awaited<ReturnType<typeof openTransport>> | Wire['requestHandler']

/** What every client is made with. */
export function clientConfig(
  settings: ConnectionSettings,
  connection: Connection,
  requestHandler: Transport,
  service: ServiceName,
) {
  const endpoint = connection.endpointOf(service)
  const profile = connection.profile ?? connection.profileSetAside
  return {
    region: connection.region,
    // The SDK warns on console when profile and environment keys are both set; stderr is ours.
    logger: silent,
    requestHandler,
    ...(settings.wire === undefined ? {} : { retryStrategy: settings.wire.retryStrategy() }),
    ...credentialSources(settings, connection, requestHandler),
    ...(profile === null ? {} : { profile }),
    ...(endpoint === undefined ? {} : { endpoint }),
    ...(connection.environmentKeys === undefined ? {} : { credentials: connection.environmentKeys }),
    ...(settings.credentials && { credentials: settings.credentials }),
  }
}

/**
 * A client hands its configuration on to its chain of credentials, which makes clients of its own: for SSO, and for
 * STS where a role is assumed. They go the same way as all others.
 */
function credentialSources(
  { mfaCode }: ConnectionSettings,
  connection: Connection,
  requestHandler: Transport,
) {
  const sts = connection.endpointOf('sts')
  const { region, files } = connection
  return {
    ...files,
    clientConfig: { requestHandler, logger: silent },
    ...(connection.credentialProcess ? { credentials: fromCredentialProcess(connection) } : {}),
    ...(mfaCode === undefined ? {} : { mfaCodeProvider: mfaCode }),
    ...(sts === undefined
      ? {}
      : { roleAssumer: assumingRoles({ region, requestHandler, logger: silent, endpoint: sts }) }),
  }
}

/** One for all roles of a run, loaded with the first. */
function assumingRoles(options: RoleAssumerOptions): RoleAssumer {
  const open = once(async () => (await import('./assume-role.js')).roleAssumer(options))
  return async (source, params) => (await open())(source, params)
}

/** Asked by name: the chain would go on, and say in the end that nothing was found. */
function fromCredentialProcess({ profile, files }: Connection) {
  return async () => {
    const { fromProcess } = await import('@aws-sdk/credential-provider-process')
    return fromProcess({ ...files, ...(profile === null ? {} : { profile }), logger: silent })()
  }
}

function nothing() {}
const silent = { debug: nothing, info: nothing, warn: nothing, error: nothing }
