import { functionArn, makeEnds, queueArn } from './ends.js'
import { of, type Seen } from './step.js'

const uuid = (seen: Seen) => ({ UUID: seen.text('made', 'UUID') })
const arn = (seen: Seen) => ({ Resource: seen.text('made', 'EventSourceMappingArn') })
const EventSourceMappingArn = 'arn:aws:lambda:us-east-1:111122223333:event-source-mapping:UUID'
const tagged = { ResourceARN: EventSourceMappingArn, Tags: [{ Key: 'team', Value: 'shop' }] }

/** Window and response types are there even where nobody set them; scaling and filter are not. */
const made = {
  UUID: 'UUID',
  EventSourceMappingArn,
  EventSourceArn: queueArn('orders'),
  FunctionArn: functionArn,
  BatchSize: 10,
  MaximumBatchingWindowInSeconds: 0,
  FunctionResponseTypes: [],
  StateTransitionReason: 'USER_INITIATED',
}
const settings = {
  BatchSize: 20,
  MaximumBatchingWindowInSeconds: 2,
  ScalingConfig: { MaximumConcurrency: 5 },
  FilterCriteria: { Filters: [{ Pattern: '{"body":["x"]}' }] },
  FunctionResponseTypes: ['ReportBatchItemFailures'],
}
const changed = { ...made, ...settings }
const listed = { EventSourceMappings: [{ ...changed, State: 'Enabled', LastModified: 'TIME+10.2s' }] }

/** Every operation of event source mappings, and what is told of their tags: one is made, seen, changed, tagged, deleted. */
export const mappingStory = [
  ...of('lambda', [
    {
      prepare: (sandbox) => makeEnds(sandbox),
      operation: 'CreateEventSourceMapping',
      input: { EventSourceArn: queueArn('orders'), FunctionName: 'worker' },
      answer: { ...made, State: 'Creating', LastModified: 'TIME+0s' },
      keep: 'made',
    },
    {
      operation: 'GetEventSourceMapping',
      input: uuid,
      later: 10_000,
      answer: { ...made, State: 'Enabled', LastModified: 'TIME+0.2s' },
    },
    {
      operation: 'UpdateEventSourceMapping',
      input: (seen) => ({ ...uuid(seen), ...settings }),
      answer: { ...changed, State: 'Updating', LastModified: 'TIME+10s' },
    },
    { operation: 'ListEventSourceMappings', later: 10_000, answer: listed },
    { operation: 'ListEventSourceMappings', input: { MaxItems: 1 }, answer: listed },
    {
      operation: 'ListEventSourceMappings',
      input: { FunctionName: 'nobody' },
      answer: { EventSourceMappings: [] },
    },
    {
      operation: 'UpdateEventSourceMapping',
      input: (seen) => ({ ...uuid(seen), Enabled: false }),
      answer: { ...changed, State: 'Disabling', LastModified: 'TIME+20s' },
    },
    {
      operation: 'UpdateEventSourceMapping',
      input: (seen) => ({ ...uuid(seen), Enabled: true }),
      later: 10_000,
      answer: { ...changed, State: 'Enabling', LastModified: 'TIME+30s' },
    },
    {
      operation: 'TagResource',
      input: (seen) => ({ ...arn(seen), Tags: { team: 'shop', stage: 'test' } }),
    },
    { operation: 'UntagResource', input: (seen) => ({ ...arn(seen), TagKeys: ['stage'] }) },
    { operation: 'ListTags', input: arn, answer: { Tags: { team: 'shop' } } },
  ]),
  ...of('tag', [
    { operation: 'GetResources', answer: { PaginationToken: '', ResourceTagMappingList: [tagged] } },
    {
      operation: 'GetResources',
      input: { TagFilters: [{ Key: 'team', Values: ['other'] }], ResourcesPerPage: 1 },
      answer: { PaginationToken: '', ResourceTagMappingList: [] },
    },
  ]),
  ...of('lambda', [
    {
      operation: 'UpdateEventSourceMapping',
      input: (seen) => ({
        ...uuid(seen),
        ScalingConfig: {},
        FilterCriteria: {},
        FunctionResponseTypes: [],
      }),
      later: 10_000,
      answer: {
        ...made,
        BatchSize: 20,
        MaximumBatchingWindowInSeconds: 2,
        State: 'Updating',
        LastModified: 'TIME+40s',
      },
    },
    {
      operation: 'DeleteEventSourceMapping',
      input: uuid,
      later: 10_000,
      answer: {
        ...made,
        BatchSize: 20,
        MaximumBatchingWindowInSeconds: 2,
        State: 'Deleting',
        LastModified: 'TIME+50s',
      },
    },
    {
      operation: 'GetEventSourceMapping',
      input: uuid,
      later: 10_000,
      error: { name: 'ResourceNotFoundException', message: 'The resource you requested does not exist.' },
    },
    {
      operation: 'CreateEventSourceMapping',
      input: { EventSourceArn: queueArn('orders'), FunctionName: 'worker:$LATEST', Enabled: false },
      // The qualifier comes back as it was given.
      answer: { ...made, FunctionArn: `${functionArn}:$LATEST`, State: 'Disabled', LastModified: 'TIME+60s' },
    },
  ]),
]
