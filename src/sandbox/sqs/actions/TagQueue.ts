import { defineAction } from '../../define-action.js'
import { textMap } from '../../members.js'
import { findQueue, needOnQueue, type QueueInput, readQueueUrl } from '../queue-url.js'
import { invalidValue, missingParameter } from '../refusals.js'

interface Input extends QueueInput {
  readonly tags: Readonly<Record<string, string>>
}

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_TagQueue.html */
export default defineAction<Input, object>({
  service: 'sqs',
  name: 'TagQueue',
  decode: (raw) => {
    const tags = textMap(raw, 'Tags')
    if (!tags) throw missingParameter('Tags')
    return { queueUrl: readQueueUrl(raw), tags }
  },
  needs: ({ queueUrl }, call) => needOnQueue('TagQueue', queueUrl, call),
  run: ({ queueUrl, tags }, call) => {
    const queue = findQueue(queueUrl, call)
    if (new Set([...queue.tags.keys(), ...Object.keys(tags)]).size > 50) {
      throw invalidValue('Too many tags added for queue.', false)
    }
    for (const [key, value] of Object.entries(tags)) queue.tags.set(key, value)
    return {}
  },
})
