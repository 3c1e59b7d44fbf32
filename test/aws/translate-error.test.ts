import { describe, expect, it } from 'vitest'
import { translateError } from '../../src/aws/translate-error.js'
import { type ErrorCode, SqsTriggerError } from '../../src/errors.js'

const call = {
  service: 'lambda',
  operation: 'CreateEventSourceMapping',
  region: 'eu-central-1',
  profile: 'prod',
}

/** As the SDK throws it. */
function answer(name: string, message: string, more: object = {}): Error {
  const metadata = { httpStatusCode: 400, requestId: 'req-1', attempts: 1 }
  return Object.assign(new Error(message), { name, $metadata: metadata, ...more })
}

/** Texts as recorded from AWS; what users are told about them. */
const recorded: readonly (readonly [
  name: string,
  text: string,
  code: ErrorCode,
  said: RegExp,
  hint?: RegExp,
])[] = [
  [
    'InvalidParameterValueException',
    'Function does not exist',
    'FUNCTION_NOT_FOUND',
    /or the alias or version named, does not exist in eu-central-1/,
    /list-functions.*--region eu-central-1 --profile prod$/,
  ],
  [
    'InvalidParameterValueException',
    'The function execution role does not have permissions to call ReceiveMessage on SQS',
    'REJECTED_BY_AWS',
    /may not call ReceiveMessage on SQS/,
    /check the queue’s Region/,
  ],
  [
    'InvalidParameterValueException',
    'The provided execution role does not have permissions to call DeleteMessage on SQS',
    'REJECTED_BY_AWS',
    /may not call DeleteMessage on SQS/,
  ],
  [
    'InvalidParameterValueException',
    'Error occurred while ReceiveMessage. SQS Error Code: AWS.SimpleQueueService.NonExistentQueue. SQS Error Message: The specified queue does not exist.',
    'QUEUE_NOT_FOUND',
    /does not exist/,
  ],
  [
    'InvalidParameterValueException',
    'Error occurred while ReceiveMessage. SQS Error Code: AWS.SimpleQueueService.NonExistentQueue. SQS Error Message: The specified queue does not exist or you do not have access to it.',
    'QUEUE_NOT_FOUND',
    /may not know of it/,
  ],
  [
    'InvalidParameterValueException',
    'The role defined for the function cannot be assumed by Lambda.',
    'REJECTED_BY_AWS',
    /may not assume/,
    /lambda\.amazonaws\.com/,
  ],
  [
    'InvalidParameterValueException',
    'Queue visibility timeout: 60 seconds is less than Function timeout: 300 seconds',
    'REJECTED_BY_AWS',
    /for 60 s, but the function may run for 300 s/,
    /at least 300 s; AWS advises 1800 s/,
  ],
  [
    'InvalidParameterValueException',
    'Maximum batch window in seconds must be greater than 0 if maximum batch size is greater than 10',
    'REJECTED_BY_AWS',
    /needs a batching window/,
  ],
  [
    'InvalidParameterValueException',
    'Batching window is not supported for FIFO queues',
    'REJECTED_BY_AWS',
    /FIFO queue takes no batching window/,
  ],
  [
    'InvalidParameterValueException',
    'Invalid filter pattern definition.',
    'REJECTED_BY_AWS',
    /filter pattern is not valid/,
  ],
  [
    'InvalidParameterValueException',
    'Unrecognized event source.',
    'REJECTED_BY_AWS',
    /not the ARN of an SQS queue/,
  ],
  [
    'ResourceConflictException',
    'An event source mapping with SQS arn (" arn:aws:sqs:eu-central-1:111122223333:orders ") and function (" worker ") already exists. Please update or delete the existing mapping with UUID 14e0db71-5d35-4eb5-b481-8945cf9d10c2',
    'CONFLICT',
    /14e0db71-5d35-4eb5-b481-8945cf9d10c2/,
    /^sqs-trigger status 14e0db71/,
  ],
  [
    'ResourceConflictException',
    'The operation cannot be performed at this time. An update is in progress for resource: arn:aws:lambda:eu-central-1:111122223333:function:worker',
    'CONFLICT',
    /An update of arn:aws:lambda/,
  ],
  [
    'ValidationException',
    "1 validation error detected: Value '10001' at 'batchSize' failed to satisfy constraint: Member must have value less than or equal to 10000",
    'REJECTED_BY_AWS',
    /"10001" for batchSize/,
  ],
  [
    'InvalidParameterValueException',
    "1 validation error detected: Value 'x' at 'functionName' failed to satisfy constraint: Member must have length less than or equal to 64",
    'REJECTED_BY_AWS',
    /functionName/,
  ],
  [
    'ResourceNotFoundException',
    'The resource you requested does not exist.',
    'MAPPING_NOT_FOUND',
    /no such event source mapping/,
    /^sqs-trigger list/,
  ],
  [
    'ResourceNotFoundException',
    'Function not found: arn:aws:lambda:eu-central-1:111122223333:function:worker',
    'FUNCTION_NOT_FOUND',
    /function:worker does not exist/,
  ],
  [
    'ResourceNotFoundException',
    'Cannot find alias arn: arn:aws:lambda:eu-central-1:111122223333:function:worker:live',
    'FUNCTION_NOT_FOUND',
    /worker:live does not exist/,
  ],
  [
    'ResourceInUseException',
    'Cannot delete the event source mapping because it is in use.',
    'MAPPING_BUSY',
    /being changed/,
  ],
  ['TooManyRequestsException', 'Rate exceeded', 'THROTTLED', /too many requests/],
  ['ThrottlingException', 'Rate exceeded', 'THROTTLED', /too many requests/],
  [
    'QueueDoesNotExist',
    'The specified queue does not exist.',
    'QUEUE_NOT_FOUND',
    /does not exist in eu-central-1/,
  ],
  [
    'NoSuchEntityException',
    'The user with name dev cannot be found.',
    'NOT_FOUND',
    /^The user with name dev cannot be found\.$/,
  ],
  [
    'ExpiredTokenException',
    'The security token included in the request is expired',
    'CREDENTIALS_EXPIRED',
    /have expired/,
    /aws sso login --profile prod/,
  ],
  [
    'ExpiredToken',
    'The security token included in the request is expired',
    'CREDENTIALS_EXPIRED',
    /have expired/,
  ],
  [
    'InvalidClientTokenId',
    'The security token included in the request is invalid',
    'CREDENTIALS_REJECTED',
    /does not accept these credentials/,
  ],
  [
    'UnrecognizedClientException',
    'The security token included in the request is invalid.',
    'CREDENTIALS_REJECTED',
    /does not accept.*is invalid\. The keys may be wrong, or the Region eu-central-1 not enabled/,
    /^aws sts get-caller-identity --profile prod$/,
  ],
  [
    'SignatureDoesNotMatch',
    'The request signature we calculated does not match…',
    'CREDENTIALS_REJECTED',
    /does not accept/,
  ],
  [
    'CredentialsProviderError',
    'Could not load credentials from any providers',
    'NO_CREDENTIALS',
    /^No AWS credentials were found/,
    /sqs-trigger demo/,
  ],
  [
    'CredentialsProviderError',
    'The SSO session associated with this profile has expired. To refresh this SSO session run aws sso login with the corresponding profile.',
    'CREDENTIALS_EXPIRED',
    /SSO session has expired/,
    /^aws sso login --profile prod$/,
  ],
  [
    'CredentialsProviderError',
    'Profile prod requires multi-factor authentication, but no MFA code callback was provided.',
    'NO_CREDENTIALS',
    /multi-factor/,
  ],
  [
    'KmsDisabled',
    'arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab is disabled.',
    'REJECTED_BY_AWS',
    /its key cannot be used/,
    /^aws kms describe-key --key-id arn:aws:kms:eu-central-1:111122223333:key\/1234abcd-12ab-34cd-56ef-1234567890ab --region/,
  ],
  [
    'KmsNotFound',
    'Invalid keyId',
    'REJECTED_BY_AWS',
    /its key cannot be used/,
    /^Check that the key exists and is enabled\.$/,
  ],
  ['Error', 'Region is missing', 'NO_REGION', /No AWS Region/],
]

