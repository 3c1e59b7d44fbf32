import { CreateAliasCommand, PublishVersionCommand } from '@aws-sdk/client-lambda'
import { describe, expect, it } from 'vitest'
import type { TestSandbox } from '../support/sandbox.js'
import { account, region } from './preflight-world.js'
import {
  arnOfQueue,
  build,
  expectAgreement,
  judgeScenario,
  other,
  type Row,
  type Scenario,
  workerArn,
} from './scenario.js'

const filter = '{"body":{"type":["order"]}}'
const fifo = { name: 'orders.fifo' }
const asks = (
  settings: NonNullable<Scenario['request']>['settings'],
  queue?: Scenario['queue'],
): Scenario => ({
  request: { settings: settings ?? {} },
  ...(queue ? { queue } : {}),
})
/** A redrive policy as it stays when the dead-letter queue is deleted: SQS does not take one like it anew. */
function leaveBehind({ world }: TestSandbox, deadLetterTargetArn: string): void {
  const queue = world.sqs.queues.get(arnOfQueue())
  if (queue === undefined) throw new Error('the queue was made')
  const policy = JSON.stringify({ deadLetterTargetArn, maxReceiveCount: 5 })
  queue.settings = new Map([...queue.settings, ['RedrivePolicy', policy]])
}

const rows: readonly Row[] = [
  [
    'a queue that hides as long as the function may run',
    'pass',
    null,
    { queue: { attributes: { VisibilityTimeout: '5' } } },
  ],
  [
    'a queue that hides for less',
    'fail',
    'visibility-timeout-below-function-timeout',
    { queue: { attributes: { VisibilityTimeout: '4' } } },
  ],
  ['an alias that exists', 'pass', null, { also: makeAlias, request: { function: 'worker:live' } }],
  ['an alias that does not', 'fail', 'qualifier-not-found', { request: { function: 'worker:live' } }],
  ['a version that exists', 'pass', null, { also: makeAlias, request: { function: 'worker:1' } }],
  ['a version that does not', 'fail', 'qualifier-not-found', { request: { function: 'worker:7' } }],
  ['a function that does not exist', 'fail', 'function-not-found', { request: { function: 'wroker' } }],
  [
    'another mapping with another alias',
    'pass',
    null,
    {
      also: async (sandbox) => {
        await makeAlias(sandbox)
        await wire(sandbox, 'worker:live', {})
      },
    },
  ],
  [
    'the same mapping, Disabled',
    'fail',
    'mapping-differs',
    { also: (sandbox) => wire(sandbox, 'worker', { Enabled: false }) },
  ],
  [
    'the same mapping with another batch size',
    'fail',
    'mapping-differs',
    { also: (sandbox) => wire(sandbox, 'worker', { BatchSize: 5 }), ...asks({ batchSize: 7 }) },
  ],
  ['FIFO', 'pass', null, { queue: fifo }],
  ['FIFO, ten at once', 'pass', null, asks({ batchSize: 10 }, fifo)],
  ['FIFO, eleven at once', 'fail', 'fifo-batch-size-above-ten', asks({ batchSize: 11 }, fifo)],
  ['FIFO with a window', 'fail', 'window-on-fifo', asks({ batchWindowSeconds: 1 }, fifo)],
  ['eleven without a window', 'fail', 'batch-size-needs-window', asks({ batchSize: 11 })],
  ['eleven with a window', 'pass', null, asks({ batchSize: 11, batchWindowSeconds: 1 })],
  ['no message at once', 'fail', 'batch-size-out-of-range', asks({ batchSize: 0 })],
  ['too long a window', 'fail', 'window-out-of-range', asks({ batchWindowSeconds: 301 })],
  ['concurrency 1', 'fail', 'maximum-concurrency-out-of-range', asks({ maxConcurrency: 1 })],
  ['concurrency 1001', 'fail', 'maximum-concurrency-out-of-range', asks({ maxConcurrency: 1001 })],
  ['one poller', 'fail', 'pollers-out-of-range', asks({ minimumPollers: 1 })],
  [
    'pollers the wrong way round',
    'fail',
    'pollers-out-of-range',
    asks({ minimumPollers: 9, maximumPollers: 8 }),
  ],
  [
    'two ways of scaling',
    'fail',
    'pollers-with-maximum-concurrency',
    asks({ minimumPollers: 2, maxConcurrency: 2 }),
  ],
  [
    'a filter that is no pattern',
    'fail',
    'filter-pattern-invalid',
    asks({ filters: ['{"body":{"type":"order"}}'] }),
  ],
  [
    'more filters than the quota',
    'unknown',
    'filter-count-above-limit',
    asks({ filters: Array(6).fill(filter) }),
  ],
  [
    'more filters than any quota',
    'fail',
    'filter-count-above-limit',
    asks({ filters: Array(11).fill(filter) }),
  ],
  [
    'a filter that is too long',
    'fail',
    'filter-pattern-invalid',
    asks({ filters: [`{"body":["${'x'.repeat(4096)}"]}`] }),
  ],
  ['a filter that keeps nothing of the test', 'pass', null, asks({ filters: [filter] })],
  [
    'a function whose concurrency is 0',
    'fail',
    'reserved-concurrency-zero',
    {
      also: (sandbox) =>
        sandbox.seed([
          {
            service: 'lambda',
            operation: 'PutFunctionConcurrency',
            input: { FunctionName: 'worker', ReservedConcurrentExecutions: 0 },
          },
        ]),
    },
  ],
]

