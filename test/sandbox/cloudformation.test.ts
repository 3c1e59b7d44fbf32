import { CloudFormationClient, DescribeStackResourcesCommand } from '@aws-sdk/client-cloudformation'
import {
  GetRoleCommand,
  GetRolePolicyCommand,
  PutRolePolicyCommand,
  TagRoleCommand,
} from '@aws-sdk/client-iam'
import { CreateEventSourceMappingCommand } from '@aws-sdk/client-lambda'
import { expect, onTestFinished, test } from 'vitest'
import { startTestSandbox } from '../support/sandbox.js'
import { account, createFunction, createRole, region } from './lambda-fixture.js'

async function begin(accessKeyId?: string) {
  const sandbox = await startTestSandbox({ region, account })
  const client = new CloudFormationClient({
    endpoint: sandbox.endpoint,
    region,
    maxAttempts: 1,
    credentials: {
      accessKeyId: accessKeyId ?? sandbox.adminCredentials.accessKeyId,
      secretAccessKey: 'never-verified',
    },
  })
  onTestFinished(() => client.destroy())
  const owner = (PhysicalResourceId: string) =>
    client.send(new DescribeStackResourcesCommand({ PhysicalResourceId }))
  return { sandbox, owner }
}

const resource = { stackName: 'shop', logicalId: 'WorkerRole', type: 'AWS::IAM::Role', account, region }

test('a resource that was put into a stack belongs to it', async () => {
  const { sandbox, owner } = await begin()
  sandbox.world.stacks.set('worker-role', resource)
  expect((await owner('worker-role')).StackResources).toMatchObject([
    {
      StackName: 'shop',
      LogicalResourceId: 'WorkerRole',
      PhysicalResourceId: 'worker-role',
      ResourceType: 'AWS::IAM::Role',
      ResourceStatus: 'UPDATE_COMPLETE',
    },
  ])
})

test.each([
  ['one that belongs to none', 'other-role', resource],
  ['one of another Region', 'worker-role', { ...resource, region: 'eu-west-1' }],
  ['one of another account', 'worker-role', { ...resource, account: '444455556666' }],
])('%s: ValidationError', async (_, asked, given) => {
  const { sandbox, owner } = await begin()
  sandbox.world.stacks.set('worker-role', given)
  await expect(owner(asked)).rejects.toMatchObject({ name: 'ValidationError' })
})

test('who may not ask is refused', async () => {
  const { owner } = await begin('AKIASANDBOXNOBODY')
  await expect(owner('worker-role')).rejects.toMatchObject({ name: 'AccessDenied' })
})

test('tags of a role', async () => {
  const { sandbox } = await begin()
  await createRole(sandbox, 'worker-role')
  const tag = (Value: string) =>
    sandbox.admin.iam.send(new TagRoleCommand({ RoleName: 'worker-role', Tags: [{ Key: 'team', Value }] }))
  await tag('one')
  await tag('two')
  const { Role } = await sandbox.admin.iam.send(new GetRoleCommand({ RoleName: 'worker-role' }))
  expect(Role?.Tags).toEqual([{ Key: 'team', Value: 'two' }])
})

test('with a lag, IAM shows a change at once and Lambda goes by it later; what is seeded holds at once', async () => {
  const sandbox = await startTestSandbox({ region, account, iamLagMs: 10_000 })
  const roleArn = await createRole(sandbox, 'worker-role')
  await createFunction(sandbox, { roleArn })
  await sandbox.seed([{ service: 'sqs', operation: 'CreateQueue', input: { QueueName: 'orders' } }])
  const PolicyDocument = JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Action: 'sqs:*', Resource: '*' }],
  })
  const name = { RoleName: 'worker-role', PolicyName: 'poll' }
  await sandbox.admin.iam.send(new PutRolePolicyCommand({ ...name, PolicyDocument }))
  expect((await sandbox.admin.iam.send(new GetRolePolicyCommand(name))).PolicyName).toBe('poll')
  const create = () =>
    sandbox.admin.lambda.send(
      new CreateEventSourceMappingCommand({
        FunctionName: 'worker',
        EventSourceArn: `arn:aws:sqs:${region}:${account}:orders`,
      }),
    )
  await expect(create()).rejects.toThrow(/execution role does not have permissions to call ReceiveMessage/)
  await sandbox.advance(9_999)
  await expect(create()).rejects.toThrow(/ReceiveMessage/)
  await sandbox.advance(1)
  expect((await create()).State).toBe('Creating')
})
