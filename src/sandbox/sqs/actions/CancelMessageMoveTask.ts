import { AwsFault } from '../../aws-fault.js'
import { defineAction } from '../../define-action.js'
import { text } from '../../members.js'
import { ownerOf, readTaskHandle, type TaskReference } from '../move-task-handle.js'
import { needOnArn } from '../queue-url.js'
import { missingParameter, resourceNotFound } from '../refusals.js'

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_CancelMessageMoveTask.html */
export default defineAction<TaskReference, object>({
  service: 'sqs',
  name: 'CancelMessageMoveTask',

  decode: (raw) => {
    const handle = text(raw, 'TaskHandle')
    if (!handle) throw missingParameter('TaskHandle')
    return readTaskHandle(handle)
  },

  // https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-api-permissions-reference.html
  needs: ({ sourceArn }, call) =>
    ['CancelMessageMoveTask', 'ReceiveMessage', 'DeleteMessage', 'GetQueueAttributes'].map((action) =>
      needOnArn(action, ownerOf(sourceArn, call), call),
    ),

  run: ({ sourceArn, taskId }, call) => {
    const { queues, moveTasks } = call.world.sqs
    if (!queues.has(sourceArn)) throw resourceNotFound('SourceArn')
    const task = moveTasks.get(sourceArn)?.find(({ id }) => id === taskId)
    if (!task) throw new AwsFault('ResourceNotFoundException', 'Task does not exist.', { status: 404 })
    if (task.status !== 'RUNNING') {
      throw new AwsFault('UnsupportedOperation', `The task is ${task.status}, not RUNNING.`, {
        queryCode: 'AWS.SimpleQueueService.UnsupportedOperation',
        recorded: false,
      })
    }
    // It ends with its next step; what was moved stays moved.
    task.status = 'CANCELLING'
    return { ApproximateNumberOfMessagesMoved: task.moved }
  },
})
