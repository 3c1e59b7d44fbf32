import {
  CreateEventSourceMappingCommand,
  DeleteEventSourceMappingCommand,
  GetEventSourceMappingCommand,
  type LambdaClient,
  ListEventSourceMappingsCommand,
  ListTagsCommand,
  TagResourceCommand,
  UpdateEventSourceMappingCommand,
} from '@aws-sdk/client-lambda'
import { describe, expect, test } from 'vitest'
import { account, functionArn, queueArnOf, setScene } from './event-source-fixture.js'

const order = { EventSourceArn: queueArnOf('orders'), FunctionName: 'worker' }
const mappingArn = (uuid: string) => `arn:aws:lambda:us-east-1:${account}:event-source-mapping:${uuid}`
const nobody = { accessKeyId: 'AKIASANDBOXNOBODY' }

const denied = (action: string, resource: string) => ({
  name: 'AccessDeniedException',
  message: `User: arn:aws:iam::${account}:user/nobody is not authorized to perform: lambda:${action} on resource: ${resource} because no identity-based policy allows the lambda:${action} action`,
  $metadata: { httpStatusCode: 403 },
})

const allowNobody = (statement: object) => {
  const document = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Resource: '*', ...statement }] }
  const input = { UserName: 'nobody', PolicyName: 'some', PolicyDocument: JSON.stringify(document) }
  return { service: 'iam', operation: 'PutUserPolicy', input } as const
}

describe('a caller without the right is refused in the words of AWS', () => {
  const cases: readonly [
    string,
    'star' | 'mapping',
    (lambda: LambdaClient, UUID: string) => Promise<unknown>,
  ][] = [
    ['CreateEventSourceMapping', 'star', (lambda) => lambda.send(new CreateEventSourceMappingCommand(order))],
    ['ListEventSourceMappings', 'star', (lambda) => lambda.send(new ListEventSourceMappingsCommand({}))],
    [
      'GetEventSourceMapping',
      'mapping',
      (lambda, UUID) => lambda.send(new GetEventSourceMappingCommand({ UUID })),
    ],
    [
      'UpdateEventSourceMapping',
      'mapping',
      (lambda, UUID) => lambda.send(new UpdateEventSourceMappingCommand({ UUID, BatchSize: 5 })),
    ],
    [
      'DeleteEventSourceMapping',
      'mapping',
      (lambda, UUID) => lambda.send(new DeleteEventSourceMappingCommand({ UUID })),
    ],
    [
      'ListTags',
      'mapping',
      (lambda, UUID) => lambda.send(new ListTagsCommand({ Resource: mappingArn(UUID) })),
    ],
    [
      'TagResource',
      'mapping',
      (lambda, UUID) => lambda.send(new TagResourceCommand({ Resource: mappingArn(UUID), Tags: { a: 'b' } })),
    ],
  ]

  test.each(cases)('%s', async (action, on, send) => {
    const scene = await setScene()
    const uuid = await scene.wire()
    const { lambda } = scene.sandbox.clientsFor(nobody)
    const resource = on === 'star' ? '*' : mappingArn(uuid)
    await expect(send(lambda, uuid)).rejects.toMatchObject(denied(action, resource))
  })
})

describe('conditions on the function and the tags', () => {
  test('lambda:FunctionArn is the function as it was named, qualifier included', async () => {
    const { sandbox } = await setScene()
    const Condition = { StringEquals: { 'lambda:FunctionArn': functionArn } }
    await sandbox.seed([allowNobody({ Action: 'lambda:*EventSourceMapping', Condition })])
    const { lambda } = sandbox.clientsFor(nobody)
    const { UUID } = await lambda.send(new CreateEventSourceMappingCommand(order))
    const read = await lambda.send(new GetEventSourceMappingCommand({ UUID }))
    expect(read.FunctionArn).toBe(functionArn)
    const qualified = { ...order, FunctionName: 'worker:$LATEST' }
    await expect(lambda.send(new CreateEventSourceMappingCommand(qualified))).rejects.toMatchObject(
      denied('CreateEventSourceMapping', '*'),
    )
  })

  test('tags on create ask for lambda:TagResource as well', async () => {
    const { sandbox } = await setScene()
    await sandbox.seed([allowNobody({ Action: 'lambda:CreateEventSourceMapping' })])
    const { lambda } = sandbox.clientsFor(nobody)
    const tagged = { ...order, Tags: { team: 'blue' } }
    await expect(lambda.send(new CreateEventSourceMappingCommand(tagged))).rejects.toMatchObject(
      denied('TagResource', mappingArn('*')),
    )
    const Condition = { StringEquals: { 'aws:RequestTag/team': 'blue' } }
    await sandbox.seed([
      allowNobody({ Action: ['lambda:CreateEventSourceMapping', 'lambda:TagResource'], Condition }),
    ])
    expect((await lambda.send(new CreateEventSourceMappingCommand(tagged))).State).toBe('Creating')
  })
})
