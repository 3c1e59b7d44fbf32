import {
  CreateAliasCommand,
  DeleteAliasCommand,
  DeleteFunctionCommand,
  GetAliasCommand,
  GetFunctionConfigurationCommand,
  ListAliasesCommand,
  ListFunctionsCommand,
  PublishVersionCommand,
  UpdateFunctionConfigurationCommand,
} from '@aws-sdk/client-lambda'
import { describe, expect, test } from 'vitest'
import { startTestSandbox, type TestSandbox } from '../support/sandbox.js'
import { createFunction, invoke } from './lambda-fixture.js'

const arn = 'arn:aws:lambda:us-east-1:111122223333:function:worker'
const FunctionName = 'worker'

const publish = (sandbox: TestSandbox, given = {}) =>
  sandbox.admin.lambda.send(new PublishVersionCommand({ FunctionName, ...given }))

const describeAs = (sandbox: TestSandbox, Description: string) =>
  sandbox.admin.lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName, Description }))

describe('versions', () => {
  test('are numbered; publishing what is published already gives the same one', async () => {
    const sandbox = await startTestSandbox()
    await createFunction(sandbox)
    const first = await publish(sandbox, { Description: 'first' })
    expect(first).toMatchObject({
      FunctionArn: `${arn}:1`,
      Version: '1',
      Description: 'first',
      State: 'Active',
      $metadata: { httpStatusCode: 201 },
    })
    await describeAs(sandbox, 'second')
    expect((await publish(sandbox)).Version).toBe('2')
    expect((await publish(sandbox)).Version).toBe('2')
  })

  test('keep their code and settings', async () => {
    const sandbox = await startTestSandbox()
    await createFunction(sandbox, { source: 'export const handler = async (e, c) => c.functionVersion' })
    await publish(sandbox)
    await describeAs(sandbox, 'later')
    const old = await sandbox.admin.lambda.send(
      new GetFunctionConfigurationCommand({ FunctionName, Qualifier: '1' }),
    )
    expect(old).toMatchObject({ FunctionArn: `${arn}:1`, Description: '' })
    expect(await invoke(sandbox, 'worker:1')).toMatchObject({ payload: '1', version: '1' })
    expect(await invoke(sandbox)).toMatchObject({ payload: '$LATEST', version: '$LATEST' })
    const { Functions = [] } = await sandbox.admin.lambda.send(
      new ListFunctionsCommand({ FunctionVersion: 'ALL' }),
    )
    expect(Functions.map(({ FunctionArn }) => FunctionArn)).toEqual([`${arn}:$LATEST`, `${arn}:1`])
  })

  test('one alone can be deleted, and its number is not used again', async () => {
    const sandbox = await startTestSandbox()
    await createFunction(sandbox)
    await publish(sandbox)
    await sandbox.admin.lambda.send(new DeleteFunctionCommand({ FunctionName, Qualifier: '1' }))
    await expect(invoke(sandbox, 'worker:1')).rejects.toMatchObject({
      message: `Function not found: ${arn}:1`,
    })
    expect((await publish(sandbox)).Version).toBe('2')
  })

  test('a revision that is not the latest is refused', async () => {
    const sandbox = await startTestSandbox()
    await createFunction(sandbox)
    await expect(publish(sandbox, { RevisionId: 'old' })).rejects.toMatchObject({
      name: 'PreconditionFailedException',
      $metadata: { httpStatusCode: 412 },
    })
  })
})

describe('aliases', () => {
  async function withAlias() {
    const sandbox = await startTestSandbox()
    await createFunction(sandbox, {
      source: 'export const handler = async (e, c) => [c.functionVersion, c.invokedFunctionArn]',
    })
    await publish(sandbox)
    const created = await sandbox.admin.lambda.send(
      new CreateAliasCommand({ FunctionName, Name: 'live', FunctionVersion: '1' }),
    )
    return { sandbox, created }
  }

  test('point to a version', async () => {
    const { sandbox, created } = await withAlias()
    const alias = { AliasArn: `${arn}:live`, Name: 'live', FunctionVersion: '1', Description: '' }
    expect(created).toMatchObject({ ...alias, $metadata: { httpStatusCode: 201 } })
    const read = await sandbox.admin.lambda.send(new GetAliasCommand({ FunctionName, Name: 'live' }))
    expect(read).toMatchObject({ ...alias, RevisionId: created.RevisionId })
    const { Aliases } = await sandbox.admin.lambda.send(new ListAliasesCommand({ FunctionName }))
    expect(Aliases).toEqual([{ ...alias, RevisionId: created.RevisionId }])
    expect(await invoke(sandbox, 'worker:live')).toMatchObject({
      payload: ['1', `${arn}:live`],
      version: '1',
    })
  })

  test('are gone when deleted; deleting again is no error', async () => {
    const { sandbox } = await withAlias()
    const remove = () => sandbox.admin.lambda.send(new DeleteAliasCommand({ FunctionName, Name: 'live' }))
    await remove()
    expect((await remove()).$metadata.httpStatusCode).toBe(204)
    await expect(
      sandbox.admin.lambda.send(new GetAliasCommand({ FunctionName, Name: 'live' })),
    ).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      message: `Cannot find alias arn: ${arn}:live`,
    })
  })

  test.each([
    {
      what: 'taken name',
      given: { Name: 'live', FunctionVersion: '1' },
      name: 'ResourceConflictException',
      message: undefined,
    },
    {
      what: 'unknown version',
      given: { Name: 'next', FunctionVersion: '9' },
      name: 'ResourceNotFoundException',
      message: `Function not found: ${arn}:9`,
    },
  ])('$what', async ({ given, name, message }) => {
    const { sandbox } = await withAlias()
    await expect(
      sandbox.admin.lambda.send(new CreateAliasCommand({ FunctionName, ...given })),
    ).rejects.toMatchObject({ name, ...(message === undefined ? {} : { message }) })
  })
})
