import {
  DeleteFunctionConcurrencyCommand,
  GetFunctionConcurrencyCommand,
  InvokeCommand,
  PutFunctionConcurrencyCommand,
} from '@aws-sdk/client-lambda'
import { strToU8 } from 'fflate'
import { describe, expect, test } from 'vitest'
import { invokeFunction } from '../../src/sandbox/lambda/invoke.js'
import { startTestSandbox, type TestSandbox } from '../support/sandbox.js'
import { createFunction, invoke } from './lambda-fixture.js'

const FunctionName = 'worker'
const reserve = (sandbox: TestSandbox, ReservedConcurrentExecutions: number) =>
  sandbox.admin.lambda.send(new PutFunctionConcurrencyCommand({ FunctionName, ReservedConcurrentExecutions }))

describe('Invoke', () => {
  test('an event runs by itself', async () => {
    const sandbox = await startTestSandbox()
    await createFunction(sandbox, {
      source: 'export const handler = async (event) => console.log("saw", event)',
    })
    const answer = await sandbox.admin.lambda.send(
      new InvokeCommand({ FunctionName, InvocationType: 'Event', Payload: strToU8('{"id":1}') }),
    )
    expect(answer.StatusCode).toBe(202)
    await sandbox.settled()
    const [group] = sandbox.world.logs.groups.values()
    const [stream] = group?.streams.values() ?? []
    expect(stream?.events.map(({ message }) => message).join('')).toContain('INFO\tsaw { id: 1 }')
  })

  test('a dry run only asks whether one may', async () => {
    const sandbox = await startTestSandbox()
    await createFunction(sandbox)
    const dryRun = new InvokeCommand({ FunctionName, InvocationType: 'DryRun' })
    expect((await sandbox.admin.lambda.send(dryRun)).StatusCode).toBe(204)
    expect(sandbox.world.lambda.pools.size).toBe(0)
    await expect(
      sandbox.clientsFor({ accessKeyId: 'AKIASANDBOXNOBODY' }).lambda.send(dryRun),
    ).rejects.toMatchObject({
      name: 'AccessDeniedException',
      message: expect.stringContaining(
        'is not authorized to perform: lambda:InvokeFunction on resource: arn:aws:lambda:us-east-1:111122223333:function:worker',
      ),
    })
  })

  test('no payload is an empty object, the client context arrives, the log comes only when asked for', async () => {
    const sandbox = await startTestSandbox()
    await createFunction(sandbox, {
      source: 'export const handler = async (event, context) => [event, context.clientContext]',
    })
    const answer = await sandbox.admin.lambda.send(
      new InvokeCommand({
        FunctionName,
        ClientContext: Buffer.from('{"custom":{"a":"b"}}').toString('base64'),
      }),
    )
    expect(Buffer.from(answer.Payload ?? []).toString()).toBe('[{},{"custom":{"a":"b"}}]')
    expect(answer.LogResult).toBeUndefined()
  })

  test('the log’s tail is its last 4 KB', async () => {
    const sandbox = await startTestSandbox()
    await createFunction(sandbox, {
      source: 'export const handler = async () => { for (let i = 0; i < 200; i++) console.log("line", i) }',
    })
    const { log } = await invoke(sandbox)
    expect(log).toHaveLength(4096)
    expect(log).toMatch(/\tline 199\nEND RequestId: .*\nREPORT .*\n$/)
  })

  test.each([
    { what: 'no JSON', payload: '{', name: 'InvalidRequestContentException' },
    {
      what: 'more than 6 MB',
      payload: JSON.stringify('x'.repeat(6 * 1024 * 1024)),
      name: 'RequestTooLargeException',
    },
  ])('$what is refused', async ({ payload, name }) => {
    const sandbox = await startTestSandbox()
    await createFunction(sandbox)
    await expect(
      sandbox.admin.lambda.send(new InvokeCommand({ FunctionName, Payload: strToU8(payload) })),
    ).rejects.toMatchObject({ name })
  })
})

describe('reserved concurrency', () => {
  test('is put, read and deleted', async () => {
    const sandbox = await startTestSandbox()
    await createFunction(sandbox)
    const read = async () =>
      (await sandbox.admin.lambda.send(new GetFunctionConcurrencyCommand({ FunctionName })))
        .ReservedConcurrentExecutions
    expect(await read()).toBeUndefined()
    expect(await reserve(sandbox, 7)).toMatchObject({ ReservedConcurrentExecutions: 7 })
    expect(await read()).toBe(7)
    await sandbox.admin.lambda.send(new DeleteFunctionConcurrencyCommand({ FunctionName }))
    expect(await read()).toBeUndefined()
  })

  test('leaves 100 of the account’s 1000 unreserved', async () => {
    const sandbox = await startTestSandbox()
    await createFunction(sandbox)
    await reserve(sandbox, 900)
    await expect(reserve(sandbox, 901)).rejects.toMatchObject({ name: 'InvalidParameterValueException' })
  })

  test('zero throttles every invocation', async () => {
    const sandbox = await startTestSandbox()
    const arn = await createFunction(sandbox)
    await reserve(sandbox, 0)
    await expect(invoke(sandbox)).rejects.toMatchObject({
      name: 'TooManyRequestsException',
      message: 'Rate Exceeded.',
      Reason: 'ReservedFunctionConcurrentInvocationLimitExceeded',
      $metadata: { httpStatusCode: 429 },
    })
    expect(await invokeFunction(sandbox.world, arn, {})).toEqual({ kind: 'throttled' })
  })

  test('one runs one at a time', async () => {
    const sandbox = await startTestSandbox()
    const arn = await createFunction(sandbox)
    await reserve(sandbox, 1)
    const all = [1, 2, 3].map((n) => invokeFunction(sandbox.world, arn, n))
    const kinds = (await Promise.all(all)).map(({ kind }) => kind)
    expect(kinds).toEqual(['completed', 'throttled', 'throttled'])
    expect(await invokeFunction(sandbox.world, arn, 4)).toMatchObject({ kind: 'completed', payload: '4' })
  })
})

test('invokeFunction throws what AWS answers when the function is gone', async () => {
  const sandbox = await startTestSandbox()
  const gone = 'arn:aws:lambda:us-east-1:111122223333:function:gone'
  await expect(invokeFunction(sandbox.world, gone, {})).rejects.toMatchObject({
    code: 'ResourceNotFoundException',
    message: `Function not found: ${gone}`,
    status: 404,
  })
})
