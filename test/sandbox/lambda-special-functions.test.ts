import {
  CreateEventSourceMappingCommand,
  CreateFunctionCommand,
  type CreateFunctionCommandInput,
  GetEventSourceMappingCommand,
  GetFunctionConfigurationCommand,
  InvokeCommand,
  PublishVersionCommand,
  UpdateEventSourceMappingCommand,
  UpdateFunctionConfigurationCommand,
} from '@aws-sdk/client-lambda'
import { describe, expect, test } from 'vitest'
import { limits } from '../../src/limits.js'
import { durableLimits } from '../../src/sandbox/event-source/check-durable.js'
import { startTestSandbox, type TestSandbox } from '../support/sandbox.js'
import { functionArn, putPolicy, queueArnOf, roleArn, setScene } from './event-source-fixture.js'
import { createFunction, createRole, zip } from './lambda-fixture.js'

/** As the fixture's function, with these settings and no side effect. */
function createSpecial({ admin }: TestSandbox, given: Partial<CreateFunctionCommandInput>) {
  return admin.lambda.send(
    new CreateFunctionCommand({
      FunctionName: 'special',
      Role: roleArn,
      Runtime: 'nodejs20.x',
      Handler: 'index.handler',
      Code: { ZipFile: zip({ 'index.mjs': 'export const handler = async () => {}' }) },
      ...given,
    }),
  )
}

const wire = ({ caller }: TestSandbox, FunctionName = 'special') =>
  caller.lambda.send(
    new CreateEventSourceMappingCommand({ EventSourceArn: queueArnOf('orders'), FunctionName }),
  )

/** No text: in which words AWS says it is not recorded. */
const refused = { name: 'InvalidParameterValueException', $metadata: { httpStatusCode: 400 } }

test('the limits are those that the tool knows', () => {
  expect(durableLimits).toEqual({
    standard: limits.durableExecutionMaximum.value,
    managedInstances: limits.durableExecutionMaximumOnManagedInstances.value,
  })
})

describe('a durable function', () => {
  const managed: CreateFunctionCommandInput['CapacityProviderConfig'] = {
    LambdaManagedInstancesCapacityProviderConfig: {
      CapacityProviderArn: 'arn:aws:lambda:us-east-1:111122223333:capacity-provider:one',
    },
  }

  test.each<[string, Partial<CreateFunctionCommandInput>, string, boolean]>([
    ['in time, by version', { DurableConfig: { ExecutionTimeout: 900 } }, 'special:1', true],
    ['in time, by name', { DurableConfig: { ExecutionTimeout: 900 } }, 'special', false],
    ['a second too long', { DurableConfig: { ExecutionTimeout: 901 } }, 'special:1', false],
    [
      'on Managed Instances',
      { DurableConfig: { ExecutionTimeout: 5_400 }, CapacityProviderConfig: managed },
      'special:1',
      true,
    ],
    [
      'too long for these, too',
      { DurableConfig: { ExecutionTimeout: 5_401 }, CapacityProviderConfig: managed },
      'special:1',
      false,
    ],
  ])('%s', async (_, given, name, taken) => {
    const { sandbox } = await setScene()
    await createSpecial(sandbox, given)
    await sandbox.admin.lambda.send(new PublishVersionCommand({ FunctionName: 'special' }))
    const answer = wire(sandbox, name)
    if (taken) await expect(answer).resolves.toMatchObject({ State: 'Creating' })
    else await expect(answer).rejects.toMatchObject(refused)
  })
})

describe('a function with tenant isolation', () => {
  const isolated = { TenancyConfig: { TenantIsolationMode: 'PER_TENANT' } } as const

  test('is called for a tenant, and for nobody else', async () => {
    const { sandbox } = await setScene()
    await createSpecial(sandbox, isolated)
    const call = (tenant: object) =>
      sandbox.admin.lambda.send(new InvokeCommand({ FunctionName: 'special', ...tenant }))
    await expect(call({})).rejects.toMatchObject(refused)
    await expect(call({ TenantId: 'blue' })).resolves.toMatchObject({ StatusCode: 200 })
  })

  test('gets no message of a queue', async () => {
    const scene = await setScene()
    await createSpecial(scene.sandbox, isolated)
    await wire(scene.sandbox)
    await scene.after(1)
    await scene.send(['a'])
    expect(await scene.counts()).toEqual({ visible: 0, inFlight: 1 })
  })
})

test('an inactive function loses the first call, and gets the message when it comes back', async () => {
  const scene = await setScene()
  await scene.wire()
  const fn = scene.sandbox.world.lambda.functions.get(functionArn)
  if (fn) fn.latest = { ...fn.latest, forcedState: { state: 'Inactive' } }
  await scene.send(['a'])
  expect([scene.bodies(), await scene.counts()]).toEqual([[], { visible: 0, inFlight: 1 }])
  await scene.after(30)
  expect([scene.bodies(), await scene.counts()]).toEqual([[['a']], { visible: 0, inFlight: 0 }])
})

describe('a function’s own dead-letter queue', () => {
  const own = { DeadLetterConfig: { TargetArn: queueArnOf('dead') } }
  const maySend = putPolicy([{ Effect: 'Allow', Action: 'sqs:SendMessage', Resource: queueArnOf('dead') }])

  test('needs a role that may send to it', async () => {
    const { sandbox } = await setScene()
    await expect(createSpecial(sandbox, own)).rejects.toMatchObject(refused)
    await sandbox.seed([maySend])
    await expect(createSpecial(sandbox, own)).resolves.toMatchObject(own)
  })

  test('is looked at when the configuration changes, too', async () => {
    const { sandbox } = await setScene()
    const update = () =>
      sandbox.admin.lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName: 'worker', ...own }))
    await expect(update()).rejects.toMatchObject(refused)
    await sandbox.seed([maySend])
    await update()
    expect(
      await sandbox.admin.lambda.send(new GetFunctionConfigurationCommand({ FunctionName: 'worker' })),
    ).toMatchObject(own)
  })

  test('a topic is taken as it is', async () => {
    const sandbox = await startTestSandbox()
    await createFunction(sandbox, { roleArn: await createRole(sandbox, 'runner') })
    const topic = { DeadLetterConfig: { TargetArn: 'arn:aws:sns:us-east-1:111122223333:dead' } }
    const command = new UpdateFunctionConfigurationCommand({ FunctionName: 'worker', ...topic })
    expect(await sandbox.admin.lambda.send(command)).toMatchObject(topic)
  })
})

test('a reason that a test gives for a mapping’s state is shown until a user changes the mapping', async () => {
  const scene = await setScene()
  const UUID = await scene.wire()
  const { admin, world } = scene.sandbox
  const read = () => admin.lambda.send(new GetEventSourceMappingCommand({ UUID }))
  expect(await read()).toMatchObject({ State: 'Enabled', StateTransitionReason: 'USER_INITIATED' })
  const stored = world.eventSources.mappings.get(UUID)
  if (stored)
    world.eventSources.mappings.set(UUID, { ...stored, state: 'Disabled', stateTransitionReason: 'so' })
  expect(await read()).toMatchObject({ State: 'Disabled', StateTransitionReason: 'so' })
  await admin.lambda.send(new UpdateEventSourceMappingCommand({ UUID, Enabled: true }))
  expect(await read()).toMatchObject({ State: 'Enabling', StateTransitionReason: 'USER_INITIATED' })
})
