import { expect } from 'vitest'
import { wellKnownAccessKeys } from '../../../src/sandbox/default-principals.js'
import { executionRoleSeed, queueSeed } from '../../../src/sandbox/seeds.js'
import type { Sandbox } from '../../../src/sandbox/start-sandbox.js'
import { code, functionArn, functionSeed, makeEnds, queueArn } from './ends.js'
import { type ExpectedError, of, type Seen } from './step.js'

const pair = { EventSourceArn: queueArn('orders'), FunctionName: 'worker' }
const create = 'CreateEventSourceMapping'
const unknown = { UUID: '00000000-0000-4000-8000-000000000000' }
const uuid = (seen: Seen) => ({ UUID: seen.text('made', 'UUID') })
const arnOfUnknown = `arn:aws:lambda:us-east-1:111122223333:event-source-mapping:${unknown.UUID}`

const invalid = (message: string): ExpectedError => ({ name: 'InvalidParameterValueException', message })
const notFound = (message: string): ExpectedError => ({ name: 'ResourceNotFoundException', message })
const noMapping = notFound('The resource you requested does not exist.')
const patterns = ['simple string', '{"eventSource":"aws:sqs"}', '{"eventSource":[]}']

/** Beside the ends: a FIFO queue, a function that takes longer than the queue hides messages, and one that may not poll. */
async function makeMore(sandbox: Sandbox): Promise<void> {
  await makeEnds(sandbox)
  await sandbox.seed([
    queueSeed({ name: 'steps.fifo' }),
    functionSeed('slow', 300),
    executionRoleSeed('bare-role'),
    functionSeed('bare', 3, 'bare-role'),
  ])
  await sandbox.advance(3000)
}

