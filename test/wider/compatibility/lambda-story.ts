import { code, functionArn, makeRole, roleArn } from './ends.js'
import { of } from './step.js'

const worker = { FunctionName: 'worker' }

/** What every answer about a function tells. */
const told = {
  ...worker,
  FunctionArn: functionArn,
  Runtime: 'nodejs22.x',
  Role: roleArn,
  Handler: 'index.handler',
  CodeSize: code.ZipFile.length,
  Description: '',
  Timeout: 3,
  MemorySize: 128,
  LastModified: '2026-11-23T12:00:00.000+0000',
  CodeSha256: 'TOKEN',
  Version: '$LATEST',
  TracingConfig: { Mode: 'PassThrough' },
  RevisionId: 'UUID',
  PackageType: 'Zip',
  Architectures: ['x86_64'],
  EphemeralStorage: { Size: 512 },
  SnapStart: { ApplyOn: 'None', OptimizationStatus: 'Off' },
  LoggingConfig: { LogFormat: 'Text', LogGroup: '/aws/lambda/worker' },
}

/** Lists leave the states and the version of the runtime out. */
const configuration = {
  ...told,
  State: 'Active',
  LastUpdateStatus: 'Successful',
  RuntimeVersionConfig: { RuntimeVersionArn: `arn:aws:lambda:us-east-1::runtime:${'0'.repeat(64)}` },
}
const { LastUpdateStatus: _, ...made } = configuration

/** A change under way has the reason of a creation, and a code that the model has for states alone. */
const changing = {
  ...configuration,
  Timeout: 10,
  LastUpdateStatus: 'InProgress',
  LastUpdateStatusReason: 'The function is being created.',
  LastUpdateStatusReasonCode: 'Creating',
}

const live = { ...worker, Name: 'live' }
const alias = {
  AliasArn: `${functionArn}:live`,
  Name: 'live',
  FunctionVersion: '1',
  Description: '',
  RevisionId: 'UUID',
}

/** Every operation of Lambda but those of mappings: a function is made, run, published, named, changed, deleted. */
export const lambdaStory = of('lambda', [
  {
    prepare: makeRole,
    operation: 'CreateFunction',
    input: {
      ...worker,
      Role: roleArn,
      Runtime: 'nodejs22.x',
      Handler: 'index.handler',
      Code: code,
      Tags: { team: 'shop' },
    },
    answer: {
      ...made,
      State: 'Pending',
      StateReason: 'The function is being created.',
      StateReasonCode: 'Creating',
    },
  },
  {
    operation: 'GetFunction',
    input: worker,
    later: 5000,
    answer: {
      Configuration: configuration,
      Code: { RepositoryType: 'S3', Location: 'ENDPOINT/code-is-not-served/worker?X-Amz-Signature=none' },
      Tags: { team: 'shop' },
    },
  },
  { operation: 'GetFunctionConfiguration', input: worker, answer: configuration },
  { operation: 'ListFunctions', answer: { Functions: [told] } },
  { operation: 'ListFunctions', input: { MaxItems: 1 }, answer: { Functions: [told] } },
  {
    operation: 'GetAccountSettings',
    answer: {
      AccountLimit: {
        TotalCodeSize: 80_530_636_800,
        CodeSizeUnzipped: 262_144_000,
        CodeSizeZipped: 52_428_800,
        ConcurrentExecutions: 1000,
        UnreservedConcurrentExecutions: 1000,
      },
      AccountUsage: { TotalCodeSize: code.ZipFile.length, FunctionCount: 1 },
    },
  },
  {
    operation: 'Invoke',
    input: { ...worker, Payload: Buffer.from('{"a":1}'), LogType: 'Tail' },
    answer: { Payload: '{"a":1}', ExecutedVersion: '$LATEST', LogResult: 'TOKEN', StatusCode: 200 },
  },
  { operation: 'Invoke', input: { ...worker, InvocationType: 'DryRun' }, answer: { StatusCode: 204 } },
  {
    operation: 'PutFunctionConcurrency',
    input: { ...worker, ReservedConcurrentExecutions: 5 },
    answer: { ReservedConcurrentExecutions: 5 },
  },
  { operation: 'GetFunctionConcurrency', input: worker, answer: { ReservedConcurrentExecutions: 5 } },
  { operation: 'DeleteFunctionConcurrency', input: worker },
  { operation: 'GetFunctionConcurrency', input: worker },
  {
    operation: 'PutFunctionRecursionConfig',
    input: { ...worker, RecursiveLoop: 'Allow' },
    answer: { RecursiveLoop: 'Allow' },
  },
  { operation: 'GetFunctionRecursionConfig', input: worker, answer: { RecursiveLoop: 'Allow' } },
  {
    operation: 'UpdateFunctionConfiguration',
    input: { ...worker, Timeout: 10 },
    answer: { ...changing, LastModified: '2026-11-23T12:00:05.000+0000' },
    besideTheModel: [
      "UpdateFunctionConfiguration.LastUpdateStatusReasonCode is none of its words: 'Creating'",
    ],
  },
  {
    operation: 'UpdateFunctionCode',
    input: { ...worker, ...code },
    later: 5000,
    answer: { ...changing, LastModified: '2026-11-23T12:00:10.000+0000' },
    besideTheModel: ["UpdateFunctionCode.LastUpdateStatusReasonCode is none of its words: 'Creating'"],
  },
  {
    operation: 'PublishVersion',
    input: worker,
    later: 5000,
    answer: {
      ...configuration,
      FunctionArn: `${functionArn}:1`,
      Version: '1',
      Timeout: 10,
      LastModified: '2026-11-23T12:00:15.000+0000',
    },
  },
  { operation: 'CreateAlias', input: { ...live, FunctionVersion: '1' }, later: 5000, answer: alias },
  { operation: 'GetAlias', input: live, answer: alias },
  { operation: 'ListAliases', input: worker, answer: { Aliases: [alias] } },
  {
    operation: 'UpdateAlias',
    input: { ...live, Description: 'what runs' },
    answer: { ...alias, Description: 'what runs' },
  },
  { operation: 'DeleteAlias', input: live },
  { operation: 'ListTags', input: { Resource: functionArn }, answer: { Tags: { team: 'shop' } } },
  { operation: 'DeleteFunction', input: worker, answer: { StatusCode: 204 } },
])
