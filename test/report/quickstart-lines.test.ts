import { expect, test } from 'vitest'
import type { QuickstartPlan, QuickstartResult } from '../../src/operations/quickstart/results.js'
import { type Page, pageOn } from '../../src/report/page.js'
import { plainPalette } from '../../src/report/palette.js'
import { quickstartedLines, quickstartIntent, removalIntent } from '../../src/report/text/quickstart-lines.js'
import { stackEventLines } from '../../src/report/text/stack-event-lines.js'

const page = (columns: number, more: Partial<Page> = {}): Page => ({
  ...pageOn({ columns, tableColumns: columns, unicode: true, accessible: false }, plainPalette),
  ...more,
})

const arn = (name: string) => `arn:aws:sqs:eu-west-1:111122223333:${name}`
const plan: QuickstartPlan = {
  context: {
    account: '111122223333',
    partition: 'aws',
    region: 'eu-west-1',
    profile: null,
    endpoint: null,
    caller: 'arn:aws:iam::111122223333:user/me',
  },
  name: 'first',
  options: { fifo: false, sms: true, tags: { team: 'orders' } },
  stack: null,
  resources: [
    { resource: 'Queue', resourceType: 'AWS::SQS::Queue' },
    { resource: 'Function', resourceType: 'AWS::Lambda::Function' },
  ],
  changes: [],
  outcome: 'create',
  obstacle: null,
  batches: [1, 2],
}
const result: QuickstartResult = {
  outcome: 'created',
  stack: { id: 'arn:aws:cloudformation:eu-west-1:111122223333:stack/first/1', status: 'CREATE_COMPLETE' },
  queueUrl: 'https://sqs.eu-west-1.amazonaws.com/111122223333/first-Queue-A',
  queueArn: arn('first-Queue-A'),
  deadLetterQueueArn: arn('first-DeadLetterQueue-B'),
  functionArn: 'arn:aws:lambda:eu-west-1:111122223333:function:first-Function-C',
  mappingId: '7c1d2f0a-5b1e-4a53-9a55-0d3b8f1c2e77',
  logGroup: 'first-LogGroup-D',
  events: [],
  sent: [],
  links: null,
  waitedMs: 72_000,
}
const step = (resource: string, status: string, reason: string | null = null) =>
  ({
    type: 'stack-event',
    event: {
      id: `${resource}-${status}`,
      time: '2026-11-23T12:00:00.000Z',
      resource,
      resourceType: 'AWS::SQS::Queue',
      physicalId: null,
      status,
      reason,
    },
    elapsedMs: 12_000,
    timeoutMs: 600_000,
  }) as const

test.each([80, 40])('what will be made, in %s columns', (columns) => {
  expect(quickstartIntent(page(columns), plan, { verb: 'Will', sendTest: true }).join('\n')).toMatchSnapshot()
})

test('what was made', () => {
  expect(quickstartedLines(page(80), plan, result).join('\n')).toMatchSnapshot()
})

test('what goes: names, and none where nothing is left', () => {
  const { context, name } = plan
  const stack = { id: 'x', status: 'CREATE_COMPLETE' }
  const about = { context, name, stack, changes: [], outcome: 'delete', obstacle: null } as const
  const queue = { resource: 'Queue', resourceType: 'AWS::SQS::Queue', physicalId: result.queueUrl }
  expect(removalIntent(page(80), { ...about, resources: [queue] }, 'Will')).toEqual([
    'Will delete stack first, and with it:',
    '  Queue  first-Queue-A',
    'The messages in its queues and what its function wrote go with them.',
  ])
  expect(removalIntent(page(80), { ...about, resources: [] }, 'Would')).toEqual([
    'Would delete stack first; nothing is left of what it made.',
  ])
})

test('events in columns, each state once, a failure with its reason', () => {
  const lines = stackEventLines(page(60), false)
  expect([
    ...lines(step('Queue', 'CREATE_IN_PROGRESS')),
    ...lines(step('Queue', 'CREATE_IN_PROGRESS', 'Resource creation Initiated')),
    ...lines(step('Queue', 'CREATE_COMPLETE')),
    ...lines(step('Role', 'CREATE_FAILED', 'this user may not make a role, and nobody else here')),
  ]).toEqual([
    ' 0:12  CREATE_IN_PROGRESS  Queue',
    ' 0:12  CREATE_COMPLETE     Queue',
    ' 0:12  CREATE_FAILED       Role: this user may not make a',
    '       role, and nobody else here',
  ])
  const all = stackEventLines(page(80), true)
  all(step('Queue', 'CREATE_IN_PROGRESS'))
  expect(all(step('Queue', 'CREATE_IN_PROGRESS', 'Resource creation Initiated'))).toEqual([
    ' 0:12  CREATE_IN_PROGRESS  Queue: Resource creation Initiated',
  ])
})
