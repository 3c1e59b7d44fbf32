import { executionRoleSeed, pollingPolicySeed, queueSeed } from '../../../src/sandbox/seeds.js'
import type { Sandbox } from '../../../src/sandbox/start-sandbox.js'
import { zip } from '../../sandbox/lambda-fixture.js'
import type { Members, Seen } from './step.js'

export const queueArn = (name: string) => `arn:aws:sqs:us-east-1:111122223333:${name}`
export const roleArn = 'arn:aws:iam::111122223333:role/worker-role'
export const functionArn = 'arn:aws:lambda:us-east-1:111122223333:function:worker'
export const code = { ZipFile: zip({ 'index.mjs': 'export const handler = async (event) => event' }) }

/** The input of an operation on a queue of this name, with more members that may depend on what was seen. */
export const onQueue =
  (name: string, more: Members | ((seen: Seen) => Members) = {}) =>
  (seen: Seen): Members => ({
    QueueUrl: `${seen.endpoint}/111122223333/${name}`,
    ...(typeof more === 'function' ? more(seen) : more),
  })

/** The role of a function; it may poll every queue. */
export const makeRole = ({ seed }: Sandbox) =>
  seed([executionRoleSeed('worker-role'), pollingPolicySeed('worker-role', 'aws')])

/** The queue `orders` and the function `worker`, ready to be wired. */
export async function makeEnds(sandbox: Sandbox, { timeoutSeconds = 3 } = {}): Promise<void> {
  await makeRole(sandbox)
  await sandbox.seed([queueSeed({ name: 'orders' }), functionSeed('worker', timeoutSeconds)])
}

/** A function without a handler that would do anything. */
export const functionSeed = (name: string, timeoutSeconds = 3, role = 'worker-role') =>
  ({
    service: 'lambda',
    operation: 'CreateFunction',
    input: {
      FunctionName: name,
      Role: `arn:aws:iam::111122223333:role/${role}`,
      Runtime: 'nodejs22.x',
      Handler: 'index.handler',
      Timeout: timeoutSeconds,
      Code: { ZipFile: Buffer.from(code.ZipFile).toString('base64') },
    },
  }) as const
