import { CreateEventSourceMappingCommand } from '@aws-sdk/client-lambda'
import { strToU8, zipSync } from 'fflate'
import { expect } from 'vitest'
import type { PreflightRequest } from '../../src/operations/run-preflight.js'
import type { Session } from '../../src/operations/session.js'
import type { FaultOrder } from '../../src/sandbox/faults.js'
import type { SandboxOptions } from '../../src/sandbox/start-sandbox.js'
import { startTestSandbox, type TestSandbox } from '../support/sandbox.js'
import { account, preflight, region } from './preflight-world.js'
import { makeKey, makeRole, openSession, policyOf } from './scenario-parts.js'

export type Statement = Readonly<Record<string, unknown>>
export const other = '444455556666'
export const roleArn = `arn:aws:iam::${account}:role/worker-role`
export const workerArn = `arn:aws:lambda:${region}:${account}:function:worker`
export const arnOfQueue = (name = 'orders', owner = account) => `arn:aws:sqs:${region}:${owner}:${name}`

export const allow = (
  Action: string | readonly string[],
  Resource: string | readonly string[] = '*',
  Condition?: object,
): Statement => ({ Effect: 'Allow', Action, Resource, ...(Condition && { Condition }) })
export const deny = (...given: Parameters<typeof allow>): Statement => ({
  ...allow(...given),
  Effect: 'Deny',
})
/** A statement of a queue or key policy. */
export const forWhom = (principal: string, statement: Statement): Statement => ({
  ...statement,
  Principal: principal === '*' ? '*' : { AWS: principal },
})

export const polling = allow(['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'])
const writingLogs = allow('logs:*')

export interface Holder {
  readonly inline?: readonly Statement[]
  readonly managed?: readonly Statement[]
  readonly boundary?: readonly Statement[]
}

export interface Scenario {
  /** Default: polls through an inline policy. */
  readonly role?: Holder & { readonly path?: string; readonly trust?: readonly Statement[] }
  readonly queue?: {
    readonly name?: string
    readonly account?: string
    readonly attributes?: Readonly<Record<string, string>>
    readonly policy?: readonly Statement[]
  }
  /** A customer key for the queue. `policy` gets nothing for free: without delegation nobody is let in. */
  readonly key?: {
    readonly account?: string
    readonly policy?: (keyArn: string) => readonly Statement[]
    readonly grant?: Readonly<Record<string, unknown>>
    readonly after?: 'DisableKey' | 'ScheduleKeyDeletion'
    /** What the queue calls the key. Default its ARN. */
    readonly called?: 'id' | 'alias'
  }
  /** Default: the user developer with the policy of the README. `group`: statements of a group of the user. */
  readonly caller?: Holder & {
    readonly kind: 'user' | 'role'
    readonly path?: string
    readonly group?: readonly Statement[]
    readonly sessionPolicy?: readonly Statement[]
  }
  /** Seconds. Default 5. */
  readonly functionTimeout?: number
  /** Anything else, when all of the above stands. */
  readonly also?: (sandbox: TestSandbox) => Promise<unknown>
  /** In force during the preflight only. */
  readonly faults?: readonly FaultOrder[]
  readonly request?: Partial<PreflightRequest>
  readonly options?: SandboxOptions
}

/** Everything that a scenario speaks of, and the session of whoever calls. */
export async function build(scenario: Scenario): Promise<{ sandbox: TestSandbox; session: Session }> {
  const sandbox = await startTestSandbox({ region, account, ...scenario.options })
  const { role = { inline: [polling, writingLogs] }, queue = {}, functionTimeout = 5 } = scenario
  const lambdaTrust = {
    Effect: 'Allow',
    Principal: { Service: 'lambda.amazonaws.com' },
    Action: 'sts:AssumeRole',
  }
  await makeRole(sandbox, 'worker-role', { ...role, trust: [lambdaTrust] })
  const keyAttribute = scenario.key === undefined ? {} : { KmsMasterKeyId: await makeKey(sandbox, scenario) }
  const name = queue.name ?? 'orders'
  await sandbox.seed([
    {
      service: 'sqs',
      operation: 'CreateQueue',
      account: queue.account ?? account,
      input: {
        QueueName: name,
        Attributes: {
          ...(name.endsWith('.fifo') ? { FifoQueue: 'true', ContentBasedDeduplication: 'true' } : {}),
          ...(queue.policy ? { Policy: policyOf(queue.policy) } : {}),
          ...keyAttribute,
          ...queue.attributes,
        },
      },
    },
    {
      service: 'lambda',
      operation: 'CreateFunction',
      input: {
        FunctionName: 'worker',
        Role: `arn:aws:iam::${account}:role${role.path ?? '/'}worker-role`,
        Runtime: 'nodejs20.x',
        Handler: 'index.handler',
        Timeout: functionTimeout,
        Code: {
          ZipFile: Buffer.from(
            zipSync({ 'index.mjs': strToU8('export const handler = async () => {}') }),
          ).toString('base64'),
        },
      },
    },
  ])
  if (role.trust !== undefined) {
    const input = { RoleName: 'worker-role', PolicyDocument: policyOf(role.trust) }
    await sandbox.seed([{ service: 'iam', operation: 'UpdateAssumeRolePolicy', input }])
  }
  const session = { ...(await openSession(sandbox, scenario)), clock: sandboxClock(sandbox) }
  await scenario.also?.(sandbox)
  return { sandbox, session }
}

