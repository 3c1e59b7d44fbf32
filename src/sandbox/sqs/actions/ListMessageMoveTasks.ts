import { defineAction } from '../../define-action.js'
import { integer, text } from '../../members.js'
import { issueTaskHandle, ownerOf } from '../move-task-handle.js'
import { keptTasks } from '../move-tasks.js'
import { needOnArn } from '../queue-url.js'
import { invalidValue, missingParameter, resourceNotFound } from '../refusals.js'
import type { MoveTask } from '../state.js'

interface Input {
  readonly sourceArn: string
  readonly maxResults: number
}

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_ListMessageMoveTasks.html */
export default defineAction<Input, object>({
  service: 'sqs',
  name: 'ListMessageMoveTasks',

  decode: (raw) => {
    const sourceArn = text(raw, 'SourceArn')
    if (!sourceArn) throw missingParameter('SourceArn')
    return { sourceArn, maxResults: readMaxResults(integer(raw, 'MaxResults')) }
  },

  needs: ({ sourceArn }, call) =>
    ['ListMessageMoveTasks', 'GetQueueAttributes'].map((action) =>
      needOnArn(action, ownerOf(sourceArn, call), call),
    ),

  run: ({ sourceArn, maxResults }, call) => {
    const { queues, moveTasks } = call.world.sqs
    if (!queues.has(sourceArn)) throw resourceNotFound('SourceArn', false)
    return { Results: (moveTasks.get(sourceArn) ?? []).slice(0, maxResults).map(describe) }
  },
})

/** The handle only while it can be used; destination and rate only where they were asked for. */
function describe(task: MoveTask) {
  return {
    TaskHandle: task.status === 'RUNNING' ? issueTaskHandle(task) : undefined,
    Status: task.status,
    SourceArn: task.sourceArn,
    DestinationArn: task.destinationArn,
    MaxNumberOfMessagesPerSecond: task.maxPerSecond,
    ApproximateNumberOfMessagesMoved: task.moved,
    ApproximateNumberOfMessagesToMove: task.toMove,
    FailureReason: task.failureReason,
    StartedTimestamp: task.startedAt,
  }
}

function readMaxResults(value = 1): number {
  if (value >= 1 && value <= keptTasks) return value
  throw invalidValue(
    `Value ${value} for parameter MaxResults is invalid. Reason: Must be between 1 and ${keptTasks}, if provided.`,
    false,
  )
}
