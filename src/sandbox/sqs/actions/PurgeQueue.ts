import { AwsFault } from '../../aws-fault.js'
import { defineAction } from '../../define-action.js'
import { findQueue, needOnQueue, type QueueInput, readQueueUrl } from '../queue-url.js'

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_PurgeQueue.html */
export default defineAction<QueueInput, object>({
  service: 'sqs',
  name: 'PurgeQueue',
  decode: (raw) => ({ queueUrl: readQueueUrl(raw) }),
  needs: ({ queueUrl }, call) => needOnQueue('PurgeQueue', queueUrl, call),
  run: ({ queueUrl }, call) => {
    const queue = findQueue(queueUrl, call)
    const now = call.world.clock.now()
    if (queue.purgedAt !== undefined && queue.purgedAt + 60_000 > now) {
      throw new AwsFault(
        'PurgeQueueInProgress',
        `Only one PurgeQueue operation on ${queue.name} is allowed every 60 seconds.`,
        { status: 403, queryCode: 'AWS.SimpleQueueService.PurgeQueueInProgress' },
      )
    }
    queue.purgedAt = now
    queue.messages.clear()
    queue.inFlight.clear()
    return {}
  },
})
