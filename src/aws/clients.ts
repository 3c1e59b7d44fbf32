import type { CloudFormationClient } from '@aws-sdk/client-cloudformation'
import type { CloudWatchClient } from '@aws-sdk/client-cloudwatch'
import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs'
import { IAMClient } from '@aws-sdk/client-iam'
import { KMSClient } from '@aws-sdk/client-kms'
import { LambdaClient } from '@aws-sdk/client-lambda'
import type { ResourceGroupsTaggingAPIClient } from '@aws-sdk/client-resource-groups-tagging-api'
import { SQSClient } from '@aws-sdk/client-sqs'
import { STSClient } from '@aws-sdk/client-sts'
import type { RoleAssumer, RoleAssumerOptions } from './assume-role.js'
import {
  type Connection,
  type ConnectionOrigins,
  type ConnectionSettings,
  prefixes,
  resolveConnection,
  type ServiceName,
  serviceNames,
  type Wire,
} from './connection.js'
import type { SecondFactor } from './profile-files.js'
import { proxyVariableFor } from './proxy.js'
import { refusePages } from './refuse-pages.js'
import { openRenewal, type Renewal } from './renewal.js'
import { openTransport } from './transport.js'
import { watchCalls } from './watch-calls.js'

export type { ConnectionSettings } from './connection.js'

/**
 * The SDK clients, made on first use so that a command pays only for the services that it calls.
 * Region, profile and endpoint are the ones that the clients really use.
 */
export interface Clients {
  readonly region: string
  readonly profile: string | null
  readonly endpoint: string | null
  /** A profile that gives settings and no credentials, because the environment holds keys. */
  readonly profileSetAside?: string | null
  /** The profile to sign in with. */
  readonly sessionProfile?: string | null
  /** What a role of the profile wants beside keys. */
  readonly secondFactor?: SecondFactor | undefined
  /** Where these came from. */
  readonly origins?: ConnectionOrigins
  readonly sqs: SQSClient
  readonly lambda: LambdaClient
  readonly iam: IAMClient
  readonly sts: STSClient
  readonly kms: KMSClient
  readonly logs: CloudWatchLogsClient
  /** Loaded when it is first asked for: only repairs ask who owns a resource. */
  readonly cloudFormation?: () => Promise<CloudFormationClient>
  /** Loaded when it is first asked for: metrics are read where a log cannot be. */
  readonly cloudWatch?: () => Promise<CloudWatchClient>
  /** Loaded when it is first asked for: only whoever looks at many mappings reads their tags in bulk. */
  readonly tagging?: () => Promise<ResourceGroupsTaggingAPIClient>
  /** Where somebody can be asked to sign in again; the clients are then made anew, with new credentials. */
  readonly renewal?: Renewal | undefined
  /** The variable whose proxy calls of this service go through; undefined: they go directly. */
  readonly proxyVariable?: (service: string) => string | undefined
  /** Calls sent so far, repeats by the SDK not counted. */
  readonly callsSent?: () => number
}

type SdkClient =
  | SQSClient
  | LambdaClient
  | IAMClient
  | STSClient
  | KMSClient
  | CloudWatchLogsClient
  | CloudFormationClient
  | CloudWatchClient
  | ResourceGroupsTaggingAPIClient

type Credentials = SdkClient['config']['credentials']

/**
 * Makes the clients for flags, environment and shared config.
 * @throws SqsTriggerError UNKNOWN_PROFILE, NO_REGION or USAGE; no call is made.
 */
export async function createClients(settings: ConnectionSettings): Promise<Clients> {
  const connection = await resolveConnection(settings)
  const { connectTimeoutMs, readTimeoutMs, env, wire } = settings
  const { caBundle } = connection
  const transport =
    wire?.requestHandler ?? (await openTransport({ connectTimeoutMs, readTimeoutMs, env, caBundle }))
  let calls = 0
  const renewal = settings.renew && openRenewal(settings.renew, connection.sessionProfile)
  const session = () => renewal?.count() ?? 0
  let shared: { readonly session: number; readonly credentials: Credentials } | undefined

  /** One chain of credentials for all clients of a session: a role is assumed once, not once a service. */
  function configure(service: ServiceName) {
    return {
      ...clientConfig(settings, connection, transport, service),
      ...(shared?.session === session() ? { credentials: shared.credentials } : {}),
    }
  }
  const watch = {
    begun: () => {
      calls += 1
    },
    ended: settings.onCall ?? nothing,
  }
  function started<Client extends SdkClient>(service: ServiceName, client: Client): Client {
    if (shared?.session !== session()) shared = { session: session(), credentials: client.config.credentials }
    refusePages(client)
    watchCalls(client, prefixes[service] ?? service, watch)
    return client
  }

  /** Old clients keep the old credentials. */
  const eachSession = <Value>(make: () => Value) => once(make, session)

  const sqs = eachSession(() =>
    started('sqs', new SQSClient({ ...configure('sqs'), useQueueUrlAsEndpoint: false })),
  )
  const lambda = eachSession(() => started('lambda', new LambdaClient(configure('lambda'))))
  const iam = eachSession(() => started('iam', new IAMClient(configure('iam'))))
  const sts = eachSession(() => started('sts', new STSClient(configure('sts'))))
  const kms = eachSession(() => started('kms', new KMSClient(configure('kms'))))
  const logs = eachSession(() =>
    started('cloudwatch_logs', new CloudWatchLogsClient(configure('cloudwatch_logs'))),
  )
  const cloudFormation = eachSession(async () => {
    const { newCloudFormationClient } = await import('./stack-client.js')
    return started('cloudformation', newCloudFormationClient(configure('cloudformation')))
  })
  const cloudWatch = once(async () => {
    const { newCloudWatchClient } = await import('./metrics-client.js')
    return started('cloudwatch', newCloudWatchClient(configure('cloudwatch')))
  })

  const tagging = eachSession(async () => {
    const { newTaggingClient } = await import('./tagging-client.js')
    return started('resource_groups_tagging_api', newTaggingClient(configure('resource_groups_tagging_api')))
  })

  return {
    region: connection.region,
    profile: connection.profile,
    profileSetAside: connection.profileSetAside,
    sessionProfile: connection.sessionProfile,
    secondFactor: connection.secondFactor,
    endpoint: settings.endpointUrl ?? firstEndpoint(connection),
    origins: connection.origins,
    proxyVariable: (service) => {
      const said = service.toLowerCase().replace(/^cloudwatch logs$/, 'logs')
      const known = serviceNames.find((one) => (prefixes[one] ?? one) === said)
      return known && proxyVariableFor(known, connection, settings.env)
    },
    callsSent: () => calls,
    renewal,
    cloudFormation,
    cloudWatch,
    tagging,
    get sqs() {
      return sqs()
    },
    get lambda() {
      return lambda()
    },
    get iam() {
      return iam()
    },
    get sts() {
      return sts()
    },
    get kms() {
      return kms()
    },
    get logs() {
      return logs()
    },
  }
}

type Transport = Awaited<ReturnType<typeof openTransport>> | Wire['requestHandler']

function clientConfig(
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

/** Shown as "the endpoint": never null while any service goes somewhere else than AWS. */
function firstEndpoint(connection: Connection): string | null {
  return (
    serviceNames.map((service) => connection.endpointOf(service)).find((url) => url !== undefined) ?? null
  )
}

function once<Value>(make: () => Value, version = () => 0): () => Value {
  let made: { readonly value: Value; readonly version: number } | undefined
  return () => {
    if (made?.version !== version()) made = { value: make(), version: version() }
    return made.value
  }
}
