import type { SeedStep } from '../../src/sandbox/seed.js'
import { account, region } from '../preflight/preflight-world.js'
import type { TestSandbox } from '../support/sandbox.js'

export const arnOf = (queue: string) => `arn:aws:sqs:${region}:${account}:${queue}`
export const urlOf = (sandbox: TestSandbox, queue = 'orders') => `${sandbox.endpoint}/${account}/${queue}`

const step = (service: SeedStep['service'], operation: string, input: SeedStep['input']): SeedStep => ({
  service,
  operation,
  input,
})

/** Changes the configuration of the function `worker`, and waits until that is done. */
export async function configure(sandbox: TestSandbox, settings: SeedStep['input']): Promise<void> {
  await sandbox.seed([step('lambda', 'UpdateFunctionConfiguration', { FunctionName: 'worker', ...settings })])
  await sandbox.advance(1)
}

/** Another function with the role of `worker`, so that it can have what only a new one is given. */
export async function addFunction(
  sandbox: TestSandbox,
  name: string,
  settings: SeedStep['input'],
): Promise<void> {
  const Role = `arn:aws:iam::${account}:role/worker-role`
  const found = sandbox.world.lambda.functions.get(`arn:aws:lambda:${region}:${account}:function:worker`)
  const input = { FunctionName: name, Role, Runtime: 'nodejs20.x', Handler: 'index.handler', ...settings }
  const Code = { ZipFile: Buffer.from(emptyZip).toString('base64') }
  await sandbox.seed([
    step('lambda', 'CreateFunction', { ...input, Timeout: found?.latest.settings.timeoutSeconds, Code }),
  ])
}

/** Gives the role of `worker` these rights, in a policy of their own. Without any: takes the policy away. */
export async function grant(sandbox: TestSandbox, actions: readonly string[]): Promise<void> {
  const RoleName = 'worker-role'
  const PolicyName = 'further'
  const Statement = [{ Effect: 'Allow', Action: actions, Resource: '*' }]
  const PolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement })
  await sandbox.seed([
    actions.length === 0
      ? step('iam', 'DeleteRolePolicy', { RoleName, PolicyName })
      : step('iam', 'PutRolePolicy', { RoleName, PolicyName, PolicyDocument }),
  ])
}

export const createQueue = (sandbox: TestSandbox, name: string, attributes: SeedStep['input'] = {}) =>
  sandbox.seed([step('sqs', 'CreateQueue', { QueueName: name, Attributes: attributes })])

export const setAttributes = (
  sandbox: TestSandbox,
  queue: string,
  attributes: Readonly<Record<string, string>>,
) =>
  sandbox.seed([
    step('sqs', 'SetQueueAttributes', { QueueUrl: urlOf(sandbox, queue), Attributes: attributes }),
  ])

/** Creates a mapping to `worker` and waits until it is Enabled. Returns its UUID. */
export async function wire(
  sandbox: TestSandbox,
  queue: string,
  settings: SeedStep['input'] = {},
): Promise<string> {
  const input = { EventSourceArn: arnOf(queue), FunctionName: 'worker', ...settings }
  const [created] = await sandbox.seed([step('lambda', 'CreateEventSourceMapping', input)])
  await sandbox.advance(1_000)
  const { UUID } = created as { UUID: string } // as Lambda answers
  return UUID
}

export const unwire = (sandbox: TestSandbox, UUID: string) =>
  sandbox.seed([step('lambda', 'DeleteEventSourceMapping', { UUID })]).then(() => sandbox.advance(1_000))

/** The names of the calls so far. */
export const called = (sandbox: TestSandbox) => sandbox.calls().map(({ operation }) => operation)

/** An archive with nothing in it: it is never run. */
const emptyZip = [0x50, 0x4b, 5, 6, ...Array.from({ length: 18 }, () => 0)]