export interface Verdict {
  /** fail: a rule of severity error objects. unknown: one cannot tell, and none objects. */
  readonly verdict: 'pass' | 'fail' | 'unknown'
  readonly errors: readonly string[]
  readonly unknown: readonly string[]
  readonly byRule: Awaited<ReturnType<typeof preflight>>['byRule']
}

export async function judgeScenario(
  session: Session,
  sandbox: TestSandbox,
  scenario: Scenario,
): Promise<Verdict> {
  for (const fault of scenario.faults ?? []) sandbox.faults.inject(fault)
  const { name = 'orders', account: owner = account } = scenario.queue ?? {}
  const { byRule, result } = await preflight(session, { queue: arnOfQueue(name, owner), ...scenario.request })
  sandbox.faults.clear()
  const errors = result.findings.filter(({ status }) => status === 'fail').map(({ rule }) => rule)
  const unknown = result.findings
    .filter(({ status, severity }) => status === 'unknown' && severity === 'error')
    .map(({ rule }) => rule)
  const verdict = errors.length > 0 ? 'fail' : unknown.length > 0 ? 'unknown' : 'pass'
  return { verdict, errors, unknown, byRule }
}

export type Truth = 'delivers' | 'stuck' | `refused: ${string}`

/** What really happens: the mapping is created as the caller, and a message sent past all policies. */
export async function tryIt(session: Session, sandbox: TestSandbox, scenario: Scenario): Promise<Truth> {
  const { name = 'orders', account: owner = account } = scenario.queue ?? {}
  const { settings = {}, function: FunctionName = 'worker' } = scenario.request ?? {}
  try {
    await session.clients.lambda.send(
      new CreateEventSourceMappingCommand({
        EventSourceArn: arnOfQueue(name, owner),
        FunctionName,
        ...(settings.batchSize === undefined ? {} : { BatchSize: settings.batchSize }),
        ...(settings.batchWindowSeconds === undefined
          ? {}
          : { MaximumBatchingWindowInSeconds: settings.batchWindowSeconds }),
        ...(settings.maxConcurrency === undefined
          ? {}
          : { ScalingConfig: { MaximumConcurrency: settings.maxConcurrency } }),
        ...(settings.minimumPollers === undefined && settings.maximumPollers === undefined
          ? {}
          : {
              ProvisionedPollerConfig: {
                MinimumPollers: settings.minimumPollers,
                MaximumPollers: settings.maximumPollers,
              },
            }),
        ...(settings.filters === undefined
          ? {}
          : { FilterCriteria: { Filters: settings.filters.map((Pattern) => ({ Pattern })) } }),
        ...(settings.tags === undefined ? {} : { Tags: { ...settings.tags } }),
      }),
    )
  } catch (error) {
    return `refused: ${error instanceof Error ? `${error.name}: ${error.message}` : String(error)}`
  }
  await sandbox.advance(1000)
  await sandbox.settled()
  const QueueUrl = `${sandbox.endpoint}/${owner}/${name}`
  try {
    await sandbox.seed([
      {
        service: 'sqs',
        operation: 'SendMessage',
        account: owner,
        input: { QueueUrl, MessageBody: 'hello', ...(name.endsWith('.fifo') ? { MessageGroupId: 'g' } : {}) },
      },
    ])
  } catch {
    return 'stuck' // not even the sender can use the key
  }
  await sandbox.settled()
  await sandbox.advance((settings.batchWindowSeconds ?? 0) * 1000)
  await sandbox.settled()
  const [answer] = await sandbox.seed([
    {
      service: 'sqs',
      operation: 'GetQueueAttributes',
      account: owner,
      input: { QueueUrl, AttributeNames: ['All'] },
    },
  ])
  const { Attributes } = answer as { Attributes: Record<string, string> } // as SQS answers
  const left =
    Number(Attributes.ApproximateNumberOfMessages) + Number(Attributes.ApproximateNumberOfMessagesNotVisible)
  return left === 0 ? 'delivers' : 'stuck'
}

const sandboxClock = (sandbox: TestSandbox): Session['clock'] => ({
  now: () => sandbox.world.clock.now(),
  sleep: () => Promise.reject(new Error('a preflight does not sleep')),
})

/** What the preflight is to say of a scenario, and the rule that is to say it. */
export type Row = readonly [
  what: string,
  verdict: Verdict['verdict'],
  rule: string | null,
  scenario: Scenario,
]

export const simulators = ['new', 'old', 'no'] as const

/** The preflight says what is wanted, and a pass delivers, a failure does not. */
export async function expectAgreement(
  [, wanted, rule, scenario]: Row,
  simulator: (typeof simulators)[number],
): Promise<void> {
  const options = simulator === 'old' ? { simulatorShape: 'old' as const } : {}
  const { sandbox, session } = await build({ ...scenario, options })
  const faults = simulator === 'no' ? noSimulator : []
  const judged = await judgeScenario(session, sandbox, { ...scenario, faults })
  const truth = await tryIt(session, sandbox, scenario)
  const { verdict, errors, unknown } = judged
  expect({ verdict, truth, errors, unknown }).toMatchObject({ verdict: wanted })
  if (rule !== null) expect(wanted === 'fail' ? errors : unknown).toContain(rule)
  if (wanted !== 'unknown') expect(truth === 'delivers', truth).toBe(wanted === 'pass')
}

/** As an endpoint answers that has no simulator. */
export const noSimulator = [
  {
    operation: 'SimulatePrincipalPolicy',
    effect: { kind: 'error', code: 'InternalFailure', message: 'not here', status: 501 },
  },
] as const
