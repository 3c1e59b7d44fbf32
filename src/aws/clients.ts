import type { CloudFormationClient } from '@aws-sdk/client-cloudformation'
import type { CloudWatchClient } from '@aws-sdk/client-cloudwatch'
import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs'
import { IAMClient } from '@aws-sdk/client-iam'
import { KMSClient } from '@aws-sdk/client-kms'
import { LambdaClient } from '@aws-sdk/client-lambda'
import type { ResourceGroupsTaggingAPIClient } from '@aws-sdk/client-resource-groups-tagging-api'
import { SQSClient } from '@aws-sdk/client-sqs'
import { STSClient } from '@aws-sdk/client-sts'
import { clientConfig } from './connection/client-config.js'
import {
  type Connection,
  type ConnectionOrigins,
  type ConnectionSettings,
  prefixes,
  resolveConnection,
  type ServiceName,
  serviceNames,
} from './connection/connection.js'
import { once } from './connection/once.js'
import type { SecondFactor } from './connection/profile-files.js'
import { proxyVariableFor } from './connection/proxy.js'
import { refusePages } from './connection/refuse-pages.js'
import { openRenewal, type Renewal } from './connection/renewal.js'
import { openTransport } from './connection/transport.js'
import { watchCalls } from './connection/watch-calls.js'

export type { ConnectionSettings } from './connection/connection.js'

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
    ended: settings.onCall ?? (() => undefined),
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
    const { newCloudFormationClient } = await import('./connection/stack-client.js')
    return started('cloudformation', newCloudFormationClient(configure('cloudformation')))
  })
  const cloudWatch = once(async () => {
    const { newCloudWatchClient } = await import('./connection/metrics-client.js')
    return started('cloudwatch', newCloudWatchClient(configure('cloudwatch')))
  })

  const tagging = eachSession(async () => {
    const { newTaggingClient } = await import('./connection/tagging-client.js')
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

/** Shown as "the endpoint": never null while any service goes somewhere else than AWS. */
function firstEndpoint(connection: Connection): string | null {
  return (
    serviceNames.map((service) => connection.endpointOf(service)).find((url) => url !== undefined) ?? null
  )
}

/** The same clients for calls behind an open question, where nobody can be asked anything else. */
export function unattended(clients: Clients): Clients {
  // The members are looked up in the clients themselves; the result of Object.create has no type.
  return Object.create(clients, { renewal: { value: undefined } }) as Clients
}
