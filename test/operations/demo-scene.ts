import { applyChange } from '../../src/operations/apply-change.js'
import type { Session } from '../../src/operations/session.js'
import { buildDemoWorld } from '../../src/sandbox/demo-world.js'
import { awsDelays } from '../../src/sandbox/world.js'
import { sessionOf } from '../preflight/preflight-world.js'
import { movingClock, startTestSandbox } from '../support/sandbox.js'

/** Operations on the sandbox, over HTTP and through the real clients. Sleeping moves the sandbox's clock. */
export async function begin() {
  const sandbox = await startTestSandbox({ delays: awsDelays })
  await buildDemoWorld(sandbox, { visibilityTimeoutSeconds: 60, maxReceiveCount: 1 })
  const base = await sessionOf(sandbox, sandbox.adminCredentials.accessKeyId)
  const session: Session = { ...base, clock: movingClock(sandbox) }
  return { sandbox, session }
}

/** A mapping of the demo's queue and function, Enabled. */
export async function wiredDemo() {
  const { sandbox, session } = await begin()
  const { account } = sandbox.world
  await applyChange(
    {
      action: 'put',
      type: 'role-policy',
      iamAction: 'iam:PutRolePolicy',
      roleArn: `arn:aws:iam::${account}:role/order-worker-role`,
      policyName: 'all',
      policy: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 'sqs:*', Resource: '*' }] },
    },
    session,
  )
  const { id: uuid } = await applyChange(
    {
      action: 'create',
      type: 'event-source-mapping',
      iamAction: 'lambda:CreateEventSourceMapping',
      queueArn: `arn:aws:sqs:${sandbox.region}:${account}:orders`,
      functionArn: `arn:aws:lambda:${sandbox.region}:${account}:function:order-worker`,
      settings: {},
    },
    session,
  )
  await sandbox.advance(120_000)
  await sandbox.settled()
  return { sandbox, session, uuid }
}
