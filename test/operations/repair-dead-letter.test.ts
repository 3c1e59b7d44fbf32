import { describe, expect, it } from 'vitest'
import { account } from '../preflight/preflight-world.js'
import { allow, arnOfQueue, forWhom, type Scenario } from '../preflight/scenario.js'
import type { TestSandbox } from '../support/sandbox.js'
import { mend, type Scene, scene } from './repair-scene.js'

const root = forWhom(`arn:aws:iam::${account}:root`, allow('kms:*'))
const key = { policy: () => [root] }
const settingsOf = ({ sandbox }: Scene, name: string) => {
  const settings = sandbox.world.sqs.queues.get(arnOfQueue(name))?.settings
  const names = ['KmsMasterKeyId', 'KmsDataKeyReusePeriodSeconds', 'SqsManagedSseEnabled'] as const
  return names.map((one) => settings?.get(one))
}

describe('a new dead-letter queue', () => {
  it.each<readonly [what: string, scenario: Scenario]>([
    ['', { key }],
    [', called by its id', { key: { ...key, called: 'id' } }],
    [', called by an alias', { key: { ...key, called: 'alias' } }],
    [', for as long', { key, queue: { attributes: { KmsDataKeyReusePeriodSeconds: '86400' } } }],
    [', with AWS’s own', { queue: { attributes: { KmsMasterKeyId: 'alias/aws/sqs' } } }],
    [', of a FIFO queue', { key, queue: { name: 'orders.fifo' } }],
  ])('has the key of its source%s', async (_, scenario) => {
    const at = await scene(scenario)
    const { repair } = await mend(at, 'no-dead-letter-queue')
    const { name = 'orders' } = scenario.queue ?? {}
    const of = settingsOf(at, name)
    expect(of[0]).toBeDefined()
    expect(settingsOf(at, name.replace('orders', 'orders-dead-letter'))).toEqual(of)
    expect(repair.effects[1]).toMatch(
      /^Queue orders-dead-letter\S* is encrypted with key \S+, as orders\S* is: who reads from it needs kms:Decrypt\.$/,
    )
  })

  it.each<readonly [what: string, scenario: Scenario, effects: readonly string[]]>([
    [
      'an unencrypted queue',
      { queue: { attributes: { SqsManagedSseEnabled: 'false' } } },
      ['Queue orders-dead-letter encrypts what is sent to it, as SQS does by default; orders does not.'],
    ],
    ['a queue with a key of SQS', {}, []],
  ])('of %s is as SQS makes it', async (_, scenario, effects) => {
    const at = await scene(scenario)
    const { repair } = await mend(at, 'no-dead-letter-queue')
    expect(settingsOf(at, 'orders-dead-letter').slice(0, 2)).toEqual([undefined, undefined])
    expect(settingsOf(at, 'orders-dead-letter')[2]).not.toBe('false')
    expect(repair.effects.filter((effect) => effect.includes('encrypt'))).toEqual(effects)
  })

  it('does not get a key that is gone', async () => {
    const at = await scene({ key: { ...key, after: 'ScheduleKeyDeletion' } })
    const { repair } = await mend(at, 'no-dead-letter-queue')
    expect(settingsOf(at, 'orders-dead-letter')[0]).toBe(undefined)
    expect(repair.effects[1]).toMatch(/does not get key \S+ of orders, which cannot be used any more\.$/)
  })

  it('of the name that the queue gives has the key, too', async () => {
    const at = await scene({ key, also: loseDeadLetterQueue })
    await mend(at, 'dead-letter-queue-missing')
    expect(settingsOf(at, 'dead')).toEqual(settingsOf(at, 'orders'))
  })
})

async function loseDeadLetterQueue(sandbox: TestSandbox): Promise<void> {
  const QueueUrl = (name: string) => `${sandbox.endpoint}/${account}/${name}`
  const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: arnOfQueue('dead'), maxReceiveCount: 5 })
  const Attributes = { RedrivePolicy }
  await sandbox.seed([
    { service: 'sqs', operation: 'CreateQueue', input: { QueueName: 'dead' } },
    { service: 'sqs', operation: 'SetQueueAttributes', input: { QueueUrl: QueueUrl('orders'), Attributes } },
    { service: 'sqs', operation: 'DeleteQueue', input: { QueueUrl: QueueUrl('dead') } },
  ])
  await sandbox.advance(61_000) // until then SQS refuses the name
}
