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
    const { sqs, clock } = call.world
    silence(queue)
    sqs.queues.delete(queue.arn)
    // A queue that is made again under this name has had no tasks.
    for (const task of sqs.moveTasks.get(queue.arn) ?? []) task.timer?.cancel()
    sqs.moveTasks.delete(queue.arn)
    sqs.deletedAt.set(queue.arn, clock.now())
    return {}
  },
})