/** Every refusal of Lambda whose words are known. */
export const mappingErrorsStory = of('lambda', [
  {
    prepare: makeMore,
    operation: create,
    input: { FunctionName: 'worker' },
    error: invalid('Unrecognized event source.'),
  },
  { operation: create, input: { FunctionName: 'nobody' }, error: invalid('Unrecognized event source.') },
  {
    operation: create,
    input: { ...pair, FunctionName: 'nobody' },
    error: invalid('Function does not exist'),
  },
  {
    operation: create,
    input: { ...pair, FunctionName: 'worker:live' },
    error: invalid('Function does not exist'),
  },
  {
    operation: create,
    input: { ...pair, EventSourceArn: queueArn('nowhere') },
    error: invalid(
      'Error occurred while ReceiveMessage. SQS Error Code: AWS.SimpleQueueService.NonExistentQueue. SQS Error Message: The specified queue does not exist.',
    ),
  },
  {
    operation: create,
    input: { ...pair, FunctionName: 'bare' },
    error: invalid('The function execution role does not have permissions to call ReceiveMessage on SQS'),
  },
  {
    operation: create,
    input: { ...pair, FunctionName: 'slow' },
    error: invalid('Queue visibility timeout: 30 seconds is less than Function timeout: 300 seconds'),
  },
  {
    operation: create,
    input: { ...pair, BatchSize: 11 },
    error: invalid(
      'Maximum batch window in seconds must be greater than 0 if maximum batch size is greater than 10',
    ),
  },
  {
    operation: create,
    input: {
      ...pair,
      EventSourceArn: queueArn('steps.fifo'),
      BatchSize: 100,
      MaximumBatchingWindowInSeconds: 5,
    },
    error: invalid('Batching window is not supported for FIFO queues'),
  },
  ...patterns.map((Pattern) => ({
    operation: create,
    input: { ...pair, FilterCriteria: { Filters: [{ Pattern }] } },
    error: invalid('Invalid filter pattern definition.'),
  })),
  {
    operation: create,
    // Said before anybody looks for the function.
    input: {
      ...pair,
      FunctionName: 'nobody',
      DestinationConfig: { OnSuccess: { Destination: queueArn('orders') } },
    },
    error: invalid('Unsupported DestinationConfig parameter for given event source mapping type.'),
  },
  ...[
    { BatchSize: 10_001 },
    { MaximumBatchingWindowInSeconds: 301 },
    { ScalingConfig: { MaximumConcurrency: 1001 } },
    { FunctionResponseTypes: ['Everything'] },
  ].map((given) => ({
    operation: create,
    input: { ...pair, ...given },
    error: { name: 'ValidationException' },
  })),
  {
    operation: create,
    input: { ...pair, EventSourceArn: queueArn('steps.fifo'), BatchSize: 11 },
    error: { name: 'InvalidParameterValueException' },
  },
  {
    operation: create,
    input: pair,
    as: wellKnownAccessKeys.nobody,
    error: {
      name: 'AccessDeniedException',
      message:
        'User: arn:aws:iam::111122223333:user/nobody is not authorized to perform: lambda:CreateEventSourceMapping on resource: * because no identity-based policy allows the lambda:CreateEventSourceMapping action',
    },
  },
  {
    operation: create,
    input: pair,
    keep: 'made',
    answer: {
      UUID: 'UUID',
      EventSourceMappingArn: 'arn:aws:lambda:us-east-1:111122223333:event-source-mapping:UUID',
      EventSourceArn: queueArn('orders'),
      FunctionArn: functionArn,
      BatchSize: 10,
      MaximumBatchingWindowInSeconds: 0,
      FunctionResponseTypes: [],
      State: 'Creating',
      StateTransitionReason: 'USER_INITIATED',
      LastModified: 'TIME+3s',
    },
  },
  {
    operation: 'DeleteEventSourceMapping',
    input: uuid,
    error: {
      name: 'ResourceInUseException',
      message: 'Cannot delete the event source mapping because it is in use.',
    },
  },
  {
    operation: create,
    input: pair,
    error: {
      name: 'ResourceConflictException',
      message:
        'An event source mapping with SQS arn (" arn:aws:sqs:us-east-1:111122223333:orders ") and function (" worker ") already exists. Please update or delete the existing mapping with UUID UUID',
    },
  },
  {
    operation: 'UpdateEventSourceMapping',
    later: 10_000,
    input: (seen) => ({ ...uuid(seen), BatchSize: 11 }),
    error: invalid(
      'Maximum batch window in seconds must be greater than 0 if maximum batch size is greater than 10',
    ),
  },
  { operation: 'GetEventSourceMapping', input: unknown, error: noMapping },
  { operation: 'UpdateEventSourceMapping', input: unknown, error: noMapping },
  { operation: 'DeleteEventSourceMapping', input: unknown, error: noMapping },
  ...['ListTags', 'TagResource'].map((operation) => ({
    operation,
    input: { Resource: arnOfUnknown, ...(operation === 'TagResource' && { Tags: { a: 'b' } }) },
    error: notFound(`Event source mapping not found: ${arnOfUnknown}`),
  })),
  {
    operation: 'GetFunction',
    input: { FunctionName: 'nobody' },
    error: notFound(`Function not found: ${functionArn.replace('worker', 'nobody')}`),
  },
  {
    operation: 'GetFunction',
    input: { FunctionName: 'worker:7' },
    error: notFound(`Function not found: ${functionArn}:7`),
  },
  {
    operation: 'GetAlias',
    input: { FunctionName: 'worker', Name: 'live' },
    error: notFound(`Cannot find alias arn: ${functionArn}:live`),
  },
  {
    operation: 'UpdateFunctionConfiguration',
    input: { FunctionName: 'slow', Timeout: 10 },
    answer: expect.objectContaining({ LastUpdateStatus: 'InProgress' }),
    besideTheModel: [
      "UpdateFunctionConfiguration.LastUpdateStatusReasonCode is none of its words: 'Creating'",
    ],
  },
  {
    operation: 'UpdateFunctionCode',
    input: { FunctionName: 'slow', ...code },
    error: {
      name: 'ResourceConflictException',
      message: `The operation cannot be performed at this time. An update is in progress for resource: ${functionArn.replace('worker', 'slow')}`,
    },
  },
  {
    operation: 'TagResource',
    input: {
      Resource: functionArn,
      Tags: Object.fromEntries(Array.from({ length: 51 }, (_, at) => [`tag${at}`, 'x'])),
    },
    error: invalid('Number of tags exceeds resource tag limit.'),
  },
  {
    prepare: ({ faults }) =>
      faults.inject({
        service: 'lambda',
        operation: 'ListFunctions',
        effect: { kind: 'throttle' },
        times: 1,
      }),
    operation: 'ListFunctions',
    error: { name: 'TooManyRequestsException', message: 'Rate exceeded' },
  },
  {
    operation: 'PutFunctionConcurrency',
    input: { FunctionName: 'worker', ReservedConcurrentExecutions: 0 },
    answer: { ReservedConcurrentExecutions: 0 },
  },
  {
    operation: 'Invoke',
    input: { FunctionName: 'worker' },
    error: { name: 'TooManyRequestsException', message: 'Rate Exceeded.' },
  },
])
