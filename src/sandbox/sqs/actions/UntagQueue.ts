import { defineAction } from '../../define-action.js'
import { texts } from '../../members.js'
import { findQueue, needOnQueue, type QueueInput, readQueueUrl } from '../queue-url.js'
import { missingParameter } from '../refusals.js'

interface Input extends QueueInput {
  readonly keys: readonly string[]
}

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_UntagQueue.html */
export default defineAction<Input, object>({
  service: 'sqs',
  name: 'UntagQueue',
  decode: (raw) => {
    const keys = texts(raw, 'TagKeys')
    if (!keys) throw missingParameter('TagKeys')
    return { queueUrl: readQueueUrl(raw), keys }
  },
  needs: ({ queueUrl }, call) => needOnQueue('UntagQueue', queueUrl, call),
  run: ({ queueUrl, keys }, call) => {
    const { tags } = findQueue(queueUrl, call)
    for (const key of keys) tags.delete(key)
    return {}
  },
})
