import { GetRoleCommand } from '@aws-sdk/client-iam'
import { ListEventSourceMappingsCommand } from '@aws-sdk/client-lambda'
import { CreateQueueCommand, GetQueueUrlCommand, ListQueuesCommand } from '@aws-sdk/client-sqs'
import { GetCallerIdentityCommand } from '@aws-sdk/client-sts'
import { describe, expect, test } from 'vitest'
import type { FaultEffect } from '../../src/sandbox/faults.js'
import { control, type SandboxClients, startOfTime, startTestSandbox } from '../support/sandbox.js'

describe('the control endpoint', () => {
  test.each([undefined, 'wrong'])('needs its key: %s', async (key) => {
    const { endpoint } = await startTestSandbox()
    const response = await fetch(
      `${endpoint}/_sandbox/calls`,
      key === undefined ? {} : { headers: { 'x-sandbox-key': key } },
    )
    expect(response.status).toBe(403)
  })

  test('moves the clock', async () => {
    const sandbox = await startTestSandbox()
    expect(await control(sandbox, 'GET', 'clock')).toEqual({ status: 200, body: { now: startOfTime } })
    expect(await control(sandbox, 'POST', 'clock', { advance: 90_000 })).toEqual({
      status: 200,
      body: { now: startOfTime + 90_000 },
    })
    expect(await control(sandbox, 'POST', 'clock', { advance: -1 })).toMatchObject({ status: 400 })
    expect(sandbox.world.clock.now()).toBe(startOfTime + 90_000)
  })

  test('seeds past all policies, in any account and Region', async () => {
    const sandbox = await startTestSandbox()
    const step = { service: 'sqs', operation: 'CreateQueue', account: '444455556666', region: 'eu-west-1' }
    const seeded = await control(sandbox, 'POST', 'seed', {
      steps: [{ ...step, input: { QueueName: 'orders' } }],
    })
    expect(seeded).toEqual({
      status: 200,
      body: { outputs: [{ QueueUrl: `${sandbox.endpoint}/444455556666/orders` }] },
    })
    const owner = sandbox.clientsFor({ accessKeyId: '444455556666', region: 'eu-west-1' })
    expect((await owner.sqs.send(new ListQueuesCommand({}))).QueueUrls).toHaveLength(1)
  })

  test('says what a seed step was refused for', async () => {
    const sandbox = await startTestSandbox()
    const steps = [{ service: 'sqs', operation: 'GetQueueUrl', input: { QueueName: 'nowhere' } }]
    expect(await control(sandbox, 'POST', 'seed', { steps })).toEqual({
      status: 400,
      body: { code: 'QueueDoesNotExist', message: 'The specified queue does not exist.' },
    })
  })

  test('lists and clears the calls, refused ones included', async () => {
    const sandbox = await startTestSandbox()
    await sandbox.admin.sqs.send(new CreateQueueCommand({ QueueName: 'orders' }))
    await expect(sandbox.admin.sqs.send(new GetQueueUrlCommand({ QueueName: 'nowhere' }))).rejects.toThrow()
    expect(await control(sandbox, 'GET', 'calls')).toMatchObject({
      body: {
        calls: [
          { service: 'sqs', operation: 'CreateQueue', status: 200, region: 'us-east-1' },
          { service: 'sqs', operation: 'GetQueueUrl', status: 400, code: 'QueueDoesNotExist' },
        ],
      },
    })
    await control(sandbox, 'DELETE', 'calls')
    expect(sandbox.calls()).toEqual([])
  })

  test('settled answers, though it is itself a request', async () => {
    const sandbox = await startTestSandbox()
    expect(await control(sandbox, 'POST', 'settled')).toEqual({ status: 200, body: { settled: true } })
  })

  test.each([
    { path: 'nothing', body: {} },
    { path: 'faults', body: { effect: { kind: 'melt' } } },
    { path: 'faults', body: { service: 's3', effect: { kind: 'throttle' } } },
    { path: 'faults', body: { times: 0, effect: { kind: 'throttle' } } },
    { path: 'seed', body: {} },
    { path: 'clock', body: { advance: 'soon' } },
  ])('refuses $path $body with a sentence', async ({ path, body }) => {
    const sandbox = await startTestSandbox()
    expect(await control(sandbox, 'POST', path, body)).toMatchObject({
      status: expect.toSatisfy((status) => status === 400 || status === 404),
      body: { message: expect.any(String) },
    })
  })
})

