import {
  CreateAliasCommand,
  GetAliasCommand,
  GetFunctionConfigurationCommand,
  InvokeCommand,
  PublishVersionCommand,
  UpdateAliasCommand,
  UpdateFunctionCodeCommand,
  UpdateFunctionConfigurationCommand,
} from '@aws-sdk/client-lambda'
import { SendMessageCommand } from '@aws-sdk/client-sqs'
import { describe, expect, test } from 'vitest'
import { quickDelays } from '../../src/sandbox/world.js'
import { startTestSandbox, type TestSandbox } from '../support/sandbox.js'
import { setScene } from './event-source-fixture.js'
import { createFunction, invoke, zip } from './lambda-fixture.js'

const FunctionName = 'worker'
const answering = (text: string) => ({
  FunctionName,
  ZipFile: zip({ 'index.mjs': `export const handler = async () => '${text}'` }),
})

const answerOf = async ({ admin }: TestSandbox, Qualifier: string) => {
  const { Payload } = await admin.lambda.send(new InvokeCommand({ FunctionName, Qualifier }))
  return JSON.parse(Buffer.from(Payload ?? []).toString()) as unknown
}

describe('UpdateFunctionCode', () => {
  test('the next invocation runs the new code; a published version keeps the old', async () => {
    const sandbox = await startTestSandbox()
    const { lambda } = sandbox.admin
    await createFunction(sandbox, { source: "export const handler = async () => 'old'" })
    await lambda.send(new PublishVersionCommand({ FunctionName }))
    expect((await invoke(sandbox)).payload).toBe('old')
    const before = await lambda.send(new GetFunctionConfigurationCommand({ FunctionName }))
    const updated = await lambda.send(new UpdateFunctionCodeCommand(answering('new')))
    expect(updated).toMatchObject({ State: 'Active', LastUpdateStatus: 'InProgress' })
    expect(updated.CodeSha256).not.toBe(before.CodeSha256)
    expect((await invoke(sandbox)).payload).toBe('new')
    expect(await answerOf(sandbox, '1')).toBe('old')
  })

  test('publishes with the change, and changes nothing on a dry run', async () => {
    const sandbox = await startTestSandbox()
    const { lambda } = sandbox.admin
    await createFunction(sandbox, { source: "export const handler = async () => 'old'" })
    await lambda.send(new UpdateFunctionCodeCommand({ ...answering('dry'), DryRun: true }))
    expect((await invoke(sandbox)).payload).toBe('old')
    const published = await lambda.send(new UpdateFunctionCodeCommand({ ...answering('new'), Publish: true }))
    expect(published.Version).toBe('1')
    expect(await answerOf(sandbox, '1')).toBe('new')
  })

  test('while an update is in progress another is refused', async () => {
    const sandbox = await startTestSandbox({ delays: { ...quickDelays, functionActivation: 3000 } })
    const { lambda } = sandbox.admin
    const arn = await createFunction(sandbox)
    await sandbox.advance(3000)
    await lambda.send(new UpdateFunctionCodeCommand(answering('new')))
    const refused = {
      name: 'ResourceConflictException',
      message: `The operation cannot be performed at this time. An update is in progress for resource: ${arn}`,
    }
    await expect(lambda.send(new UpdateFunctionCodeCommand(answering('newer')))).rejects.toMatchObject(
      refused,
    )
    await expect(
      lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName, Timeout: 5 })),
    ).rejects.toMatchObject(refused)
    await sandbox.advance(3000)
    await lambda.send(new UpdateFunctionCodeCommand(answering('newer')))
  })

  test('a mapping delivers to the mended code', async () => {
    const scene = await setScene({ handler: "throw new Error('broken')" })
    const { lambda, sqs } = scene.sandbox.admin
    await scene.wire()
    await scene.send(['x'])
    expect(await scene.counts()).toEqual({ visible: 0, inFlight: 1 })
    await lambda.send(new UpdateFunctionCodeCommand(answering('mended')))
    await scene.after(30)
    expect(await scene.counts()).toEqual({ visible: 0, inFlight: 0 })
    await sqs.send(new SendMessageCommand({ QueueUrl: scene.queueUrl, MessageBody: 'y' }))
    await scene.sandbox.settled()
    expect(await scene.counts()).toEqual({ visible: 0, inFlight: 0 })
  })
})

describe('UpdateAlias', () => {
  test('a mapping on an alias follows it to another version', async () => {
    const scene = await setScene()
    const { lambda } = scene.sandbox.admin
    await lambda.send(new PublishVersionCommand({ FunctionName }))
    await lambda.send(new CreateAliasCommand({ FunctionName, Name: 'live', FunctionVersion: '1' }))
    await scene.wire({ FunctionName: 'worker:live' })
    await scene.send(['to version 1'])
    const failing = {
      FunctionName,
      ZipFile: zip({ 'index.mjs': 'export const handler = async () => { throw 1 }' }),
    }
    await lambda.send(new UpdateFunctionCodeCommand({ ...failing, Publish: true }))
    await scene.send(['still to version 1'])
    expect(scene.bodies()).toEqual([['to version 1'], ['still to version 1']])
    await lambda.send(new UpdateAliasCommand({ FunctionName, Name: 'live', FunctionVersion: '2' }))
    await scene.send(['to version 2'])
    expect(scene.bodies()).toHaveLength(2)
    expect(await scene.counts()).toEqual({ visible: 0, inFlight: 1 })
  })

  test('what is left out stays; an empty routing configuration is cleared', async () => {
    const sandbox = await startTestSandbox()
    const { lambda } = sandbox.admin
    await createFunction(sandbox)
    await lambda.send(new PublishVersionCommand({ FunctionName }))
    const RoutingConfig = { AdditionalVersionWeights: { '1': 0.1 } }
    const alias = { FunctionName, Name: 'live' }
    await lambda.send(
      new CreateAliasCommand({ ...alias, FunctionVersion: '1', Description: 'blue', RoutingConfig }),
    )
    const changed = await lambda.send(new UpdateAliasCommand({ ...alias, FunctionVersion: '$LATEST' }))
    expect(changed).toMatchObject({ FunctionVersion: '$LATEST', Description: 'blue', RoutingConfig })
    await lambda.send(new UpdateAliasCommand({ ...alias, RoutingConfig: { AdditionalVersionWeights: {} } }))
    expect(await lambda.send(new GetAliasCommand(alias))).not.toHaveProperty('RoutingConfig')
  })

  test.each([
    { given: { Name: 'gone' }, message: /^Cannot find alias arn: .+:worker:gone$/ },
    { given: { Name: 'live', FunctionVersion: '7' }, message: /^Function not found: .+:worker:7$/ },
  ])('$given is not found', async ({ given, message }) => {
    const sandbox = await startTestSandbox()
    const { lambda } = sandbox.admin
    await createFunction(sandbox)
    await lambda.send(new CreateAliasCommand({ FunctionName, Name: 'live', FunctionVersion: '$LATEST' }))
    await expect(lambda.send(new UpdateAliasCommand({ FunctionName, ...given }))).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      message: expect.stringMatching(message),
    })
  })
})
