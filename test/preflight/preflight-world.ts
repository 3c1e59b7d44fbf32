import { CreateKeyCommand } from '@aws-sdk/client-kms'
import type { ListEventSourceMappingsResponse } from '@aws-sdk/client-lambda'
import { CreateQueueCommand } from '@aws-sdk/client-sqs'
import { createClients } from '../../src/aws/clients.js'
import { systemClock } from '../../src/clock.js'
import { type PreflightRequest, runPreflight } from '../../src/operations/run-preflight.js'
import type { Session } from '../../src/operations/session.js'
import type { Finding } from '../../src/preflight/finding.js'
import type { SandboxOptions } from '../../src/sandbox/start-sandbox.js'
import { createFunction, createRole } from '../sandbox/lambda-fixture.js'
import { collect } from '../support/collect.js'
import { inRounds } from '../support/in-rounds.js'
import { startTestSandbox, type TestSandbox } from '../support/sandbox.js'

export const region = 'us-east-1'
export const account = '111122223333'
export const queueArn = `arn:aws:sqs:${region}:${account}:orders`
const pollingPolicy = 'arn:aws:iam::aws:policy/service-role/AWSLambdaSQSQueueExecutionRole'

/** A sandbox with the function `worker` and its role, which may poll everything. */
export async function startWorld(
  options: SandboxOptions & { readonly policies?: readonly string[] } = {},
): Promise<TestSandbox> {
  const sandbox = await startTestSandbox({ region, account, ...options })
  await createRole(sandbox, 'worker-role', options.policies ?? [pollingPolicy])
  await createFunction(sandbox, { roleArn: `arn:aws:iam::${account}:role/worker-role`, timeoutSeconds: 5 })
  return sandbox
}

/** The queue `orders`, healthy unless told otherwise. */
export async function createOrders(
  sandbox: TestSandbox,
  attributes: Readonly<Record<string, string>> = {},
): Promise<void> {
  await sandbox.admin.sqs.send(new CreateQueueCommand({ QueueName: 'orders', Attributes: attributes }))
}

/** A customer key, with its default policy: the account decides. */
export async function createKey(sandbox: TestSandbox): Promise<string> {
  const created = await sandbox.admin.kms.send(new CreateKeyCommand({}))
  return created.KeyMetadata?.Arn ?? ''
}

/** A session of whoever the key id names, over the real SDK and HTTP. */
export async function sessionOf(
  sandbox: TestSandbox,
  accessKeyId = sandbox.credentials.accessKeyId,
  sessionToken?: string,
): Promise<Session> {
  const env = {
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: 'never-verified',
    AWS_SESSION_TOKEN: sessionToken,
    AWS_CONFIG_FILE: '/nowhere',
    AWS_SHARED_CREDENTIALS_FILE: '/nowhere',
  }
  const clients = await createClients({ region, endpointUrl: sandbox.endpoint, env })
  return { clients, clock: systemClock, signal: new AbortController().signal }
}

/** As Lambda lists a mapping whose filters a customer key encrypts. */
export function withholdFilters({ clients }: Session): void {
  clients.lambda.middlewareStack.add(
    (next, context) => async (args) => {
      const given = await next(args)
      if (context.commandName !== 'ListEventSourceMappingsCommand') return given
      const { EventSourceMappings: listed = [] } = given.output as ListEventSourceMappingsResponse // as its name says
      for (const mapping of listed) {
        delete mapping.FilterCriteria
        mapping.KMSKeyArn = 'arn:aws:kms:us-east-1:111122223333:key/k'
      }
      return given
    },
    { step: 'initialize', name: 'withhold' },
  )
}

/** Runs the preflight of orders → worker; findings by rule. */
export async function preflight(session: Session, request: Partial<PreflightRequest> = {}) {
  const asked = {
    queue: 'orders',
    function: 'worker',
    settings: {},
    sendTest: false,
    ignore: [],
    only: [],
    ...request,
  }
  const { events, types, result } = await collect(runPreflight(asked, session))
  const byRule: Record<string, Finding> = Object.fromEntries(
    result.findings.map((finding) => [finding.rule, finding]),
  )
  const failed = result.findings.filter(({ status }) => status === 'fail').map(({ rule }) => rule)
  const unknown = result.findings.filter(({ status }) => status === 'unknown').map(({ rule }) => rule)
  return { events, types, result, byRule, failed, unknown }
}

/** The same, in rounds. */
export async function preflightInRounds(session: Session, request: Partial<PreflightRequest> = {}) {
  const { result, ...rounds } = await inRounds(session, () => preflight(session, request))
  return { ...result, ...rounds }
}
