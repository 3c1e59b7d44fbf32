import { expect, test } from 'vitest'
import { auditOf } from '../fleet/audit-scene.js'
import { type Journey, startJourney } from '../support/journey.js'
import { runHere } from '../support/run-here.js'

/** `orders` is wired; `ship`, with its dead-letter queue, is not, and neither is `attic`. */
async function withUnread(): Promise<Journey> {
  const journey = await startJourney()
  expect((await runHere(['wire', 'orders', 'worker', '--yes'], journey.env)).code).toBe(0)
  await journey.addQueue('ship-dead-letter')
  const deadLetterTargetArn = journey.queueArn('ship-dead-letter')
  await journey.addQueue('ship', {
    RedrivePolicy: JSON.stringify({ deadLetterTargetArn, maxReceiveCount: 5 }),
  })
  await journey.addQueue('attic')
  return journey
}

test('a queue that another sends its dead letters to is used, also where no mapping reads from that', async () => {
  const journey = await withUnread()
  const before = journey.calls().length
  const { result, events } = await auditOf(journey)
  expect(result.orphans.map(({ name }) => name)).toEqual(['attic', 'ship'])
  expect(events.filter(({ type }) => type === 'warning')).toEqual([])
  const asked = journey.calls().slice(before)
  const lookedAt = asked.filter(({ operation }) => operation === 'ListDeadLetterSourceQueues')
  expect(lookedAt).toHaveLength(3)
})

test('where that may not be asked, it is unknown, and none is named', async () => {
  const journey = await withUnread()
  const Statement = [{ Effect: 'Deny', Action: 'sqs:ListDeadLetterSourceQueues', Resource: '*' }]
  const PolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement })
  const input = { UserName: 'administrator', PolicyName: 'refused', PolicyDocument }
  await journey.seed([{ service: 'iam', operation: 'PutUserPolicy', input }])
  const { result, events } = await auditOf(journey)
  expect(result.orphans).toEqual([])
  expect(events.flatMap((event) => (event.type === 'warning' ? [event.message] : []))).toEqual([
    `Whether anything in ${journey.region} uses queue attic and 2 more is unknown: sqs:ListDeadLetterSourceQueues was refused.`,
  ])
})