describe('an answer of AWS that is known', () => {
  it.each(recorded.map((row) => [row[0], row[1], row] as const))('%s: %s', (name, text, row) => {
    const [, , code, said, hint] = row
    const error = translateError(answer(name, text), call)
    expect(error).toBeInstanceOf(SqsTriggerError)
    expect(error.code).toBe(code)
    expect(error.message).toMatch(said)
    if (hint) expect(error.hint).toMatch(hint)
    expect(error.aws).toMatchObject({
      service: 'lambda',
      operation: call.operation,
      message: text,
      requestId: 'req-1',
    })
  })

  it('is found by the code of the older SQS protocol too', () => {
    const older = answer('Error', 'The specified queue does not exist.', {
      Code: 'AWS.SimpleQueueService.NonExistentQueue',
    })
    expect(
      translateError(older, { service: 'sqs', operation: 'GetQueueAttributes', queue: 'orders' }),
    ).toMatchObject({
      code: 'QUEUE_NOT_FOUND',
      message: 'Queue "orders" does not exist.',
    })
  })
})

describe('what is not known', () => {
  it('passes through whole, with service, operation and request id', () => {
    const error = translateError(answer('TeapotException', 'I am a teapot'), call)
    expect(error).toMatchObject({
      code: 'REJECTED_BY_AWS',
      message: 'Lambda refused CreateEventSourceMapping: TeapotException: I am a teapot (request req-1)',
    })
  })

  it('of a failing server is told apart', () => {
    const failing = answer('ServiceException', 'Oops', { $metadata: { httpStatusCode: 500 } })
    expect(translateError(failing, call)).toMatchObject({
      code: 'AWS_FAILED',
      message: 'Lambda failed on CreateEventSourceMapping: ServiceException: Oops',
    })
  })

  it('is left alone when it was translated before, and survives what is no error at all', () => {
    const done = new SqsTriggerError('USAGE', 'x')
    expect(translateError(done, call)).toBe(done)
    expect(translateError(undefined, call)).toMatchObject({ code: 'REJECTED_BY_AWS' })
  })
})
