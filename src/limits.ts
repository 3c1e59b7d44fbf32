/**
 * Every number of AWS that this project relies on, once, with its unit and where it comes from. The sandbox may
 * state a limit a second time (it must not import this file); a test compares the two.
 */
export interface Limit {
  readonly value: number
  readonly unit:
    | 'seconds'
    | 'messages'
    | 'pollers'
    | 'invocations'
    | 'characters'
    | 'bytes'
    | 'filters'
    | 'entries'
    | 'receives'
    | 'times'
  /** Page that states the number. */
  readonly source: string
}

const createMappingApi = 'https://docs.aws.amazon.com/lambda/latest/api/API_CreateEventSourceMapping.html'
const sqsConfigure = 'https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html'
const sqsParameters = 'https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-parameters.html'
const eventFiltering = 'https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventfiltering.html'
const pollerConfig = 'https://docs.aws.amazon.com/lambda/latest/api/API_ProvisionedPollerConfig.html'
const setQueueAttributes =
  'https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SetQueueAttributes.html'
const sendMessageBatch =
  'https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessageBatch.html'
const durableMappings = 'https://docs.aws.amazon.com/lambda/latest/dg/durable-invoking-esm.html'
const createFunctionApi = 'https://docs.aws.amazon.com/lambda/latest/api/API_CreateFunction.html'

export const limits = {
  batchSizeMinimum: { value: 1, unit: 'messages', source: createMappingApi },
  batchSizeMaximum: { value: 10_000, unit: 'messages', source: createMappingApi },
  batchSizeDefault: { value: 10, unit: 'messages', source: sqsParameters },
  /** FIFO queues take no more than this in one batch. */
  fifoBatchSizeMaximum: { value: 10, unit: 'messages', source: sqsParameters },
  /** Above this a standard queue needs a batching window of at least one second. */
  batchSizeWithoutWindow: { value: 10, unit: 'messages', source: createMappingApi },
  batchWindowMinimum: { value: 0, unit: 'seconds', source: createMappingApi },
  batchWindowMaximum: { value: 300, unit: 'seconds', source: createMappingApi },
  maximumConcurrencyMinimum: {
    value: 2,
    unit: 'invocations',
    source: 'https://docs.aws.amazon.com/lambda/latest/api/API_ScalingConfig.html',
  },
  maximumConcurrencyMaximum: {
    value: 1_000,
    unit: 'invocations',
    source: 'https://docs.aws.amazon.com/lambda/latest/api/API_ScalingConfig.html',
  },
  minimumPollersMinimum: { value: 2, unit: 'pollers', source: pollerConfig },
  minimumPollersMaximum: { value: 200, unit: 'pollers', source: pollerConfig },
  /** What AWS takes when provisioned mode is asked for without a minimum. */
  minimumPollersDefault: { value: 2, unit: 'pollers', source: pollerConfig },
  maximumPollersMinimum: { value: 2, unit: 'pollers', source: pollerConfig },
  /** The developer guide still prints 2,000; the API model is newer. */
  maximumPollersMaximum: { value: 10_000, unit: 'pollers', source: pollerConfig },
  /** What AWS takes when provisioned mode is asked for without a maximum. */
  maximumPollersDefault: { value: 200, unit: 'pollers', source: pollerConfig },
  /** A quota that AWS raises on request, up to `filtersMaximum`. */
  filtersDefault: { value: 5, unit: 'filters', source: eventFiltering },
  filtersMaximum: { value: 10, unit: 'filters', source: eventFiltering },
  filterPatternMaximum: { value: 4_096, unit: 'characters', source: eventFiltering },
  /** AWS advises this many times the function's timeout as the queue's visibility timeout. */
  visibilityTimeoutMultiple: { value: 6, unit: 'times', source: sqsConfigure },
  visibilityTimeoutDefault: { value: 30, unit: 'seconds', source: setQueueAttributes },
  retentionMaximum: { value: 1_209_600, unit: 'seconds', source: setQueueAttributes },
  retentionDefault: { value: 345_600, unit: 'seconds', source: setQueueAttributes },
  maxReceiveCountDefault: { value: 10, unit: 'receives', source: setQueueAttributes },
  visibilityTimeoutMaximum: { value: 43_200, unit: 'seconds', source: setQueueAttributes },
  /** Below this AWS warns that throttled messages go to the dead-letter queue too early. */
  reservedConcurrencyAdvised: { value: 5, unit: 'invocations', source: sqsConfigure },
  maxReceiveCountAdvised: { value: 5, unit: 'receives', source: sqsConfigure },
  functionTimeoutDefault: { value: 3, unit: 'seconds', source: createFunctionApi },
  /** Of a whole durable execution that a mapping begins, because Lambda waits for its end. */
  durableExecutionMaximum: { value: 900, unit: 'seconds', source: durableMappings },
  durableExecutionMaximumOnManagedInstances: { value: 5_400, unit: 'seconds', source: durableMappings },
  /** The developer guide's maximum of pollers, below the one of the API model. */
  maximumPollersOfGuide: { value: 2_000, unit: 'pollers', source: sqsConfigure },
  /** Source queues that a RedriveAllowPolicy may list. */
  redriveSourcesMaximum: { value: 10, unit: 'entries', source: setQueueAttributes },
  queueNameMaximum: {
    value: 80,
    unit: 'characters',
    source: 'https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_CreateQueue.html',
  },
  functionNameMaximum: { value: 64, unit: 'characters', source: createFunctionApi },
  /** Of a synchronous invocation: 6 MB, the metadata of the messages included. */
  invocationPayloadMaximum: {
    value: 6_291_456,
    unit: 'bytes',
    source: 'https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html',
  },
  messageBodyMaximum: { value: 1_048_576, unit: 'bytes', source: sendMessageBatch },
  /** Over all inline policies of one role together; white space does not count. */
  roleInlinePolicyMaximum: {
    value: 10_240,
    unit: 'characters',
    source: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html',
  },
  /** Of one managed policy; white space does not count. */
  managedPolicyMaximum: {
    value: 6_144,
    unit: 'characters',
    source: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html',
  },
  sendBatchMaximum: { value: 10, unit: 'entries', source: sendMessageBatch },
} as const satisfies Readonly<Record<string, Limit>>
