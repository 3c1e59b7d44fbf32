import { CreateFunctionCommand, InvokeCommand } from '@aws-sdk/client-lambda'
import { strToU8, zipSync } from 'fflate'
import type { TestSandbox } from '../support/sandbox.js'

export const account = '111122223333'
export const region = 'us-east-1'

const lambdaTrust = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }],
})

const basicExecution = 'arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole'

/** A role that Lambda may assume; with `policies` attached, by default the right to write logs. */
export async function createRole(
  sandbox: TestSandbox,
  name: string,
  policies: readonly string[] = [basicExecution],
): Promise<string> {
  await sandbox.seed([
    {
      service: 'iam',
      operation: 'CreateRole',
      input: { RoleName: name, AssumeRolePolicyDocument: lambdaTrust },
    },
    ...policies.map((PolicyArn) => ({
      service: 'iam' as const,
      operation: 'AttachRolePolicy',
      input: { RoleName: name, PolicyArn },
    })),
  ])
  return `arn:aws:iam::${account}:role/${name}`
}

export const zip = (files: Readonly<Record<string, string>>): Uint8Array =>
  zipSync(Object.fromEntries(Object.entries(files).map(([name, text]) => [name, strToU8(text)])))

export interface TestFunction {
  readonly name?: string
  /** Source of index.mjs. */
  readonly source?: string
  /** Instead of `source`. */
  readonly files?: Readonly<Record<string, string>>
  readonly handler?: string
  readonly timeoutSeconds?: number
  readonly format?: 'Text' | 'JSON'
  readonly roleArn?: string
  readonly variables?: Record<string, string>
}

/** A function `worker` of the sandbox's account; its role is made unless one is given. */
export async function createFunction(sandbox: TestSandbox, given: TestFunction = {}): Promise<string> {
  const { name = 'worker', source = 'export const handler = async (event) => event' } = given
  const role = given.roleArn ?? (await createRole(sandbox, `${name}-role`))
  const created = await sandbox.admin.lambda.send(
    new CreateFunctionCommand({
      FunctionName: name,
      Role: role,
      Runtime: 'nodejs20.x',
      Handler: given.handler ?? 'index.handler',
      Code: { ZipFile: zip(given.files ?? { 'index.mjs': source }) },
      ...(given.timeoutSeconds === undefined ? {} : { Timeout: given.timeoutSeconds }),
      ...(given.format === undefined ? {} : { LoggingConfig: { LogFormat: given.format } }),
      ...(given.variables === undefined ? {} : { Environment: { Variables: given.variables } }),
    }),
  )
  return created.FunctionArn ?? ''
}

export interface Invoked {
  readonly status: number | undefined
  readonly functionError: string | undefined
  readonly version: string | undefined
  readonly payload: unknown
  readonly log: string
}

/** Invokes and waits, with the log's tail. */
export async function invoke(sandbox: TestSandbox, name = 'worker', event: unknown = {}): Promise<Invoked> {
  const answer = await sandbox.admin.lambda.send(
    new InvokeCommand({ FunctionName: name, Payload: strToU8(JSON.stringify(event)), LogType: 'Tail' }),
  )
  return {
    status: answer.StatusCode,
    functionError: answer.FunctionError,
    version: answer.ExecutedVersion,
    payload: JSON.parse(Buffer.from(answer.Payload ?? []).toString()),
    log: Buffer.from(answer.LogResult ?? '', 'base64').toString(),
  }
}
