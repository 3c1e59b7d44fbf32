import {
  CreateQueueCommand,
  DeleteQueueCommand,
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  ListQueuesCommand,
  ListQueueTagsCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  SetQueueAttributesCommand,
  TagQueueCommand,
  UntagQueueCommand,
} from '@aws-sdk/client-sqs'
import { expect, test } from 'vitest'
import { startOfTime, startTestSandbox } from '../support/sandbox.js'

const nonExistent = {
  name: 'QueueDoesNotExist',
  Code: 'AWS.SimpleQueueService.NonExistentQueue',
  message: 'The specified queue does not exist.',
  $metadata: { httpStatusCode: 400 },
}

test('a new queue has the attributes that AWS gives it', async () => {
  const { admin, endpoint } = await startTestSandbox()
  const { QueueUrl } = await admin.sqs.send(new CreateQueueCommand({ QueueName: 'orders' }))
  expect(QueueUrl).toBe(`${endpoint}/111122223333/orders`)
  const { Attributes } = await admin.sqs.send(
    new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['All'] }),
  )
  expect(Attributes).toEqual({
    QueueArn: 'arn:aws:sqs:us-east-1:111122223333:orders',
    ApproximateNumberOfMessages: '0',
    ApproximateNumberOfMessagesDelayed: '0',
    ApproximateNumberOfMessagesNotVisible: '0',
    CreatedTimestamp: String(startOfTime / 1000),
    LastModifiedTimestamp: String(startOfTime / 1000),
    DelaySeconds: '0',
    MaximumMessageSize: '1048576',
    MessageRetentionPeriod: '345600',
    ReceiveMessageWaitTimeSeconds: '0',
    SqsManagedSseEnabled: 'true',
    VisibilityTimeout: '30',
  })
})

test('a KMS key switches the encryption of SQS off', async () => {
  const { admin } = await startTestSandbox()
  const { QueueUrl } = await admin.sqs.send(
    new CreateQueueCommand({ QueueName: 'orders', Attributes: { KmsMasterKeyId: 'alias/aws/sqs' } }),
  )
  const { Attributes } = await admin.sqs.send(
    new GetQueueAttributesCommand({
      QueueUrl,
      AttributeNames: ['KmsMasterKeyId', 'KmsDataKeyReusePeriodSeconds', 'SqsManagedSseEnabled'],
    }),
  )
  expect(Attributes).toEqual({
    KmsMasterKeyId: 'alias/aws/sqs',
    KmsDataKeyReusePeriodSeconds: '300',
    SqsManagedSseEnabled: 'false',
  })
})

test('creating it again is no error, unless an attribute differs', async () => {
  const { admin } = await startTestSandbox()
  const create = (VisibilityTimeout: string) =>
    admin.sqs.send(new CreateQueueCommand({ QueueName: 'orders', Attributes: { VisibilityTimeout } }))
  const first = await create('60')
  expect((await create('60')).QueueUrl).toBe(first.QueueUrl)
  await expect(create('61')).rejects.toMatchObject({
    name: 'QueueNameExists',
    Code: 'QueueAlreadyExists',
    message:
      'A queue already exists with the same name and a different value for attribute VisibilityTimeout',
  })
})

test('attributes are set, and removed by the empty text', async () => {
  const { admin, advance } = await startTestSandbox()
  const { QueueUrl } = await admin.sqs.send(new CreateQueueCommand({ QueueName: 'orders' }))
  const set = (Attributes: Record<string, string>) =>
    admin.sqs.send(new SetQueueAttributesCommand({ QueueUrl, Attributes }))
  const read = async () =>
    (await admin.sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['All'] }))).Attributes
  const Policy = JSON.stringify({ Version: '2012-10-17', Statement: [] })
  await advance(5_000)
  await set({ VisibilityTimeout: '120', Policy })
  expect(await read()).toMatchObject({
    VisibilityTimeout: '120',
    Policy,
    LastModifiedTimestamp: String(startOfTime / 1000 + 5),
  })
  await set({ Policy: '' })
  expect(await read()).not.toHaveProperty('Policy')
})

test.each([
  { given: { Colour: 'red' }, code: 'InvalidAttributeName', message: 'Unknown Attribute Colour.' },
  {
    given: { ContentBasedDeduplication: 'true' },
    code: 'InvalidAttributeName',
    message: 'Unknown Attribute ContentBasedDeduplication.',
  },
  { given: { VisibilityTimeout: '43201' }, code: 'InvalidAttributeValue', message: undefined },
  { given: { DelaySeconds: 'soon' }, code: 'InvalidAttributeValue', message: undefined },
  { given: { Policy: '{' }, code: 'InvalidAttributeValue', message: undefined },
  {
    given: { KmsMasterKeyId: 'alias/aws/sqs', SqsManagedSseEnabled: 'true' },
    code: 'InvalidAttributeName',
    message:
      'You can use one type of server-side encryption (SSE) at one time. You can either enable KMS SSE or SQS SSE.',
  },
])('attributes $given are refused', async ({ given, code, message }) => {
  const { admin } = await startTestSandbox()
  const refused = admin.sqs.send(new CreateQueueCommand({ QueueName: 'orders', Attributes: { ...given } }))
  await expect(refused).rejects.toMatchObject({ Code: code, ...(message === undefined ? {} : { message }) })
})

