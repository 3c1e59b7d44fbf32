import { AwsFault } from '../../aws-fault.js'
import { type Call, defineAction } from '../../define-action.js'
import { text, textMap } from '../../members.js'
import { describe, withChanges } from '../attributes.js'
import { measure } from '../message-counts.js'
import { createQueue } from '../queue.js'
import { createMeter } from '../queue-meter.js'
import { needOnArn, queueArn } from '../queue-url.js'
import { checkRedrivePolicy } from '../redrive-rules.js'
import { invalidValue, missingParameter } from '../refusals.js'
import type { Queue, QueueSettings } from '../state.js'

interface Input {
  readonly name: string
  readonly settings: QueueSettings
  /** As given: what an existing queue of this name is compared with. */
  readonly attributes: Readonly<Record<string, string>>
  readonly tags: Readonly<Record<string, string>>
}

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_CreateQueue.html */
export default defineAction<Input, { readonly QueueUrl: string }>({
  service: 'sqs',
  name: 'CreateQueue',

  decode: (raw) => {
    const name = text(raw, 'QueueName')
    if (!name) throw missingParameter('QueueName')
    const attributes = textMap(raw, 'Attributes') ?? {}
    const fifo = attributes.FifoQueue?.toLowerCase() === 'true'
    if (name.length > 80 || !(fifo ? /^[A-Za-z0-9_-]+\.fifo$/ : /^[A-Za-z0-9_-]+$/).test(name)) {
      throw invalidValue(fifo ? fifoNameRule : nameRule, false)
    }
    return {
      name,
      attributes,
      settings: withChanges(new Map(), attributes, fifo),
      tags: textMap(raw, 'tags') ?? {},
    }
  },

  needs: ({ name, tags }, call) => {
    const { account } = call.principal
    const address = { arn: arnOf(name, call), account }
    const actions = Object.keys(tags).length > 0 ? ['CreateQueue', 'TagQueue'] : ['CreateQueue']
    return actions.map((action) => needOnArn(action, address, call))
  },

  run: ({ name, attributes, settings, tags }, call) => {
    const { sqs, clock, endpoint } = call.world
    const { account } = call.principal
    const arn = arnOf(name, call)
    const existing = sqs.queues.get(arn)
    if (existing) return { QueueUrl: sameOrRefuse(existing, attributes) }
    if ((sqs.deletedAt.get(arn) ?? Number.NEGATIVE_INFINITY) + 60_000 > clock.now()) throw deletedRecently()
    checkRedrivePolicy({ arn, fifo: name.endsWith('.fifo') }, settings, sqs.queues)
    const url = `${endpoint}/${account}/${name}`
    const identity = { arn, name, account, region: call.region }
    const meter = createMeter(call.world, identity)
    const queue = createQueue({ ...identity, url, clock, queues: sqs.queues, meter }, settings)
    for (const [key, value] of Object.entries(tags)) queue.tags.set(key, value)
    sqs.queues.set(arn, queue)
    return { QueueUrl: url }
  },
})

const arnOf = (name: string, { world, region, principal }: Call) =>
  queueArn(world.partition, region, principal.account, name)

function sameOrRefuse(queue: Queue, attributes: Readonly<Record<string, string>>): string {
  const present = describe(queue, measure(queue))
  const different = Object.entries(attributes).find(([name, value]) => (present[name] ?? '') !== value)
  if (different) {
    throw new AwsFault(
      'QueueNameExists',
      `A queue already exists with the same name and a different value for attribute ${different[0]}`,
      { queryCode: 'QueueAlreadyExists' },
    )
  }
  return queue.url
}

const deletedRecently = () =>
  new AwsFault(
    'QueueDeletedRecently',
    'You must wait 60 seconds after deleting a queue before you can create another with the same name.',
    { queryCode: 'AWS.SimpleQueueService.QueueDeletedRecently', recorded: false },
  )

const nameRule = 'Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length'
const fifoNameRule =
  'The name of a FIFO queue can only include alphanumeric characters, hyphens, or underscores, must end with .fifo suffix and be 1 to 80 in length.'
