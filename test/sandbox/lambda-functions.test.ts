import {
  CreateFunctionCommand,
  DeleteFunctionCommand,
  GetAccountSettingsCommand,
  GetFunctionCommand,
  GetFunctionConfigurationCommand,
  GetFunctionRecursionConfigCommand,
  ListFunctionsCommand,
  PutFunctionRecursionConfigCommand,
  UpdateFunctionConfigurationCommand,
} from '@aws-sdk/client-lambda'
import { describe, expect, test } from 'vitest'
import { quickDelays } from '../../src/sandbox/world.js'
import { startTestSandbox } from '../support/sandbox.js'
import { createFunction, createRole, invoke, region, zip } from './lambda-fixture.js'

const arn = 'arn:aws:lambda:us-east-1:111122223333:function:worker'
const slow = { delays: { ...quickDelays, functionActivation: 3000 } }

describe('a function', () => {
  test('is Pending at first, then Active; defaults are those of AWS', async () => {
    const sandbox = await startTestSandbox(slow)
    const role = await createRole(sandbox, 'runner')
    const created = await sandbox.admin.lambda.send(
      new CreateFunctionCommand({
        FunctionName: 'worker',
        Role: role,
        Runtime: 'nodejs22.x',
        Handler: 'index.handler',
        Code: { ZipFile: zip({ 'index.mjs': 'export const handler = async () => 1' }) },
      }),
    )
    const pending = {
      FunctionName: 'worker',
      FunctionArn: arn,
      Runtime: 'nodejs22.x',
      Role: role,
      Handler: 'index.handler',
      Description: '',
      Timeout: 3,
      MemorySize: 128,
      LastModified: '2026-11-23T12:00:00.000+0000',
      Version: '$LATEST',
      TracingConfig: { Mode: 'PassThrough' },
      State: 'Pending',
      StateReason: 'The function is being created.',
      StateReasonCode: 'Creating',
      PackageType: 'Zip',
      Architectures: ['x86_64'],
      EphemeralStorage: { Size: 512 },
      SnapStart: { ApplyOn: 'None', OptimizationStatus: 'Off' },
      LoggingConfig: { LogFormat: 'Text', LogGroup: '/aws/lambda/worker' },
    }
    expect(created).toMatchObject({ ...pending, $metadata: { httpStatusCode: 201 } })
    const read = () =>
      sandbox.caller.lambda.send(new GetFunctionConfigurationCommand({ FunctionName: 'worker' }))
    expect(await read()).toMatchObject({ ...pending, RevisionId: created.RevisionId })
    await expect(invoke(sandbox)).rejects.toMatchObject({
      name: 'ResourceConflictException',
      $metadata: { httpStatusCode: 409 },
    })
    await sandbox.advance(3000)
    const active = await read()
    expect(active).toMatchObject({ State: 'Active', LastUpdateStatus: 'Successful' })
    expect(active.StateReason).toBeUndefined()
    expect(active.RevisionId).not.toBe(created.RevisionId)
    expect((await invoke(sandbox)).payload).toBe(1)
  })

  test('an update is in progress for a while, and keeps the next one out', async () => {
    const sandbox = await startTestSandbox(slow)
    await createFunction(sandbox)
    await sandbox.advance(3000)
    const update = () =>
      sandbox.admin.lambda.send(
        new UpdateFunctionConfigurationCommand({
          FunctionName: 'worker',
          Timeout: 60,
          Description: 'slower',
        }),
      )
    expect(await update()).toMatchObject({
      Timeout: 60,
      Description: 'slower',
      MemorySize: 128,
      State: 'Active',
      LastUpdateStatus: 'InProgress',
      LastUpdateStatusReasonCode: 'Creating',
    })
    await expect(update()).rejects.toMatchObject({
      name: 'ResourceConflictException',
      message: `The operation cannot be performed at this time. An update is in progress for resource: ${arn}`,
    })
    await sandbox.advance(3000)
    expect(await update()).toMatchObject({ Timeout: 60 })
  })

  test('GetFunction gives no URL of real code', async () => {
    const sandbox = await startTestSandbox()
    await createFunction(sandbox)
    const { Code, Configuration, Tags, Concurrency } = await sandbox.admin.lambda.send(
      new GetFunctionCommand({ FunctionName: 'worker' }),
    )
    expect(Code?.RepositoryType).toBe('S3')
    expect(Code?.Location?.startsWith(sandbox.endpoint)).toBe(true)
    expect(Configuration).toMatchObject({ FunctionArn: arn, State: 'Active' })
    expect([Tags, Concurrency]).toEqual([undefined, undefined])
  })

  test('members that the sandbox does not act on are shown as given', async () => {
    const sandbox = await startTestSandbox()
    await sandbox.admin.lambda.send(
      new CreateFunctionCommand({
        FunctionName: 'worker',
        Role: await createRole(sandbox, 'runner'),
        Runtime: 'python3.13',
        Handler: 'app.run',
        Code: { ZipFile: zip({ 'app.py': '' }) },
        DeadLetterConfig: { TargetArn: 'arn:aws:sns:us-east-1:111122223333:dead' },
        TenancyConfig: { TenantIsolationMode: 'PER_TENANT' },
        DurableConfig: { ExecutionTimeout: 3600 },
      }),
    )
    expect(
      await sandbox.admin.lambda.send(new GetFunctionConfigurationCommand({ FunctionName: 'worker' })),
    ).toMatchObject({
      DeadLetterConfig: { TargetArn: 'arn:aws:sns:us-east-1:111122223333:dead' },
      TenancyConfig: { TenantIsolationMode: 'PER_TENANT' },
      DurableConfig: { ExecutionTimeout: 3600 },
    })
    expect(await invoke(sandbox)).toMatchObject({
      functionError: 'Unhandled',
      payload: { errorType: 'Runtime.NotSupported' },
    })
  })

  test.each(['Failed', 'Inactive'])(
    'a state %s that a test forces is shown, and not invoked',
    async (state) => {
      const sandbox = await startTestSandbox()
      await createFunction(sandbox)
      const fn = sandbox.world.lambda.functions.get(arn)
      if (fn) fn.latest = { ...fn.latest, forcedState: { state, reasonCode: 'InternalError' } }
      expect(
        await sandbox.admin.lambda.send(new GetFunctionConfigurationCommand({ FunctionName: 'worker' })),
      ).toMatchObject({ State: state, StateReasonCode: 'InternalError' })
      await expect(invoke(sandbox)).rejects.toMatchObject({ name: 'ResourceConflictException' })
    },
  )

  test('deleted: gone with its processes', async () => {
    const sandbox = await startTestSandbox()
    await createFunction(sandbox)
    await invoke(sandbox)
    const deleted = await sandbox.admin.lambda.send(new DeleteFunctionCommand({ FunctionName: 'worker' }))
    expect(deleted.$metadata.httpStatusCode).toBe(204)
    expect(sandbox.world.lambda.pools.size).toBe(0)
    await expect(invoke(sandbox)).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      message: `Function not found: ${arn}`,
    })
  })

  test('lists 50 a page, of one account and Region', async () => {
    const sandbox = await startTestSandbox()
    const role = await createRole(sandbox, 'runner')
    for (let number = 0; number < 60; number += 1) {
      await createFunction(sandbox, { name: `f${String(number).padStart(2, '0')}`, roleArn: role })
    }
    const first = await sandbox.caller.lambda.send(new ListFunctionsCommand({}))
    const rest = await sandbox.caller.lambda.send(new ListFunctionsCommand({ Marker: first.NextMarker }))
    expect([first.Functions?.length, rest.Functions?.length, rest.NextMarker]).toEqual([50, 10, undefined])
    expect(first.Functions?.[0]).toMatchObject({ FunctionName: 'f00', Timeout: 3 })
    expect(first.Functions?.[0]?.State).toBeUndefined()
    const elsewhere = sandbox.clientsFor({ ...sandbox.adminCredentials, region: 'eu-west-1' })
    expect((await elsewhere.lambda.send(new ListFunctionsCommand({}))).Functions).toEqual([])
  })

  test('the recursion setting is Terminate until it is put', async () => {
    const sandbox = await startTestSandbox()
    await createFunction(sandbox)
    const read = async () =>
      (await sandbox.admin.lambda.send(new GetFunctionRecursionConfigCommand({ FunctionName: 'worker' })))
        .RecursiveLoop
    expect(await read()).toBe('Terminate')
    await sandbox.admin.lambda.send(
      new PutFunctionRecursionConfigCommand({ FunctionName: 'worker', RecursiveLoop: 'Allow' }),
    )
    expect(await read()).toBe('Allow')
  })

  test('the account’s settings count functions and concurrency', async () => {
    const sandbox = await startTestSandbox()
    await createFunction(sandbox)
    const { AccountLimit, AccountUsage } = await sandbox.admin.lambda.send(new GetAccountSettingsCommand({}))
    expect(AccountLimit).toEqual({
      TotalCodeSize: 80530636800,
      CodeSizeUnzipped: 262144000,
      CodeSizeZipped: 52428800,
      ConcurrentExecutions: 1000,
      UnreservedConcurrentExecutions: 1000,
    })
    expect(AccountUsage).toMatchObject({ FunctionCount: 1 })
  })
})