test.each(['or ders', 'orders.fifo', 'x'.repeat(81), ''])('the name %j is refused', async (QueueName) => {
  const { admin } = await startTestSandbox()
  await expect(admin.sqs.send(new CreateQueueCommand({ QueueName }))).rejects.toMatchObject({
    $metadata: { httpStatusCode: 400 },
  })
})

test('a queue that does not exist', async () => {
  const { admin, endpoint } = await startTestSandbox()
  const QueueUrl = `${endpoint}/111122223333/nowhere`
  await expect(admin.sqs.send(new GetQueueUrlCommand({ QueueName: 'nowhere' }))).rejects.toMatchObject(
    nonExistent,
  )
  await expect(admin.sqs.send(new GetQueueAttributesCommand({ QueueUrl }))).rejects.toMatchObject(nonExistent)
  await expect(admin.sqs.send(new ReceiveMessageCommand({ QueueUrl }))).rejects.toMatchObject(nonExistent)
  await expect(admin.sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'x' }))).rejects.toMatchObject(
    nonExistent,
  )
})

test('the host of a queue URL does not matter; what is no queue URL is refused', async () => {
  const { admin } = await startTestSandbox()
  await admin.sqs.send(new CreateQueueCommand({ QueueName: 'orders' }))
  const read = (QueueUrl: string) =>
    admin.sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['QueueArn'] }))
  const { Attributes } = await read('https://sqs.us-east-1.amazonaws.com/111122223333/orders')
  expect(Attributes?.QueueArn).toBe('arn:aws:sqs:us-east-1:111122223333:orders')
  await expect(read('https://example.com/orders')).rejects.toMatchObject({
    name: 'InvalidAddress',
    message: 'The address https://example.com/orders is not valid for this endpoint.',
  })
})

test('Regions and accounts keep queues of one name apart', async () => {
  const { admin, clientsFor, adminCredentials } = await startTestSandbox()
  const elsewhere = clientsFor({ ...adminCredentials, region: 'eu-west-1' })
  const stranger = clientsFor({ accessKeyId: '444455556666' })
  await admin.sqs.send(new CreateQueueCommand({ QueueName: 'orders' }))
  await expect(elsewhere.sqs.send(new GetQueueUrlCommand({ QueueName: 'orders' }))).rejects.toMatchObject(
    nonExistent,
  )
  await expect(stranger.sqs.send(new GetQueueUrlCommand({ QueueName: 'orders' }))).rejects.toMatchObject(
    nonExistent,
  )
  await elsewhere.sqs.send(new CreateQueueCommand({ QueueName: 'other' }))
  expect((await admin.sqs.send(new ListQueuesCommand({}))).QueueUrls).toHaveLength(1)
})

test('lists are paged only for who asks for a page size', async () => {
  const { admin, seed } = await startTestSandbox()
  const names = Array.from({ length: 5 }, (_, index) => `orders-${index}`)
  await seed(
    [...names, 'letters'].map((QueueName) => ({
      service: 'sqs',
      operation: 'CreateQueue',
      input: { QueueName },
    })),
  )
  const list = (input: object) =>
    admin.sqs.send(new ListQueuesCommand({ QueueNamePrefix: 'orders', ...input }))
  const all = await list({})
  expect(all.QueueUrls).toHaveLength(5)
  expect(all.NextToken).toBeUndefined()
  const seen: string[] = []
  let NextToken: string | undefined
  do {
    const page = await list({ MaxResults: 2, NextToken })
    seen.push(...(page.QueueUrls ?? []))
    NextToken = page.NextToken
  } while (NextToken)
  expect(seen).toEqual(all.QueueUrls)
})

test('the name of a deleted queue is free again after a minute', async () => {
  const { admin, advance } = await startTestSandbox()
  const create = () => admin.sqs.send(new CreateQueueCommand({ QueueName: 'orders' }))
  const { QueueUrl } = await create()
  await admin.sqs.send(new DeleteQueueCommand({ QueueUrl }))
  await expect(admin.sqs.send(new DeleteQueueCommand({ QueueUrl }))).rejects.toMatchObject(nonExistent)
  await expect(create()).rejects.toMatchObject({ name: 'QueueDeletedRecently' })
  await advance(60_000)
  await create()
})

test('tags', async () => {
  const { admin } = await startTestSandbox()
  const { QueueUrl } = await admin.sqs.send(
    new CreateQueueCommand({ QueueName: 'orders', tags: { team: 'shop' } }),
  )
  const read = async () => (await admin.sqs.send(new ListQueueTagsCommand({ QueueUrl }))).Tags
  await admin.sqs.send(new TagQueueCommand({ QueueUrl, Tags: { stage: 'test' } }))
  expect(await read()).toEqual({ team: 'shop', stage: 'test' })
  await admin.sqs.send(new UntagQueueCommand({ QueueUrl, TagKeys: ['team', 'stage'] }))
  expect(await read()).toBeUndefined()
})
