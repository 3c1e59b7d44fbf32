import { defineAction } from '../../define-action.js'
import { texts } from '../../members.js'
import { describe, isAttributeName } from '../attributes.js'
import { findQueue, needOnQueue, type QueueInput, readQueueUrl } from '../queue-url.js'
import { unknownAttribute } from '../refusals.js'
import { toldCounts } from '../told-counts.js'

interface Input extends QueueInput {
  readonly names: readonly string[]
}

interface Output {
  readonly Attributes?: Readonly<Record<string, string>>
}

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_GetQueueAttributes.html */
export default defineAction<Input, Output>({
  service: 'sqs',
  name: 'GetQueueAttributes',

  decode: (raw) => {
    const names = texts(raw, 'AttributeNames') ?? []
    const unknown = names.find((name) => !isAttributeName(name))
    if (unknown !== undefined) throw unknownAttribute(unknown)
    return { queueUrl: readQueueUrl(raw), names }
  },

  needs: ({ queueUrl }, call) => needOnQueue('GetQueueAttributes', queueUrl, call),

  run: ({ queueUrl, names }, call) => {
    const queue = findQueue(queueUrl, call)
    const all = Object.entries(describe(queue, toldCounts(call.world.sqs, queue)))
    const asked = names.includes('All') ? all : all.filter(([name]) => names.includes(name))
    return asked.length > 0 ? { Attributes: Object.fromEntries(asked) } : {}
  },
})
