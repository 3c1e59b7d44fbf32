import { PutUserPolicyCommand } from '@aws-sdk/client-iam'
import { CreateKeyCommand, DisableKeyCommand, PutKeyPolicyCommand } from '@aws-sdk/client-kms'
import {
  CreateQueueCommand,
  DeleteQueueCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  SetQueueAttributesCommand,
} from '@aws-sdk/client-sqs'
import { describe, expect, test } from 'vitest'
import { wellKnownAccessKeys } from '../../src/sandbox/default-principals.js'
import { startTestSandbox } from '../support/sandbox.js'

const queueArn = 'arn:aws:sqs:us-east-1:111122223333:orders'
const nobodyArn = 'arn:aws:iam::111122223333:user/nobody'

const statement = (Action: string | string[], Resource: string, more: object = {}) => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action, Resource, ...more }],
})

async function startWithNobody(attributes: Record<string, string> = {}) {
  const sandbox = await startTestSandbox()
  const { QueueUrl } = await sandbox.admin.sqs.send(
    new CreateQueueCommand({ QueueName: 'orders', Attributes: attributes }),
  )
  const nobody = sandbox.clientsFor({ accessKeyId: wellKnownAccessKeys.nobody })
  return {
    ...sandbox,
    QueueUrl,
    send: () => nobody.sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'x' })),
    receive: async () => (await nobody.sqs.send(new ReceiveMessageCommand({ QueueUrl }))).Messages ?? [],
    allowNobody: (document: object) =>
      sandbox.admin.iam.send(
        new PutUserPolicyCommand({
          UserName: 'nobody',
          PolicyName: 'p',
          PolicyDocument: JSON.stringify(document),
        }),
      ),
    setPolicy: (document: object) =>
      sandbox.admin.sqs.send(
        new SetQueueAttributesCommand({ QueueUrl, Attributes: { Policy: JSON.stringify(document) } }),
      ),
  }
}

describe('who may use a queue', () => {
  test('nobody without a policy: refused in the words of SQS, the action in lower case', async () => {
    const { send } = await startWithNobody()
    await expect(send()).rejects.toMatchObject({
      Code: 'AccessDenied',
      message: `User: ${nobodyArn} is not authorized to perform: sqs:sendmessage on resource: ${queueArn} because no identity-based policy allows the sqs:sendmessage action`,
      $metadata: { httpStatusCode: 403 },
    })
  })

  test('a refused caller does not learn whether the queue exists', async () => {
    const { clientsFor, QueueUrl } = await startWithNobody()
    const { sqs } = clientsFor({ accessKeyId: wellKnownAccessKeys.nobody })
    const nowhere = QueueUrl?.replace('orders', 'nowhere')
    for (const url of [QueueUrl, nowhere]) {
      await expect(sqs.send(new GetQueueAttributesCommand({ QueueUrl: url }))).rejects.toMatchObject({
        Code: 'AccessDenied',
      })
    }
  })

  test('an identity policy or the queue policy lets the caller in; a Deny in either keeps it out', async () => {
    const { send, allowNobody, setPolicy } = await startWithNobody()
    await setPolicy(statement('sqs:SendMessage', queueArn, { Principal: { AWS: nobodyArn } }))
    expect((await send()).MessageId).toBeDefined()
    await setPolicy(statement('sqs:SendMessage', queueArn, { Principal: '*', Effect: 'Deny' }))
    await allowNobody(statement('sqs:*', '*'))
    await expect(send()).rejects.toMatchObject({
      message: `User: ${nobodyArn} is not authorized to perform: sqs:sendmessage on resource: ${queueArn} with an explicit deny in a resource-based policy`,
    })
  })

  test('another account needs the queue policy as well', async () => {
    const { setPolicy, clientsFor, QueueUrl } = await startWithNobody()
    const { sqs } = clientsFor({ accessKeyId: '444455556666' })
    const send = () => sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'x' }))
    await expect(send()).rejects.toMatchObject({ Code: 'AccessDenied' })
    await setPolicy(statement('sqs:SendMessage', queueArn, { Principal: { AWS: '444455556666' } }))
    expect((await send()).MessageId).toBeDefined()
  })

  test('the default caller reads and sends, and neither receives nor deletes queues', async () => {
    const { caller, QueueUrl } = await startWithNobody()
    await caller.sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['All'] }))
    await caller.sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'x' }))
    await expect(caller.sqs.send(new ReceiveMessageCommand({ QueueUrl }))).rejects.toMatchObject({
      Code: 'AccessDenied',
    })
    await expect(caller.sqs.send(new DeleteQueueCommand({ QueueUrl }))).rejects.toMatchObject({
      Code: 'AccessDenied',
    })
  })
})

