import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs'
import { IAMClient } from '@aws-sdk/client-iam'
import { KMSClient } from '@aws-sdk/client-kms'
import { type EventSourceMappingConfiguration, LambdaClient } from '@aws-sdk/client-lambda'
import { SQSClient } from '@aws-sdk/client-sqs'
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts'
import { mockClient } from 'aws-sdk-client-mock'
import { toMapping } from '../../src/aws/event-source-mapping.js'
import type { Clock } from '../../src/clock.js'
import type { Mapping, MappingSettings } from '../../src/mapping.js'
import type { WirePlan } from '../../src/operations/results.js'
import type { Session } from '../../src/operations/session.js'

export const account = '111122223333'
export const region = 'eu-west-1'
export const uuid = '7c1d2f0a-5b1e-4a53-9a55-0d3b8f1c2e77'
export const queueArn = `arn:aws:sqs:${region}:${account}:orders`
export const functionArn = `arn:aws:lambda:${region}:${account}:function:worker`
export const start = Date.UTC(2026, 10, 23, 4, 0, 0)

/** A mapping as Lambda answers it. */
export function configuration(
  given: Partial<EventSourceMappingConfiguration> = {},
): EventSourceMappingConfiguration {
  return {
    UUID: uuid,
    EventSourceMappingArn: `arn:aws:lambda:${region}:${account}:event-source-mapping:${uuid}`,
    EventSourceArn: queueArn,
    FunctionArn: functionArn,
    BatchSize: 10,
    MaximumBatchingWindowInSeconds: 0,
    FunctionResponseTypes: [],
    State: 'Enabled',
    StateTransitionReason: 'USER_INITIATED',
    LastModified: new Date(start),
    ...given,
  }
}

/** Time stands still except for sleeps, which pass at once. `at` runs something when a sleep reaches that time. */
function fakeClock() {
  let time = start
  const sleeps: number[] = []
  const due: { readonly time: number; readonly run: () => void }[] = []
  const clock: Clock = {
    now: () => time,
    sleep: async (ms, signal) => {
      const end = time + ms
      sleeps.push(ms)
      for (const entry of due.filter((candidate) => candidate.time <= end)) {
        due.splice(due.indexOf(entry), 1)
        entry.run()
        // As a timer that is called off: time stands where it was called off.
        if (signal.aborted) {
          time = entry.time
          throw signal.reason
        }
      }
      if (signal.aborted) throw signal.reason
      time = end
    },
  }
  return {
    clock,
    sleeps,
    elapsed: () => time - start,
    at: (ms: number, run: () => void) => void due.push({ time: start + ms, run }),
  }
}

/** A session on mocked clients, whose caller is known. */
export function fakeSession() {
  const real = {
    lambda: new LambdaClient({ region }),
    sqs: new SQSClient({ region, md5: false }),
    iam: new IAMClient({ region }),
    sts: new STSClient({ region }),
    kms: new KMSClient({ region }),
    logs: new CloudWatchLogsClient({ region }),
  }
  const time = fakeClock()
  const controller = new AbortController()
  const session: Session = {
    clients: { region, profile: null, endpoint: null, ...real },
    clock: time.clock,
    signal: controller.signal,
  }
  const mocks = {
    lambda: mockClient(real.lambda),
    sqs: mockClient(real.sqs),
    iam: mockClient(real.iam),
    sts: mockClient(real.sts),
    logs: mockClient(real.logs),
  }
  mocks.sts
    .on(GetCallerIdentityCommand)
    .resolves({ Account: account, Arn: `arn:aws:iam::${account}:user/developer`, UserId: 'AIDA' })
  /** Everything sent to one service, in order: name of the command and its input. */
  const sent = (service: keyof typeof mocks) =>
    mocks[service]
      .calls()
      .map((call) => [call.args[0].constructor.name.replace(/Command$/, ''), call.args[0].input] as const)
  return { session, ...mocks, time, controller, sent }
}

/** An error as the SDK throws it. */
export function awsError(name: string, message: string, status = 400): Error {
  return Object.assign(new Error(message), {
    name,
    $metadata: { httpStatusCode: status, requestId: 'request-1', attempts: 1 },
  })
}

export const denied = (action: string) =>
  awsError(
    'AccessDeniedException',
    `User: arn:aws:iam::${account}:user/developer is not authorized to perform: ${action} on resource: * because no identity-based policy allows the ${action} action`,
    403,
  )
export const noSuchMapping = () =>
  awsError('ResourceNotFoundException', 'The resource you requested does not exist.', 404)

/** A plan that creates the mapping, unless said otherwise. */
export function plan(given: Partial<WirePlan> & { readonly settings?: MappingSettings } = {}): WirePlan {
  const settings = given.settings ?? {}
  const creation = {
    action: 'create',
    type: 'event-source-mapping',
    iamAction: 'lambda:CreateEventSourceMapping',
    queueArn,
    functionArn,
    settings,
  } as const
  return {
    context: {
      account,
      partition: 'aws',
      region,
      profile: null,
      endpoint: null,
      caller: 'arn:aws:iam::1:user/x',
    },
    target: { queueArn, functionArn, roleArn: null },
    findings: [],
    blocking: [],
    changes: (given.outcome ?? 'create') === 'create' ? [creation] : [],
    existing: null,
    outcome: 'create',
    differences: [],
    settings,
    ...given,
  }
}

export function mapping(given: Parameters<typeof configuration>[0] = {}): Mapping {
  const made = toMapping(configuration(given))
  if (!made) throw new Error('the fixture is a mapping')
  return made
}
