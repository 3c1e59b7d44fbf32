import type { CloudFormationClient } from '@aws-sdk/client-cloudformation'
import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs'
import { IAMClient } from '@aws-sdk/client-iam'
import { KMSClient } from '@aws-sdk/client-kms'
import { LambdaClient } from '@aws-sdk/client-lambda'
import { SQSClient } from '@aws-sdk/client-sqs'
import { STSClient } from '@aws-sdk/client-sts'
import {
  type Connection,
  type ConnectionSettings,
  resolveConnection,
  type ServiceName,
} from './connection.js'

export type { ConnectionSettings } from './connection.js'

/**
 * The SDK clients, made on first use so that a command pays only for the services that it calls.
 * Region, profile and endpoint are the ones that the clients really use.
 */
export interface Clients {
  readonly region: string
  readonly profile: string | null
  readonly endpoint: string | null
  readonly sqs: SQSClient
  readonly lambda: LambdaClient
  readonly iam: IAMClient
  readonly sts: STSClient
  readonly kms: KMSClient
  readonly logs: CloudWatchLogsClient
  /** Loaded when it is first asked for: only repairs ask who owns a resource. */
  readonly cloudFormation?: () => Promise<CloudFormationClient>
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

/** The part of every client's middleware stack that counting needs; the SDK types it per service. */
interface Countable {
  readonly middlewareStack: { use(plugin: CallCounter): void }
}
interface CallCounter {
  applyToStack(stack: {
    add(
      middleware: <Args, Answer>(next: (args: Args) => Promise<Answer>) => (args: Args) => Promise<Answer>,
      options: { readonly step: 'initialize'; readonly name: string },
    ): void
  }): void
}

/**
 * Makes the clients for flags, environment and shared config.
 * @throws SqsTriggerError UNKNOWN_PROFILE, NO_REGION or USAGE; no call is made.
 */
export async function createClients(settings: ConnectionSettings): Promise<Clients> {
  const connection = await resolveConnection(settings)
  let calls = 0
  let shared: SdkClient['config']['credentials'] | undefined

  /** One chain of credentials for all clients: a role is assumed once, not once a service. */
  function configure(service: ServiceName) {
    return { ...clientConfig(settings, connection, service), ...(shared ? { credentials: shared } : {}) }
  }
  const counting: CallCounter = {
    applyToStack: (stack) =>
      stack.add(
        (next) => (args) => {
          calls += 1
          return next(args)
        },
        { step: 'initialize', name: 'countCalls' },
      ),
  }
  function started<Client extends SdkClient & Countable>(client: Client): Client {
    shared ??= client.config.credentials
    client.middlewareStack.use(counting)
    return client
  }

  const sqs = once(() => started(new SQSClient({ ...configure('sqs'), useQueueUrlAsEndpoint: false })))
  const lambda = once(() => started(new LambdaClient(configure('lambda'))))
  const iam = once(() => started(new IAMClient(configure('iam'))))
  const sts = once(() => started(new STSClient(configure('sts'))))
  const kms = once(() => started(new KMSClient(configure('kms'))))
  const logs = once(() => started(new CloudWatchLogsClient(configure('cloudwatch_logs'))))
  const cloudFormation = once(async () => {
    const { newCloudFormationClient } = await import('./stack-client.js')
    return started(newCloudFormationClient(configure('cloudformation')))
  })

  return {
    region: connection.region,
    profile: connection.profile,
    endpoint: settings.endpointUrl ?? firstEndpoint(connection),
    callsSent: () => calls,
    cloudFormation,
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

/** Every call here is answered within a second or two; with three attempts, 60 s would mean minutes of silence. */
const defaultReadTimeoutMs = 10_000

function clientConfig(settings: ConnectionSettings, connection: Connection, service: ServiceName) {
  const endpoint = connection.endpointOf(service)
  const readTimeout = settings.readTimeoutMs ?? defaultReadTimeoutMs
  return {
    region: connection.region,
    // The SDK warns on console when profile and environment keys are both set; stderr is ours.
    logger: silent,
    requestHandler: {
      connectionTimeout: settings.connectTimeoutMs ?? 5_000,
      requestTimeout: readTimeout,
      throwOnRequestTimeout: true,
      // The request timeout ends with the response's head; this one also ends a body that stops coming.
      socketTimeout: readTimeout,
    },
    ...(connection.profile === null ? {} : { profile: connection.profile }),
    ...(endpoint === undefined ? {} : { endpoint }),
    // The SDK hands what it is configured with on to its chain of credentials.
    ...(settings.mfaCode === undefined ? {} : { mfaCodeProvider: settings.mfaCode }),
    ...(connection.environmentKeys === undefined ? {} : { credentials: connection.environmentKeys }),
  }
}

const silent = { debug: nothing, info: nothing, warn: nothing, error: nothing }

function nothing() {}

/** Shown as "the endpoint": never null while any service goes somewhere else than AWS. */
function firstEndpoint(connection: Connection): string | null {
  const services = ['lambda', 'sqs', 'iam', 'sts', 'kms', 'cloudwatch_logs', 'cloudformation'] as const
  return services.map((service) => connection.endpointOf(service)).find((url) => url !== undefined) ?? null
}

function once<Value>(make: () => Value): () => Value {
  let made: { readonly value: Value } | undefined
  return () => {
    made ??= { value: make() }
    return made.value
  }
}