describe('a queue with a customer key', () => {
  async function startWithKey() {
    const started = await startWithNobody()
    const { KeyMetadata } = await started.admin.kms.send(new CreateKeyCommand({}))
    const keyArn = KeyMetadata?.Arn ?? ''
    await started.admin.sqs.send(
      new SetQueueAttributesCommand({ QueueUrl: started.QueueUrl, Attributes: { KmsMasterKeyId: keyArn } }),
    )
    const allow = (actions: readonly string[], Condition: object = {}) =>
      started.allowNobody({
        Version: '2012-10-17',
        Statement: [
          { Effect: 'Allow', Action: 'sqs:*', Resource: queueArn },
          { Effect: 'Allow', Action: actions, Resource: keyArn, Condition },
        ],
      })
    return { ...started, keyArn, allow }
  }

  test('sending needs GenerateDataKey and Decrypt', async () => {
    const { send, allow } = await startWithKey()
    for (const actions of [['kms:DescribeKey'], ['kms:GenerateDataKey'], ['kms:Decrypt']]) {
      await allow(actions)
      await expect(send()).rejects.toMatchObject({
        name: 'KmsAccessDenied',
        Code: 'KMS.AccessDeniedException',
      })
    }
    await allow(['kms:GenerateDataKey', 'kms:Decrypt'])
    expect((await send()).MessageId).toBeDefined()
  })

  test('receiving needs Decrypt, but only when there is a message; none is lost by the refusal', async () => {
    const { receive, allow, admin, QueueUrl, keyArn } = await startWithKey()
    await allow(['kms:DescribeKey'])
    expect(await receive()).toEqual([])
    await admin.sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'secret' }))
    await expect(receive()).rejects.toMatchObject({
      name: 'KmsAccessDenied',
      message: `User: ${nobodyArn} is not authorized to perform: kms:Decrypt on resource: ${keyArn} because no identity-based policy allows the kms:Decrypt action`,
    })
    await allow(['kms:Decrypt'])
    expect(await receive()).toMatchObject([{ Body: 'secret' }])
  })

  test.each([
    { key: 'kms:ViaService', right: 'sqs.us-east-1.amazonaws.com', wrong: 'sqs.eu-west-1.amazonaws.com' },
    { key: 'kms:EncryptionContext:aws:sqs:arn', right: queueArn, wrong: `${queueArn}-2` },
  ])('the request carries $key', async ({ key, right, wrong }) => {
    const { send, allow } = await startWithKey()
    const actions = ['kms:GenerateDataKey', 'kms:Decrypt']
    await allow(actions, { StringEquals: { [key]: wrong } })
    await expect(send()).rejects.toMatchObject({ name: 'KmsAccessDenied' })
    await allow(actions, { StringEquals: { [key]: right } })
    expect((await send()).MessageId).toBeDefined()
  })

  test('the key policy can refuse what the identity policy allows', async () => {
    const { send, allow, admin, keyArn } = await startWithKey()
    await allow(['kms:GenerateDataKey', 'kms:Decrypt'])
    await admin.kms.send(
      new PutKeyPolicyCommand({
        KeyId: keyArn,
        Policy: JSON.stringify(
          statement('kms:*', '*', { Principal: { AWS: 'arn:aws:iam::111122223333:user/administrator' } }),
        ),
      }),
    )
    await expect(send()).rejects.toMatchObject({ name: 'KmsAccessDenied' })
  })

  test('a disabled key works for nobody', async () => {
    const { admin, QueueUrl, keyArn } = await startWithKey()
    await admin.kms.send(new DisableKeyCommand({ KeyId: keyArn }))
    await expect(
      admin.sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'x' })),
    ).rejects.toMatchObject({ name: 'KmsDisabled', Code: 'KMS.DisabledException' })
  })
})

test("the AWS managed key needs no permission of one's own, and serves no other account", async () => {
  const { admin, send, allowNobody, setPolicy, clientsFor, QueueUrl } = await startWithNobody({
    KmsMasterKeyId: 'alias/aws/sqs',
  })
  await allowNobody(statement('sqs:*', queueArn))
  expect((await send()).MessageId).toBeDefined()
  await setPolicy(statement('sqs:SendMessage', queueArn, { Principal: { AWS: '444455556666' } }))
  const { sqs } = clientsFor({ accessKeyId: '444455556666' })
  await expect(sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'x' }))).rejects.toMatchObject({
    name: 'KmsAccessDenied',
  })
  expect((await admin.sqs.send(new ReceiveMessageCommand({ QueueUrl }))).Messages).toHaveLength(1)
})
