import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs'
import { IAMClient } from '@aws-sdk/client-iam'
import { KMSClient } from '@aws-sdk/client-kms'
import { LambdaClient } from '@aws-sdk/client-lambda'
import { SQSClient } from '@aws-sdk/client-sqs'
import { STSClient } from '@aws-sdk/client-sts'
import { onTestFinished } from 'vitest'
import { type Sandbox, type SandboxOptions, startSandbox } from '../../src/sandbox/start-sandbox.js'

/** Real SDK clients, unmodified but for endpoint and credentials. No retries: a test sees each answer. */
export interface SandboxClients {
  readonly sqs: SQSClient
  readonly lambda: LambdaClient
  readonly iam: IAMClient
  readonly sts: STSClient
  readonly kms: KMSClient
  readonly logs: CloudWatchLogsClient
}

export interface TestSandbox extends Sandbox {
  /** Clients of the administrator. */
  readonly admin: SandboxClients
  /** Clients of the default caller, who has only the rights that the README lists. */
  readonly caller: SandboxClients
  /** Clients of whoever the access key id names (twelve digits: the root of that account). */
  clientsFor(identity: {
    readonly accessKeyId: string
    readonly region?: string
    readonly sessionToken?: string
  }): SandboxClients
}

/** Where the frozen clock begins. */
export const startOfTime = Date.UTC(2026, 10, 23, 12, 0, 0)

/** A sandbox whose clock stands still, on a free port; it is stopped when the test is over. */
export async function startTestSandbox(options: SandboxOptions = {}): Promise<TestSandbox> {
  const sandbox = await startSandbox({ running: false, startAt: startOfTime, ...options })
  const opened: SandboxClients[] = []
  onTestFinished(async () => {
    for (const client of opened.flatMap((clients) => Object.values(clients))) client.destroy()
    await sandbox.stop()
  })
  const clientsFor: TestSandbox['clientsFor'] = ({ accessKeyId, region = sandbox.region, sessionToken }) => {
    const settings = {
      endpoint: sandbox.endpoint,
      region,
      maxAttempts: 1,
      credentials: {
        accessKeyId,
        secretAccessKey: 'never-verified',
        ...(sessionToken === undefined ? {} : { sessionToken }),
      },
    }
    const clients = {
      sqs: new SQSClient(settings),
      lambda: new LambdaClient(settings),
      iam: new IAMClient(settings),
      sts: new STSClient(settings),
      kms: new KMSClient(settings),
      logs: new CloudWatchLogsClient(settings),
    }
    opened.push(clients)
    return clients
  }
  return {
    ...sandbox,
    clientsFor,
    admin: clientsFor(sandbox.adminCredentials),
    caller: clientsFor(sandbox.credentials),
  }
}

/** A clock whose sleeping moves the sandbox's own, until nothing is under way there. */
export const movingClock = ({ world, advance, settled }: Sandbox) => ({
  now: () => world.clock.now(),
  sleep: async (ms: number) => {
    await advance(ms)
    await settled()
  },
})

/** Posts to the control endpoint as another process would. */
export async function control(
  sandbox: Sandbox,
  method: string,
  path: string,
  body?: unknown,
): Promise<unknown> {
  const response = await fetch(`${sandbox.endpoint}/_sandbox/${path}`, {
    method,
    headers: { 'x-sandbox-key': sandbox.controlKey },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  return { status: response.status, body: await response.json() }
}
