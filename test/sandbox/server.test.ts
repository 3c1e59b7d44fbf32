import { request } from 'node:http'
import { DescribeLogGroupsCommand } from '@aws-sdk/client-cloudwatch-logs'
import { ListRolesCommand } from '@aws-sdk/client-iam'
import { DescribeKeyCommand, ListKeysCommand } from '@aws-sdk/client-kms'
import { ListEventSourceMappingsCommand, ListLayersCommand } from '@aws-sdk/client-lambda'
import {
  CreateQueueCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  ListQueuesCommand,
  ReceiveMessageCommand,
  RemovePermissionCommand,
} from '@aws-sdk/client-sqs'
import { GetCallerIdentityCommand, GetSessionTokenCommand } from '@aws-sdk/client-sts'
import { describe, expect, test } from 'vitest'
import { wellKnownAccessKeys } from '../../src/sandbox/default-principals.js'
import { startSandbox } from '../../src/sandbox/start-sandbox.js'
import { type SandboxClients, startTestSandbox } from '../support/sandbox.js'

/** One harmless call of each service. */
const calls: readonly {
  readonly service: string
  readonly send: (clients: SandboxClients) => Promise<unknown>
}[] = [
  { service: 'sqs', send: ({ sqs }) => sqs.send(new ListQueuesCommand({})) },
  { service: 'lambda', send: ({ lambda }) => lambda.send(new ListEventSourceMappingsCommand({})) },
  { service: 'iam', send: ({ iam }) => iam.send(new ListRolesCommand({})) },
  { service: 'sts', send: ({ sts }) => sts.send(new GetCallerIdentityCommand({})) },
  { service: 'kms', send: ({ kms }) => kms.send(new DescribeKeyCommand({ KeyId: 'alias/aws/sqs' })) },
  { service: 'logs', send: ({ logs }) => logs.send(new DescribeLogGroupsCommand({})) },
]

describe('who calls', () => {
  test.each(calls)('$service: an access key id names the caller', async ({ send }) => {
    const { admin, calls: recorded } = await startTestSandbox()
    await send(admin)
    expect(recorded()).toMatchObject([
      { principal: 'arn:aws:iam::111122223333:user/administrator', region: 'us-east-1', status: 200 },
    ])
  })

  test.each([
    { service: 'sqs', Code: 'InvalidClientTokenId' },
    { service: 'lambda', name: 'UnrecognizedClientException' },
    { service: 'iam', Code: 'InvalidClientTokenId' },
    { service: 'sts', Code: 'InvalidClientTokenId' },
    { service: 'kms', name: 'UnrecognizedClientException' },
    { service: 'logs', name: 'UnrecognizedClientException' },
  ])('$service: an unknown key is refused', async ({ service, ...error }) => {
    const { clientsFor } = await startTestSandbox()
    const send = calls.find((call) => call.service === service)?.send
    await expect(send?.(clientsFor({ accessKeyId: 'AKIANOBODYKNOWSTHIS' }))).rejects.toMatchObject({
      ...error,
      $metadata: { httpStatusCode: 403 },
    })
  })

  test.each([
    { service: 'sqs', Code: 'ExpiredToken' },
    { service: 'lambda', name: 'ExpiredTokenException' },
    { service: 'iam', Code: 'ExpiredToken' },
    { service: 'sts', Code: 'ExpiredToken' },
    { service: 'kms', name: 'ExpiredTokenException' },
    { service: 'logs', name: 'ExpiredTokenException' },
  ])('$service: an expired key is refused', async ({ service, ...error }) => {
    const { clientsFor } = await startTestSandbox()
    const send = calls.find((call) => call.service === service)?.send
    await expect(send?.(clientsFor({ accessKeyId: wellKnownAccessKeys.expired }))).rejects.toMatchObject({
      ...error,
      $metadata: { httpStatusCode: 403 },
    })
  })

  test('a request without signature is refused', async () => {
    const { endpoint } = await startTestSandbox()
    const response = await fetch(endpoint, {
      method: 'POST',
      headers: { 'x-amz-target': 'AmazonSQS.ListQueues' },
    })
    expect(response.status).toBe(403)
    expect(await response.json()).toMatchObject({
      __type: 'com.amazonaws.sqs#MissingAuthenticationTokenException',
    })
  })
})

