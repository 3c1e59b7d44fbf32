import type { ErrorCode } from '../errors.js'
import { shown } from '../shown.js'

/** The call that failed, with what is known of its subject. */
export interface FailedCall {
  /** IAM's prefix of the service: lambda, sqs, iam, sts, kms, logs. */
  readonly service: string
  readonly operation: string
  readonly region?: string | undefined
  readonly profile?: string | null | undefined
  /** null: AWS's own. */
  readonly endpoint?: string | null | undefined
  /** Name or ARN, where the call had one. */
  readonly queue?: string | undefined
  readonly function?: string | undefined
}

/** One answer of AWS that we can explain. Matched on the error's name or the SQS query code, and on its text. */
export interface KnownAnswer {
  readonly names?: RegExp
  readonly text?: RegExp
  readonly code: ErrorCode
  readonly message: (call: FailedCall, match: RegExpExecArray, text: string) => string
  readonly hint?: (call: FailedCall, match: RegExpExecArray) => string
}

/** The service as people say it. */
export const serviceTitle = (call: FailedCall) =>
  call.service === 'logs'
    ? 'CloudWatch Logs'
    : call.service === 'lambda'
      ? 'Lambda'
      : call.service.toUpperCase()

const queue = (call: FailedCall) => (call.queue === undefined ? 'The queue' : `Queue ${shown(call.queue)}`)
const lambdaFunction = (call: FailedCall) =>
  call.function === undefined ? 'The function' : `Function ${shown(call.function)}`
const where = (call: FailedCall) => (call.region === undefined ? '' : ` in ${call.region}`)
function flags({ region, profile, endpoint }: FailedCall): string {
  const words = [
    ...(region ? ['--region', region] : []),
    ...(profile ? ['--profile', profile] : []),
    ...(endpoint ? ['--endpoint-url', endpoint] : []),
  ]
  return words.map((word) => ` ${word}`).join('')
}

/**
 * The first that matches wins. Every text stands as AWS was recorded to say it; a text that is not here passes
 * through whole.
 */
