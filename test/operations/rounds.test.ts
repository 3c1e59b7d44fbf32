import { describe, expect, it } from 'vitest'
import { readContext } from '../../src/operations/call-context.js'
import { listMappings } from '../../src/operations/list.js'
import { planSending } from '../../src/operations/send/plan-sending.js'
import { readStatus } from '../../src/operations/status.js'
import { account } from '../preflight/preflight-world.js'
import { allow, arnOfQueue, build, polling } from '../preflight/scenario.js'
import { collect } from '../support/collect.js'
import { inRounds } from '../support/in-rounds.js'

// Loaded when they are needed; here, so that no round waits for it.
import '../../src/operations/mapping-rules.js'
import '../../src/preflight/judge-rules.js'

/** A queue with a dead-letter queue, wired. */
async function wired() {
  const scene = await build({
    role: { inline: [polling, allow('logs:*')] },
    caller: { kind: 'user', inline: [allow('*')] },
  })
  const { sandbox } = scene
  const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: arnOfQueue('orders-dead'), maxReceiveCount: 5 })
  const QueueUrl = `${sandbox.endpoint}/${account}/orders`
  await sandbox.seed([
    { service: 'sqs', operation: 'CreateQueue', input: { QueueName: 'orders-dead' } },
    { service: 'sqs', operation: 'SetQueueAttributes', input: { QueueUrl, Attributes: { RedrivePolicy } } },
    {
      service: 'lambda',
      operation: 'CreateEventSourceMapping',
      input: { EventSourceArn: arnOfQueue(), FunctionName: 'worker' },
    },
  ])
  return scene
}

describe('round trips in sequence', () => {
  it('list: 1, because a whole list does not turn on who asks', async () => {
    const { session } = await wired()
    const { rounds } = await inRounds(session, () => collect(listMappings({}, session)))
    expect(rounds.map((round) => round.toSorted())).toEqual([
      ['GetCallerIdentity', 'ListEventSourceMappings'],
    ])
  })

  it('list of one queue by its name: 2', async () => {
    const { session } = await wired()
    const { rounds } = await inRounds(session, () => collect(listMappings({ queue: 'orders' }, session)))
    expect(rounds).toEqual([['GetCallerIdentity'], ['ListEventSourceMappings']])
  })

  // Who asks; the mapping; both ends; what the simulator says, and the queue behind the queue.
  it('status with its checks: 4, the checks beside the rest', async () => {
    const { session } = await wired()
    const status = () => collect(readStatus('orders', 'worker', session, { checks: true }))
    const { rounds, result } = await inRounds(session, status)
    expect(result.result.findings).not.toEqual([])
    expect(rounds.length).toBe(4)
  })

  it('what a test message needs once the mapping is there: 2, the second for the dead-letter queue', async () => {
    const { session } = await wired()
    const { result: listed } = await collect(listMappings({}, session))
    const [mapping] = listed.mappings
    if (mapping === undefined) throw new Error('nothing is wired')
    const context = await readContext(session)
    const request = { queue: 'orders', count: 1, prove: 'medium' } as const
    const { rounds } = await inRounds(session, () =>
      collect(planSending(request, session, { mapping, context })),
    )
    expect(rounds.map((round) => round.toSorted())).toEqual([
      ['GetFunctionConfiguration', 'GetQueueAttributes', 'ListEventSourceMappings'],
      ['GetQueueAttributes', 'ListEventSourceMappings'],
    ])
  })
})