describe('what is not served', () => {
  test.each([
    {
      service: 'sqs',
      send: ({ sqs }: SandboxClients) => sqs.send(new RemovePermissionCommand({ QueueUrl: 'x', Label: 'x' })),
    },
    { service: 'lambda', send: ({ lambda }: SandboxClients) => lambda.send(new ListLayersCommand({})) },
    { service: 'sts', send: ({ sts }: SandboxClients) => sts.send(new GetSessionTokenCommand({})) },
    { service: 'kms', send: ({ kms }: SandboxClients) => kms.send(new ListKeysCommand({})) },
  ])('an operation that the sandbox does not know says so: $service', async ({ service, send }) => {
    const { admin } = await startTestSandbox()
    await expect(send(admin)).rejects.toMatchObject({
      message: expect.stringMatching(
        new RegExp(`^The sandbox does not know the operation .+ of ${service}\\.$`),
      ),
    })
  })

  test('a service that the sandbox does not have', async () => {
    const { endpoint } = await startTestSandbox()
    const response = await fetch(`${endpoint}/my-bucket`)
    expect(response.status).toBe(404)
    expect(await response.text()).toContain(
      'The sandbox serves SQS, Lambda, IAM, STS, KMS, CloudWatch, CloudWatch Logs, CloudFormation and GetResources of the tagging API;',
    )
  })

  test.each(['AmazonSQS.__proto__', 'AmazonSQS.constructor', '__proto__.ListQueues', 'AmazonSQS'])(
    'the target %s reaches nothing',
    async (target) => {
      const { endpoint } = await startTestSandbox()
      const response = await fetch(endpoint, { method: 'POST', headers: { 'x-amz-target': target } })
      expect([403, 404]).toContain(response.status)
    },
  )
})