describe('queue, function and settings', () => {
  it.each(rows.map((row) => [row[0], row[1], row] as const))('%s: %s', (_, __, row) =>
    expectAgreement(row, 'new'),
  )

  it('a mapping that is being deleted is not in the way: the wiring waits for it', async () => {
    const { sandbox, session } = await build({})
    const uuid = await wire(sandbox, 'worker', {})
    await sandbox.seed([{ service: 'lambda', operation: 'DeleteEventSourceMapping', input: { UUID: uuid } }])
    const { verdict, byRule } = await judgeScenario(session, sandbox, {})
    expect({ verdict, exists: byRule['mapping-exists']?.status }).toEqual({ verdict: 'pass', exists: 'pass' })
  })

  it('a mapping that is as asked for is no failure', async () => {
    const { sandbox, session } = await build({})
    await wire(sandbox, 'worker', {})
    const { verdict, byRule } = await judgeScenario(session, sandbox, {})
    expect({ verdict, exists: byRule['mapping-exists']?.status }).toEqual({ verdict: 'pass', exists: 'warn' })
  })
})

describe('dead-letter queues', () => {
  const dead = (name: string, owner = account) => arnOfQueue(name, owner)

  it.each([
    ['one that exists', dead('dead'), 'pass'],
    ['one that does not', dead('gone'), 'fail'],
    ['one of another account, which may only be hidden', dead('gone', other), 'unknown'],
    ['one of another Region', `arn:aws:sqs:eu-west-1:${account}:dead`, 'unknown'],
  ])('%s', async (_, arn, status) => {
    const { sandbox, session } = await build({})
    await sandbox.seed([{ service: 'sqs', operation: 'CreateQueue', input: { QueueName: 'dead' } }])
    leaveBehind(sandbox, arn)
    const { byRule } = await judgeScenario(session, sandbox, {})
    expect(byRule['dead-letter-queue-missing']?.status).toBe(status)
  })

  it('one of the other type', async () => {
    const { sandbox, session } = await build({})
    await sandbox.seed([
      {
        service: 'sqs',
        operation: 'CreateQueue',
        input: { QueueName: 'dead.fifo', Attributes: { FifoQueue: 'true' } },
      },
    ])
    leaveBehind(sandbox, dead('dead.fifo'))
    const { errors } = await judgeScenario(session, sandbox, {})
    expect(errors).toEqual(['dead-letter-queue-type-differs'])
  })
})

it.each(['Pending', 'Failed', 'Deactivating', 'Deleting'])('a function that is %s', async (State) => {
  const { sandbox, session } = await build({})
  // The sandbox makes functions at once; AWS answers so while it makes, or has failed to make, one.
  const answer = {
    FunctionArn: workerArn,
    FunctionName: 'worker',
    Role: `arn:aws:iam::${account}:role/worker-role`,
    Timeout: 5,
    State,
  }
  session.clients.lambda.middlewareStack.add(
    (next, context) => async (args) => {
      const given = await next(args)
      if (context.commandName === 'GetFunctionConfigurationCommand') Object.assign(given.output, answer)
      return given
    },
    { step: 'initialize', name: 'state' },
  )
  const { errors } = await judgeScenario(session, sandbox, {})
  expect(errors).toEqual(['function-not-active'])
})

async function makeAlias({ admin }: TestSandbox): Promise<void> {
  await admin.lambda.send(new PublishVersionCommand({ FunctionName: 'worker' }))
  await admin.lambda.send(
    new CreateAliasCommand({ FunctionName: 'worker', Name: 'live', FunctionVersion: '1' }),
  )
}

async function wire(sandbox: TestSandbox, FunctionName: string, more: object): Promise<string> {
  const input = { EventSourceArn: `arn:aws:sqs:${region}:${account}:orders`, FunctionName, ...more }
  const [made] = await sandbox.seed([{ service: 'lambda', operation: 'CreateEventSourceMapping', input }])
  await sandbox.advance(1000)
  return (made as { UUID: string }).UUID // as Lambda answers
}
