import { defineAction } from '../../define-action.js'
import { findQueue, needOnQueue, type QueueInput, readQueueUrl } from '../queue-url.js'
import { silence } from '../state.js'

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_DeleteQueue.html */
export default defineAction<QueueInput, object>({
  service: 'sqs',
  name: 'DeleteQueue',
  decode: (raw) => ({ queueUrl: readQueueUrl(raw) }),
  needs: ({ queueUrl }, call) => needOnQueue('DeleteQueue', queueUrl, call),
  run: ({ queueUrl }, call) => {
    const queue = findQueue(queueUrl, call)
    silence(queue)
    call.world.sqs.queues.delete(queue.arn)
    call.world.sqs.deletedAt.set(queue.arn, call.world.clock.now())
    return {}
  },
})