describe('the wire', () => {
  test('every answer carries a request id of its own', async () => {
    const { admin, calls: recorded } = await startTestSandbox()
    const { $metadata } = await admin.sqs.send(new ListQueuesCommand({}))
    const refused = admin.sqs.send(new DeleteMessageCommand({ QueueUrl: 'x', ReceiptHandle: 'y' }))
    const second = await refused.catch((error) => error.$metadata.requestId)
    expect($metadata.requestId).toMatch(/^[0-9a-f-]{36}$/)
    expect(recorded().map(({ requestId }) => requestId)).toEqual([$metadata.requestId, second])
  })

  test('a text that is not recorded from AWS is marked as such', async () => {
    const { endpoint } = await startTestSandbox()
    const post = (accessKeyId: string, operation: string) =>
      fetch(endpoint, {
        method: 'POST',
        headers: {
          'x-amz-target': `AmazonSQS.${operation}`,
          authorization: `AWS4-HMAC-SHA256 Credential=${accessKeyId}/20261123/us-east-1/sqs/aws4_request, SignedHeaders=host, Signature=0`,
        },
        body: '{"QueueName":"nowhere"}',
      })
    const recorded = await post(wellKnownAccessKeys.administrator, 'GetQueueUrl')
    expect(recorded.status).toBe(400)
    expect(recorded.headers.get('x-sqs-trigger-sandbox')).toBeNull()
    const unrecorded = await post(wellKnownAccessKeys.administrator, 'GetNothing')
    expect(unrecorded.headers.get('x-sqs-trigger-sandbox')).toBe('unrecorded-text')
  })

  test.each(['{', '[]', '"text"', 'null'])('the body %s is refused', async (body) => {
    const { endpoint } = await startTestSandbox()
    const response = await fetch(endpoint, {
      method: 'POST',
      headers: {
        'x-amz-target': 'AmazonSQS.ListQueues',
        authorization: `AWS4-HMAC-SHA256 Credential=${wellKnownAccessKeys.administrator}/20261123/us-east-1/sqs/aws4_request`,
      },
      body,
    })
    expect(response.status).toBe(400)
    expect(await response.json()).toMatchObject({ __type: 'com.amazonaws.sqs#SerializationException' })
  })

  test.each([
    { host: 'localhost:1', status: 404 },
    { host: '127.0.0.1', status: 404 },
    { host: '[::1]:80', status: 404 },
    { host: 'evil.example', status: 403 },
    { host: '127.0.0.1.evil.example:80', status: 403 },
  ])('a request for the host $host is answered with $status', async ({ host, status }) => {
    const { port } = await startTestSandbox()
    const answered = await new Promise<number | undefined>((resolve, reject) => {
      const outgoing = request({ host: '127.0.0.1', port, path: '/x', headers: { host } }, (incoming) => {
        incoming.resume()
        resolve(incoming.statusCode)
      })
      outgoing.once('error', reject).end()
    })
    expect(answered).toBe(status)
  })

  test.each([
    { origin: 'http://evil.example', status: 403 },
    { origin: 'null', status: 403 },
    { origin: 'http://127.0.0.1.evil.example', status: 403 },
    { origin: 'http://localhost:3000', status: 404 },
  ])('a request of the page $origin is answered with $status', async ({ origin, status }) => {
    const { endpoint, controlKey } = await startTestSandbox()
    // A browser sends this one without asking before.
    const headers = { origin, 'content-type': 'text/plain' }
    expect((await fetch(endpoint, { method: 'POST', headers, body: '{}' })).status).toBe(status)
    const withKey = { ...headers, 'x-sandbox-key': controlKey }
    const control = await fetch(`${endpoint}/_sandbox/clock`, { headers: withKey })
    expect(control.status).toBe(status === 403 ? 403 : 200)
  })

  // Pictures, scripts and links of a page are asked for without an Origin.
  test.each([
    { site: 'cross-site', status: 403 },
    { site: 'same-site', status: 403 },
    { site: 'same-origin', status: 404 },
    { site: 'none', status: 404 },
  ])('what a page makes a browser fetch from $site is answered with $status', async ({ site, status }) => {
    const { port } = await startTestSandbox()
    // `fetch` says of itself where it comes from.
    const answered = await new Promise<number | undefined>((resolve, reject) => {
      const headers = { 'sec-fetch-site': site }
      const outgoing = request({ host: '127.0.0.1', port, path: '/x', headers }, (incoming) => {
        incoming.resume()
        resolve(incoming.statusCode)
      })
      outgoing.once('error', reject).end()
    })
    expect(answered).toBe(status)
  })

  test.each(['127.0.0.2', '[::1]'])('nobody reaches it by another address: %s', async (host) => {
    const { port } = await startTestSandbox()
    const asking = fetch(`http://${host}:${port}/x`, { signal: AbortSignal.timeout(3_000) })
    await expect(asking).rejects.toThrow()
  })

  test('a body larger than any service takes is refused', async () => {
    const { endpoint } = await startTestSandbox()
    const outcome = await fetch(endpoint, { method: 'POST', body: Buffer.alloc(73 * 1024 * 1024) }).then(
      ({ status }) => status,
      () => 'broken off',
    )
    // The answer may be lost where the client is still sending.
    expect([413, 'broken off']).toContain(outcome)
  })

  test('a port that is taken is an error', async () => {
    const { port } = await startTestSandbox()
    await expect(startSandbox({ port })).rejects.toMatchObject({ code: 'EADDRINUSE' })
  })
})

describe('starting and stopping', () => {
  test('account, partition and Region are what was asked for', async () => {
    const { admin, caller, seed } = await startTestSandbox({
      account: '444455556666',
      partition: 'aws-cn',
      region: 'cn-north-1',
    })
    await seed([{ service: 'sqs', operation: 'CreateQueue', input: { QueueName: 'orders' } }])
    const { QueueUrl } = await admin.sqs.send(new GetQueueUrlCommand({ QueueName: 'orders' }))
    const { Attributes } = await admin.sqs.send(
      new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['QueueArn'] }),
    )
    expect(Attributes?.QueueArn).toBe('arn:aws-cn:sqs:cn-north-1:444455556666:orders')
    const { Arn } = await caller.sts.send(new GetCallerIdentityCommand({}))
    expect(Arn).toBe('arn:aws-cn:iam::444455556666:user/developer')
  })

  test('stopping breaks off what waits', async () => {
    const { admin, stop, world } = await startTestSandbox()
    const { QueueUrl } = await admin.sqs.send(new CreateQueueCommand({ QueueName: 'orders' }))
    const waiting = expect(
      admin.sqs.send(new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 20 })),
    ).rejects.toMatchObject({ code: 'ECONNRESET' })
    await expect.poll(() => [...world.sqs.queues.values()][0]?.listeners.size).toBe(1)
    await stop()
    await waiting
  })
})
