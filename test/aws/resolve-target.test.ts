import { GetQueueUrlCommand, QueueDoesNotExist } from '@aws-sdk/client-sqs'
import { describe, expect, it } from 'vitest'
import { queueAddress } from '../../src/arn.js'
import { queueUrl } from '../../src/aws/queue.js'
import { resolveFunction, resolveQueue } from '../../src/aws/resolve-target.js'
import { mockedClients } from './mocked-clients.js'

const owner = { account: '111122223333', partition: 'aws' }

describe('a queue of the user’s words', () => {
  it.each([
    ['orders', 'arn:aws:sqs:eu-central-1:111122223333:orders'],
    ['orders.fifo', 'arn:aws:sqs:eu-central-1:111122223333:orders.fifo'],
    ['arn:aws:sqs:us-east-1:444455556666:orders', 'arn:aws:sqs:us-east-1:444455556666:orders'],
    ['https://sqs.us-east-1.amazonaws.com/444455556666/orders', 'arn:aws:sqs:us-east-1:444455556666:orders'],
    [
      'https://sqs.cn-north-1.amazonaws.com.cn/444455556666/orders',
      'arn:aws-cn:sqs:cn-north-1:444455556666:orders',
    ],
    ['http://127.0.0.1:4566/444455556666/orders', 'arn:aws:sqs:eu-central-1:444455556666:orders'],
  ])('%s has one ARN, found without a call', async (text, arn) => {
    const { clients, mocks } = await mockedClients()
    expect((await resolveQueue(clients, text, owner)).arn).toBe(arn)
    expect(mocks.sqs.calls()).toHaveLength(0)
  })

  it('is asked for by name when nobody knows the account', async () => {
    const { clients, mocks } = await mockedClients()
    mocks.sqs
      .on(GetQueueUrlCommand)
      .resolves({ QueueUrl: 'https://sqs.eu-central-1.amazonaws.com/444455556666/orders' })
    expect(await resolveQueue(clients, 'orders')).toMatchObject({ account: '444455556666', name: 'orders' })
    mocks.sqs
      .on(GetQueueUrlCommand)
      .rejects(new QueueDoesNotExist({ message: 'The specified queue does not exist.', $metadata: {} }))
    await expect(resolveQueue(clients, 'orders')).rejects.toMatchObject({
      code: 'QUEUE_NOT_FOUND',
      message: 'Queue "orders" does not exist in eu-central-1.',
    })
  })

  it.each([
    ['eu-central-1', 'https://sqs.eu-central-1.amazonaws.com/111122223333/orders'],
    ['cn-north-1', 'https://sqs.cn-north-1.amazonaws.com.cn/111122223333/orders'],
    ['eusc-de-east-1', 'https://sqs.eusc-de-east-1.amazonaws.eu/111122223333/orders'],
  ])('in %s has its URL', async (region, url) => {
    const { clients } = await mockedClients(region)
    expect(queueUrl(clients, queueAddress({ ...owner, region, name: 'orders' }))).toBe(url)
  })
})

describe('a function of the user’s words', () => {
  it.each([
    ['worker', 'arn:aws:lambda:eu-central-1:111122223333:function:worker'],
    ['worker:live', 'arn:aws:lambda:eu-central-1:111122223333:function:worker:live'],
    ['444455556666:function:worker', 'arn:aws:lambda:eu-central-1:444455556666:function:worker'],
    [
      'arn:aws:lambda:us-east-1:444455556666:function:worker:7',
      'arn:aws:lambda:us-east-1:444455556666:function:worker:7',
    ],
  ])('%s has one ARN', async (text, arn) => {
    const { clients } = await mockedClients()
    expect(resolveFunction(clients, text, owner).arn).toBe(arn)
    expect(resolveFunction(clients, text, owner.account).arn).toBe(arn)
  })
})
