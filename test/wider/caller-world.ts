import { generatePolicies } from '../../src/operations/policy.js'
import type { Session } from '../../src/operations/session.js'
import type { Extra } from '../../src/permissions/caller-extras.js'
import type { CallerStatement } from '../../src/permissions/caller-policy.js'
import { memoryJournal } from '../operations/repair-scene.js'
import { account, sessionOf } from '../preflight/preflight-world.js'
import { allow, arnOfQueue, build, polling } from '../preflight/scenario.js'
import { collect } from '../support/collect.js'
import type { TestSandbox } from '../support/sandbox.js'

/** An answer that no client asks for again. */
export const noSimulator = {
  operation: 'SimulatePrincipalPolicy',
  effect: { kind: 'error', code: 'InvalidInput', message: 'not here', status: 400 },
} as const
const harmless = allow('sts:GetCallerIdentity')
const decrypting = allow('kms:Decrypt')

/** A role and a user of every kind of policy, an encrypted queue with a dead-letter queue, a function that knows it. */
export async function world(kind: 'user' | 'role' = 'user') {
  const { sandbox, session } = await build({
    role: { inline: [polling, decrypting], managed: [allow('logs:*')] },
    key: { called: 'alias' },
    caller: { kind, path: '/dev/', inline: [harmless], ...(kind === 'user' ? { group: [harmless] } : {}) },
  })
  const redrive = { deadLetterTargetArn: arnOfQueue('orders-dlq'), maxReceiveCount: 5 }
  await sandbox.seed([
    { service: 'sqs', operation: 'CreateQueue', input: { QueueName: 'orders-dlq' } },
    {
      service: 'sqs',
      operation: 'SetQueueAttributes',
      input: {
        QueueUrl: `${sandbox.endpoint}/${account}/orders`,
        Attributes: { RedrivePolicy: JSON.stringify(redrive) },
      },
    },
    {
      service: 'lambda',
      operation: 'UpdateFunctionConfiguration',
      input: { FunctionName: 'worker', Environment: { Variables: { QUEUE: arnOfQueue() } } },
    },
  ])
  return { sandbox, session: { ...session, clock: clockOf(sandbox) } }
}

/** Sleeping moves the time of the sandbox. */
const clockOf = (sandbox: TestSandbox): Session['clock'] => ({
  now: () => sandbox.world.clock.now(),
  sleep: async (ms) => {
    await sandbox.advance(ms)
    await sandbox.settled()
  },
})

/** A role that may nothing, and a queue without a dead-letter queue. */
export async function brokenWorld() {
  const { sandbox, session } = await build({
    role: { managed: [allow('logs:*')] },
    key: {},
    caller: { kind: 'user', path: '/dev/' },
  })
  return { sandbox, session: { ...session, clock: clockOf(sandbox), ...memoryJournal() } }
}

/** What `policy --for caller` prints for the user of this world. */
export async function printed(
  sandbox: TestSandbox,
  withFix = false,
  principal = 'user/dev/ann',
  extra: readonly Extra[] = [],
): Promise<readonly CallerStatement[]> {
  const asked = {
    queue: 'orders',
    function: 'worker',
    for: 'caller',
    withFix,
    with: extra,
    keyCondition: 'context',
    callerArn: `arn:aws:iam::${account}:${principal}`,
  } as const
  const admin = () => sessionOf(sandbox, sandbox.adminCredentials.accessKeyId)
  const { result } = await collect(generatePolicies(asked, admin))
  // Made by callerStatements.
  return result.documents.flatMap(({ document }) => document.Statement) as readonly CallerStatement[]
}

export async function give(
  sandbox: TestSandbox,
  Statement: readonly CallerStatement[],
  kind: 'User' | 'Role' = 'User',
): Promise<void> {
  const PolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement })
  const PolicyArn = `arn:aws:iam::${account}:policy/caller`
  await sandbox.seed([
    { service: 'iam', operation: 'CreatePolicy', input: { PolicyName: 'caller', PolicyDocument } },
    {
      service: 'iam',
      operation: `Attach${kind}Policy`,
      input: { [`${kind}Name`]: kind === 'User' ? 'ann' : 'deployer', PolicyArn },
    },
  ])
}

const request = {
  queue: 'orders',
  function: 'worker',
  settings: { tags: { team: 'orders' } },
  ignore: [],
  only: [],
}
export const withTest = { ...request, sendTest: true }