describe('faults', () => {
  const list = ({ sqs }: SandboxClients) => sqs.send(new ListQueuesCommand({}))

  async function startWithFault(effect: FaultEffect, times?: number) {
    const sandbox = await startTestSandbox()
    sandbox.faults.inject({
      service: 'sqs',
      operation: 'ListQueues',
      effect,
      ...(times === undefined ? {} : { times }),
    })
    return { ...sandbox, list: () => list(sandbox.admin) }
  }

  test('an error, as often as it was ordered', async () => {
    const { list, admin } = await startWithFault(
      { kind: 'error', code: 'OverLimit', message: 'Full.', status: 403 },
      2,
    )
    for (const _ of [1, 2]) {
      await expect(list()).rejects.toMatchObject({
        name: 'OverLimit',
        message: 'Full.',
        $metadata: { httpStatusCode: 403 },
      })
      await admin.sts.send(new GetCallerIdentityCommand({}))
    }
    await list()
  })

  test('until cleared', async () => {
    const { list, faults, ...sandbox } = await startWithFault({
      kind: 'error',
      code: 'OverLimit',
      message: 'Full.',
    })
    for (const _ of [1, 2, 3]) await expect(list()).rejects.toMatchObject({ name: 'OverLimit' })
    expect(faults.list()).toMatchObject([{ operation: 'ListQueues', hits: 3 }])
    await control({ ...sandbox, faults }, 'DELETE', 'faults')
    await list()
  })

  test.each([
    {
      service: 'lambda',
      send: ({ lambda }: SandboxClients) => lambda.send(new ListEventSourceMappingsCommand({})),
      error: {
        name: 'TooManyRequestsException',
        Reason: 'CallerRateLimitExceeded',
        message: 'Rate exceeded',
      },
    },
    {
      service: 'iam',
      send: ({ iam }: SandboxClients) => iam.send(new GetRoleCommand({ RoleName: 'r' })),
      error: { name: 'Throttling', message: 'Rate exceeded' },
    },
    { service: 'sqs', send: list, error: { name: 'RequestThrottled' } },
  ])('throttling is what $service calls it', async ({ service, send, error }) => {
    const sandbox = await startTestSandbox()
    await control(sandbox, 'POST', 'faults', { service, times: 1, effect: { kind: 'throttle' } })
    await expect(send(sandbox.admin)).rejects.toMatchObject(error)
  })

  test('a delay passes with the clock of the sandbox', async () => {
    const { list, advance, calls, settled } = await startWithFault({ kind: 'delay', ms: 5_000 }, 1)
    const waiting = list()
    await settled()
    expect(calls()).toEqual([])
    await expect
      .poll(async () => {
        await advance(5_000)
        return calls().length
      })
      .toBe(1)
    await waiting
  })

  test('a request that is never answered', async () => {
    const { admin, calls, settled } = await startWithFault({ kind: 'hang' })
    const gone = new AbortController()
    const waiting = expect(
      admin.sqs.send(new ListQueuesCommand({}), { abortSignal: gone.signal }),
    ).rejects.toMatchObject({ name: 'AbortError' })
    await expect.poll(() => calls().length).toBe(1)
    await settled()
    gone.abort()
    await waiting
  })

  test('an answer that breaks off: the action was done all the same', async () => {
    const { admin, faults } = await startTestSandbox()
    faults.inject({ effect: { kind: 'cut' }, times: 1 })
    await expect(admin.sqs.send(new CreateQueueCommand({ QueueName: 'orders' }))).rejects.toMatchObject({
      code: 'ECONNRESET',
    })
    await admin.sqs.send(new GetQueueUrlCommand({ QueueName: 'orders' }))
  })

  test('a page of HTML', async () => {
    const { list, calls } = await startWithFault({ kind: 'html' }, 1)
    await expect(list()).rejects.toThrow(/Unexpected token|not valid JSON|Deserialization/i)
    expect(calls()).toMatchObject([{ code: 'injected html' }])
  })
})
