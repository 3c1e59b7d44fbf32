import {
  CloudFormationClient,
  CreateStackCommand,
  DeleteStackCommand,
  DescribeStackEventsCommand,
  DescribeStackResourcesCommand,
  DescribeStacksCommand,
} from '@aws-sdk/client-cloudformation'
import { GetFunctionCommand } from '@aws-sdk/client-lambda'
import { GetQueueAttributesCommand, ListQueuesCommand } from '@aws-sdk/client-sqs'
import { expect, onTestFinished, test } from 'vitest'
import { quickstartTemplate } from '../../src/operations/quickstart/template.js'
import { startTestSandbox } from '../support/sandbox.js'

const name = 'sqs-trigger-quickstart'
const template = JSON.stringify(quickstartTemplate({ fifo: true, sms: false, tags: { team: 'orders' } }))

async function begin(accessKeyId = 'AKIASANDBOXBUILDER') {
  const sandbox = await startTestSandbox()
  const client = new CloudFormationClient({
    endpoint: sandbox.endpoint,
    region: sandbox.region,
    maxAttempts: 1,
    credentials: { accessKeyId, secretAccessKey: 'never-verified' },
  })
  onTestFinished(() => client.destroy())
  const create = (TemplateBody = template, more: object = { Capabilities: ['CAPABILITY_IAM'] }) =>
    client.send(new CreateStackCommand({ StackName: name, TemplateBody, ...more }))
  const stack = async (StackName = name) =>
    (await client.send(new DescribeStacksCommand({ StackName }))).Stacks?.[0]
  const events = async (StackName = name) => {
    const { StackEvents = [] } = await client.send(new DescribeStackEventsCommand({ StackName }))
    return StackEvents.toReversed().map(
      (event) =>
        `${event.LogicalResourceId} ${event.ResourceStatus}${event.ResourceStatusReason ? ': ' : ''}${event.ResourceStatusReason ?? ''}`,
    )
  }
  const settle = async () => {
    await sandbox.advance(5_000)
    await sandbox.settled()
  }
  return { sandbox, client, create, stack, events, settle }
}

test('queue, function and mapping carry the tags by which CloudFormation knows its own', async () => {
  const { create, settle, sandbox } = await begin()
  await create()
  await settle()
  const { eventSources, sqs, lambda } = sandbox.world
  const [mapping] = eventSources.mappings.values()
  expect(mapping?.tags).toMatchObject({
    'aws:cloudformation:stack-name': name,
    'aws:cloudformation:stack-id': expect.stringContaining(`stack/${name}/`),
    'aws:cloudformation:logical-id': expect.any(String),
    team: 'orders',
  })
  for (const { tags } of [...sqs.queues.values(), ...lambda.functions.values()])
    expect(tags.get('aws:cloudformation:stack-name')).toBe(name)
})

test('a stack is made piece by piece, described, and deleted with all that it made', async () => {
  const { sandbox, client, create, stack, events, settle } = await begin('AKIASANDBOXADMIN')
  const { StackId = '' } = await create()
  expect(await stack()).toMatchObject({ StackId, StackStatus: 'CREATE_IN_PROGRESS', Outputs: [] })
  await settle()
  expect(await stack()).toMatchObject({ StackStatus: 'CREATE_COMPLETE', Description: expect.any(String) })
  const told = await events()
  expect(told.slice(0, 2)).toEqual([
    `${name} CREATE_IN_PROGRESS: User Initiated`,
    'DeadLetterQueue CREATE_IN_PROGRESS',
  ])
  expect(told.at(-1)).toBe(`${name} CREATE_COMPLETE`)
  expect(told.indexOf('Queue CREATE_COMPLETE')).toBeLessThan(told.indexOf('Role CREATE_IN_PROGRESS'))

  const outputs = new Map((await stack())?.Outputs?.map((one) => [one.OutputKey, one.OutputValue]))
  const { Attributes } = await sandbox.admin.sqs.send(
    new GetQueueAttributesCommand({ QueueUrl: outputs.get('QueueUrl'), AttributeNames: ['All'] }),
  )
  expect(Attributes).toMatchObject({
    FifoQueue: 'true',
    VisibilityTimeout: '60',
    RedrivePolicy: JSON.stringify({
      deadLetterTargetArn: outputs.get('DeadLetterQueueArn'),
      maxReceiveCount: 5,
    }),
  })
  const { Tags } = await sandbox.admin.lambda.send(
    new GetFunctionCommand({ FunctionName: outputs.get('FunctionArn') }),
  )
  expect(Tags).toMatchObject({ team: 'orders', 'aws:cloudformation:logical-id': 'Function' })
  const resources = await client.send(new DescribeStackResourcesCommand({ StackName: name }))
  expect(resources.StackResources).toHaveLength(6)
  const byQueue = { PhysicalResourceId: outputs.get('QueueUrl') }
  expect(await client.send(new DescribeStackResourcesCommand(byQueue))).toMatchObject({
    StackResources: resources.StackResources,
  })

  await client.send(new DeleteStackCommand({ StackName: name }))
  expect((await stack())?.StackStatus).toBe('DELETE_IN_PROGRESS')
  await settle()
  await expect(stack()).rejects.toMatchObject({ name: 'ValidationError' })
  expect(await stack(StackId)).toMatchObject({ StackStatus: 'DELETE_COMPLETE' })
  expect((await events(StackId)).at(-1)).toBe(`${name} DELETE_COMPLETE`)
  expect((await sandbox.admin.sqs.send(new ListQueuesCommand({}))).QueueUrls).toBeUndefined()
  const { iam, lambda, logs, eventSources } = sandbox.world
  expect([iam.roles.size, lambda.functions.size, logs.groups.size, eventSources.mappings.size]).toEqual([
    0, 0, 0, 0,
  ])
})

