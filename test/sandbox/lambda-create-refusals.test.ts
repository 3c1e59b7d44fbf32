import { CreateFunctionCommand, type CreateFunctionCommandInput } from '@aws-sdk/client-lambda'
import { strToU8, zipSync } from 'fflate'
import { describe, expect, test } from 'vitest'
import { unzipCode } from '../../src/sandbox/lambda/unzip-code.js'
import { startTestSandbox } from '../support/sandbox.js'
import { account, createFunction, createRole, zip } from './lambda-fixture.js'

const code = { ZipFile: zip({ 'index.mjs': 'export const handler = async () => 1' }) }

describe('CreateFunction refuses', () => {
  test.each<{ what: string; given: Partial<CreateFunctionCommandInput>; name: string }>([
    {
      what: 'a role that does not exist',
      given: { Role: `arn:aws:iam::${account}:role/nobody` },
      name: 'InvalidParameterValueException',
    },
    {
      what: 'a role that does not trust Lambda',
      given: { Role: `arn:aws:iam::${account}:role/for-ec2` },
      name: 'InvalidParameterValueException',
    },
    {
      what: 'what is no archive',
      given: { Code: { ZipFile: strToU8('no archive at all') } },
      name: 'InvalidParameterValueException',
    },
    {
      what: 'code from S3',
      given: { Code: { S3Bucket: 'b', S3Key: 'k' } },
      name: 'InvalidParameterValueException',
    },
    { what: 'a timeout of no time', given: { Timeout: 0 }, name: 'ValidationException' },
    { what: 'a timeout of an hour', given: { Timeout: 3600 }, name: 'ValidationException' },
    { what: 'a name that is taken', given: { FunctionName: 'worker' }, name: 'ResourceConflictException' },
  ])('$what', async ({ given, name }) => {
    const sandbox = await startTestSandbox()
    await createFunction(sandbox)
    const trust = {
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' }],
    }
    await sandbox.seed([
      {
        service: 'iam',
        operation: 'CreateRole',
        input: { RoleName: 'for-ec2', AssumeRolePolicyDocument: JSON.stringify(trust) },
      },
    ])
    const input = {
      FunctionName: 'other',
      Role: await createRole(sandbox, 'runner'),
      Runtime: 'nodejs20.x' as const,
      Handler: 'index.handler',
      Code: code,
      ...given,
    }
    await expect(sandbox.admin.lambda.send(new CreateFunctionCommand(input))).rejects.toMatchObject({ name })
    expect(sandbox.world.lambda.functions.size).toBe(1)
  })

  test('a caller who may not pass the role', async () => {
    const sandbox = await startTestSandbox()
    const Role = await createRole(sandbox, 'runner')
    const document = {
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Action: 'lambda:CreateFunction', Resource: '*' }],
    }
    await sandbox.seed([
      {
        service: 'iam',
        operation: 'PutUserPolicy',
        input: { UserName: 'nobody', PolicyName: 'create', PolicyDocument: JSON.stringify(document) },
      },
    ])
    const nobody = sandbox.clientsFor({ accessKeyId: 'AKIASANDBOXNOBODY' })
    await expect(
      nobody.lambda.send(
        new CreateFunctionCommand({
          FunctionName: 'worker',
          Role,
          Runtime: 'nodejs20.x',
          Handler: 'index.handler',
          Code: code,
        }),
      ),
    ).rejects.toMatchObject({
      message: expect.stringContaining(`iam:PassRole on resource: ${Role}`),
    })
  })
})

describe('archives', () => {
  const refused = expect.objectContaining({ code: 'InvalidParameterValueException', recorded: false })

  test('are unpacked in memory', () => {
    const unpacked = unzipCode(zip({ 'a.mjs': 'one', 'lib/b.mjs': 'two' }))
    expect(unpacked.kind === 'zip' && [...unpacked.files.keys()]).toEqual(['a.mjs', 'lib/b.mjs'])
  })

  test.each(['../outside.mjs', 'a/../../outside.mjs', '/etc/passwd', 'C:/outside', '..\\outside'])(
    'may not hold %s',
    (name) => {
      expect(() => unzipCode(zipSync({ [name]: strToU8('x') }))).toThrow(refused)
    },
  )

  test('may not grow beyond 250 MB', () => {
    const bomb = zip({ 'a.mjs': 'x' })
    // The size that the archive's directory gives: what would be unpacked.
    const directory = Buffer.from(bomb).indexOf('PK\u0001\u0002')
    new DataView(bomb.buffer, bomb.byteOffset).setUint32(directory + 24, 250 * 1024 * 1024 + 1, true)
    expect(() => unzipCode(bomb)).toThrow(refused)
  })

  test('may not be larger than 50 MB', () => {
    const large = zipSync({ 'a.bin': new Uint8Array(50 * 1024 * 1024) }, { level: 0 })
    expect(() => unzipCode(large)).toThrow(refused)
  })
})