export const knownAnswers: readonly KnownAnswer[] = [
  // Lambda, CreateEventSourceMapping and its kin
  {
    text: /^The (?:provided|function) execution role does not have permissions to call (\w+) on (\w+)/,
    code: 'REJECTED_BY_AWS',
    message: (_, [, action, service]) =>
      `The function's execution role may not call ${action} on ${service}.`,
    // AWS authorises before it reveals whether the queue exists, so a wrong ARN can look the same.
    hint: () =>
      'Add the permission to the role, and check the queue’s Region, account and name: sqs-trigger preflight shows both.',
  },
  {
    text: /cannot be assumed by Lambda|add Lambda as a Trusted Entity/,
    code: 'REJECTED_BY_AWS',
    message: () => 'Lambda may not assume the function’s execution role, or the role is gone.',
    hint: () => 'The role’s trust policy must allow sts:AssumeRole to lambda.amazonaws.com.',
  },
  {
    text: /^Queue visibility timeout: (\d+) seconds is less than Function timeout: (\d+) seconds/,
    code: 'REJECTED_BY_AWS',
    message: (call, [, queueSeconds, functionSeconds]) =>
      `${queue(call)} hides a message for ${queueSeconds} s, but the function may run for ${functionSeconds} s.`,
    hint: (_, [, , seconds]) =>
      `Raise the queue's visibility timeout to at least ${seconds} s; AWS advises ${Number(seconds) * 6} s.`,
  },
  {
    text: /^Maximum batch window in seconds must be greater than 0 if maximum batch size is greater than 10/,
    code: 'REJECTED_BY_AWS',
    message: () => 'A batch size above 10 needs a batching window of at least 1 second.',
    hint: () => 'Add --batch-window 1 or more, or lower --batch-size to 10.',
  },
  {
    text: /^Batching window is not supported for FIFO queues/,
    code: 'REJECTED_BY_AWS',
    message: () => 'A FIFO queue takes no batching window.',
    hint: () => 'Leave out --batch-window.',
  },
  {
    text: /^Invalid filter pattern definition\./,
    code: 'REJECTED_BY_AWS',
    message: () => 'A filter pattern is not valid.',
    hint: () =>
      'Each pattern is a JSON object whose leaves are lists, e.g. --filter \'{"body":{"type":["order"]}}\'.',
  },
  {
    text: /already exists\. Please update or delete the existing mapping with UUID ([0-9a-f-]{36})/i,
    code: 'CONFLICT',
    message: (_, [, uuid]) => `This queue and function already have an event source mapping: ${uuid}.`,
    hint: (call, [, uuid]) => `sqs-trigger status ${uuid}${flags(call)}`,
  },
  {
    text: /SQS Error Code: (?:AWS\.SimpleQueueService\.NonExistentQueue|QueueDoesNotExist)/,
    code: 'QUEUE_NOT_FOUND',
    message: (call) =>
      `${queue(call)} does not exist${where(call)}, or the function's role may not know of it.`,
    hint: (call) => `aws sqs list-queues${flags(call)}`,
  },
  {
    text: /SQS Error Code: (KMS\.\w+|Kms\w+)/,
    code: 'REJECTED_BY_AWS',
    message: (call, [, code]) => `${queue(call)} is encrypted, and its key cannot be used (${code}).`,
    hint: () => 'Check that the key is enabled and that the function’s role has kms:Decrypt on it.',
  },
  {
    text: /^Function does not exist$/,
    code: 'FUNCTION_NOT_FOUND',
    message: (call) =>
      `${lambdaFunction(call)}, or the alias or version named, does not exist${where(call)}.`,
    hint: (call) => `aws lambda list-functions --query 'Functions[].FunctionName'${flags(call)}`,
  },
  {
    text: /^Unrecognized event source/,
    code: 'REJECTED_BY_AWS',
    message: () => 'Lambda does not recognise the event source: it is not the ARN of an SQS queue.',
  },
  {
    names: /^ResourceNotFoundException$/,
    text: /^(?:Function not found|Cannot find alias arn): (\S+)/,
    code: 'FUNCTION_NOT_FOUND',
    message: (call, [, arn]) =>
      `${call.function === undefined ? `Function ${arn}` : lambdaFunction(call)} does not exist${where(call)}.`,
    hint: (call) => `aws lambda list-functions --query 'Functions[].FunctionName'${flags(call)}`,
  },
  {
    names: /^ResourceNotFoundException$/,
    text: /^(?:The resource you requested does not exist|Event source mapping not found)/,
    code: 'MAPPING_NOT_FOUND',
    message: (call) => `There is no such event source mapping${where(call)}.`,
    hint: (call) => `sqs-trigger list${flags(call)}`,
  },
  {
    names: /^ResourceInUseException$/,
    code: 'MAPPING_BUSY',
    message: () => 'The event source mapping is being changed by an earlier call.',
    hint: () => 'Wait until its state settles, then run the same command again.',
  },
  {
    text: /^The operation cannot be performed at this time\. An update is in progress for resource: (\S+)/,
    code: 'CONFLICT',
    message: (_, [, arn]) => `An update of ${arn} is under way.`,
    hint: () => 'Run the same command again when it is done.',
  },
  {
    names: /^ResourceConflictException$/,
    code: 'CONFLICT',
    message: (call, _, text) => `Lambda refused ${call.operation} because of another operation: ${text}`,
  },
  {
    text: /validation error(?:s)? detected: Value '([^']*)' at '([^']+)' failed to satisfy constraint: (.+)$/s,
    code: 'REJECTED_BY_AWS',
    message: (_, [, value, member, constraint]) =>
      `AWS refused ${shown(value ?? '')} for ${member}: ${constraint}`,
  },
  // SQS
  {
    names: /^(?:QueueDoesNotExist|AWS\.SimpleQueueService\.NonExistentQueue)$/,
    code: 'QUEUE_NOT_FOUND',
    message: (call) => `${queue(call)} does not exist${where(call)}.`,
    hint: (call) => `aws sqs list-queues${flags(call)}`,
  },
  {
    names: /^(?:KmsAccessDenied|KMS\.AccessDeniedException)$/,
    code: 'ACCESS_DENIED',
    message: (call) => `${queue(call)} is encrypted, and you may not use its key.`,
    hint: () => 'Sending needs kms:GenerateDataKey and kms:Decrypt on the key.',
  },
  {
    names: /^(?:KMS\.|Kms)\w+$/,
    code: 'REJECTED_BY_AWS',
    message: (call, _, text) => `${queue(call)} is encrypted, and its key cannot be used: ${text}`,
    hint: (call, { input }) => {
      const key = /arn:[\w-]+:kms:[\w:/-]+\w/.exec(input)?.[0]
      return key
        ? `aws kms describe-key --key-id ${key}${flags(call)}`
        : 'Check that the key exists and is enabled.'
    },
  },
  // IAM and KMS
  {
    names: /^(?:NoSuchEntity(?:Exception)?|NotFoundException)$/,
    code: 'NOT_FOUND',
    message: (_call, _match, text) => text,
  },
  // Any service. Lambda's poller has its own limits; these are the control plane's.
  {
    names:
      /^(?:TooManyRequestsException|Throttling(?:Exception)?|ThrottledException|RequestThrottled|RequestLimitExceeded)$/,
    code: 'THROTTLED',
    message: (call) =>
      `${serviceTitle(call)} is receiving too many requests from this account${where(call)}; ${call.operation} was refused after several tries.`,
    hint: () => 'Wait a minute, then run the same command again.',
  },
]