test('what fails is told with its reason, and all that was made before is taken back', async () => {
  const { sandbox, create, stack, events, settle } = await begin()
  const PolicyDocument = JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Deny', Action: 'iam:PutRolePolicy', Resource: '*' }],
  })
  const input = { UserName: 'builder', PolicyName: 'never', PolicyDocument }
  await sandbox.seed([{ service: 'iam', operation: 'PutUserPolicy', input }])
  await create()
  await settle()
  expect(await stack()).toMatchObject({ StackStatus: 'ROLLBACK_COMPLETE' })
  const told = await events()
  const failed = told.findIndex((line) => line.startsWith('Role CREATE_FAILED'))
  expect(told[failed]).toContain('is not authorized to perform: iam:PutRolePolicy')
  expect(told[failed + 1]).toBe(
    `${name} ROLLBACK_IN_PROGRESS: The following resource(s) failed to create: [Role]. Rollback requested by user.`,
  )
  expect(told.at(-1)).toBe(`${name} ROLLBACK_COMPLETE`)
  expect(sandbox.world.iam.roles.size).toBe(0)
  expect(sandbox.world.sqs.queues.size).toBe(0)
})

test('a stack that is deleted while it is made leaves nothing', async () => {
  const { sandbox, client, create, stack, settle } = await begin()
  const { StackId = '' } = await create()
  await sandbox.advance(120)
  await client.send(new DeleteStackCommand({ StackName: name }))
  await settle()
  expect(await stack(StackId)).toMatchObject({ StackStatus: 'DELETE_COMPLETE' })
  expect([sandbox.world.sqs.queues.size, sandbox.world.logs.groups.size]).toEqual([0, 0])
})

test('a request that comes again is the same one, and makes no second stack', async () => {
  const { sandbox, create } = await begin()
  const asked = { Capabilities: ['CAPABILITY_IAM'], ClientRequestToken: 'once' }
  const { StackId } = await create(template, asked)
  expect((await create(template, asked)).StackId).toBe(StackId)
  const another = { ...asked, ClientRequestToken: 'twice' }
  await expect(create(template, another)).rejects.toMatchObject({ name: 'AlreadyExistsException' })
  expect(sandbox.world.madeStacks.size).toBe(1)
})

test('refusals: a taken name, roles that nobody acknowledged, a parameter without a value', async () => {
  const { create } = await begin()
  await expect(create(template, {})).rejects.toMatchObject({
    name: 'InsufficientCapabilitiesException',
    message: 'Requires capabilities : [CAPABILITY_IAM]',
  })
  await create()
  await expect(create()).rejects.toMatchObject({
    name: 'AlreadyExistsException',
    message: `Stack [${name}] already exists`,
  })
  const sms = JSON.stringify(quickstartTemplate({ fifo: false, sms: true, tags: {} }))
  await expect(create(sms)).rejects.toMatchObject({
    name: 'ValidationError',
    message: 'Parameters: [PhoneNumber] must have values',
  })
})

test.each([
  ['YAML', 'Resources: {}'],
  ['a circle', '{"Resources":{"A":{"Type":"AWS::SQS::Queue","Properties":{"QueueName":{"Ref":"A"}}}}}'],
  ['a type that the sandbox does not make', '{"Resources":{"A":{"Type":"AWS::S3::Bucket"}}}'],
])('a template that cannot be taken: %s', async (_, body) => {
  const { create } = await begin()
  await expect(create(body)).rejects.toMatchObject({ name: 'ValidationError' })
})

test('a value that nothing has ends the creation, not the sandbox', async () => {
  const { create, stack, settle } = await begin()
  await create('{"Resources":{},"Outputs":{"A":{"Value":{"Ref":"Nothing"}}}}')
  await settle()
  expect(await stack()).toMatchObject({ StackStatus: 'ROLLBACK_COMPLETE' })
})

test('a value that is to be shown nowhere is not shown', async () => {
  const { sandbox, create, stack } = await begin()
  const sms = JSON.stringify(quickstartTemplate({ fifo: false, sms: true, tags: {} }))
  const Parameters = [{ ParameterKey: 'PhoneNumber', ParameterValue: '+4915112345678' }]
  await create(sms, { Capabilities: ['CAPABILITY_IAM'], Parameters })
  expect((await stack())?.Parameters).toEqual([{ ParameterKey: 'PhoneNumber', ParameterValue: '****' }])
  expect(sandbox.world.madeStacks.size).toBe(1)
})

test('who may not ask is refused each call', async () => {
  const { client, create, stack, events } = await begin('AKIASANDBOXNOBODY')
  const refused = { name: 'AccessDenied' }
  await expect(create()).rejects.toMatchObject(refused)
  await expect(stack()).rejects.toMatchObject(refused)
  await expect(events()).rejects.toMatchObject(refused)
  await expect(client.send(new DeleteStackCommand({ StackName: name }))).rejects.toMatchObject(refused)
})