describe('how a function may be named', () => {
  test.each([
    { name: 'worker' },
    { name: 'function:worker' },
    { name: '111122223333:function:worker' },
    { name: arn },
    { name: `${arn}:$LATEST`, shown: `${arn}:$LATEST` },
    { name: 'worker:$LATEST', shown: `${arn}:$LATEST` },
  ])('$name', async ({ name, shown = arn }) => {
    const sandbox = await startTestSandbox()
    await createFunction(sandbox)
    const found = await sandbox.admin.lambda.send(new GetFunctionConfigurationCommand({ FunctionName: name }))
    expect(found.FunctionArn).toBe(shown)
  })

  test.each([
    { name: 'nobody', message: 'Function not found: arn:aws:lambda:us-east-1:111122223333:function:nobody' },
    { name: 'worker:7', message: `Function not found: ${arn}:7` },
    { name: 'worker:live', message: `Cannot find alias arn: ${arn}:live` },
    // How AWS words this one is not recorded.
    { name: arn.replace(region, 'eu-west-1'), message: expect.any(String) },
  ])('$name is not found', async ({ name, message }) => {
    const sandbox = await startTestSandbox()
    await createFunction(sandbox)
    await expect(
      sandbox.admin.lambda.send(new GetFunctionConfigurationCommand({ FunctionName: name })),
    ).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      message,
      Type: 'User',
      $metadata: { httpStatusCode: 404 },
    })
  })

  test.each([
    { name: 'no spaces', status: 400 },
    { name: 'x'.repeat(65), status: 400 },
    { name: 'arn:aws:sqs:us-east-1:111122223333:orders', status: 400 },
  ])('$name is refused', async ({ name, status }) => {
    const sandbox = await startTestSandbox()
    await expect(
      sandbox.admin.lambda.send(new GetFunctionConfigurationCommand({ FunctionName: name })),
    ).rejects.toMatchObject({ $metadata: { httpStatusCode: status } })
  })
})
