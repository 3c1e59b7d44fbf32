import {
  CancelMessageMoveTaskCommand,
  ListMessageMoveTasksCommand,
  StartMessageMoveTaskCommand,
} from '@aws-sdk/client-sqs'
import { nameIn } from '../arn.js'
import type { CancelMove, StartMove } from '../change.js'
import type { MoveTask } from '../dead-letters.js'
import type { Clients } from './clients.js'
import { answeredWithout } from './not-aws.js'
import { send } from './send.js'

/**
 * The last moves out of a queue, the newest first.
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_ListMessageMoveTasks.html
 * @throws SqsTriggerError ACCESS_DENIED, QUEUE_NOT_FOUND
 */
export async function readMoveTasks(
  clients: Clients,
  sourceArn: string,
  signal?: AbortSignal,
): Promise<readonly MoveTask[]> {
  const command = new ListMessageMoveTasksCommand({ SourceArn: sourceArn, MaxResults: 10 })
  const during = signal ? { abortSignal: signal } : {}
  const answer = await send(clients, call('ListMessageMoveTasks', sourceArn), () =>
    clients.sqs.send(command, during),
  )
  return (answer.Results ?? []).map((task) => ({
    handle: task.TaskHandle ?? null,
    status: task.Status ?? 'unknown',
    moved: task.ApproximateNumberOfMessagesMoved ?? 0,
    toMove: task.ApproximateNumberOfMessagesToMove ?? null,
    failureReason: task.FailureReason ?? null,
    startedAt: task.StartedTimestamp === undefined ? null : new Date(task.StartedTimestamp).toISOString(),
  }))
}

/**
 * Starts to move all messages back to the queues that they came from, and returns the handle of the task.
 * @throws SqsTriggerError ACCESS_DENIED, QUEUE_NOT_FOUND, REJECTED_BY_AWS where a task runs already
 */
export async function startMoveTask(
  clients: Clients,
  { sourceArn, maxPerSecond }: StartMove,
): Promise<string> {
  const command = new StartMessageMoveTaskCommand(startMoveInput({ sourceArn, maxPerSecond }))
  const answer = await send(clients, call('StartMessageMoveTask', sourceArn), () => clients.sqs.send(command))
  if (answer.TaskHandle) return answer.TaskHandle
  throw answeredWithout(clients, 'SQS', 'the handle of a move task')
}

/** Ends a task; what it has moved stays moved. @throws SqsTriggerError ACCESS_DENIED, NOT_FOUND */
export async function cancelMoveTask(clients: Clients, { handle, sourceArn }: CancelMove): Promise<void> {
  const command = new CancelMessageMoveTaskCommand({ TaskHandle: handle })
  await send(clients, call('CancelMessageMoveTask', sourceArn), () => clients.sqs.send(command))
}

export const startMoveInput = ({
  sourceArn,
  maxPerSecond,
}: Pick<StartMove, 'sourceArn' | 'maxPerSecond'>) => ({
  SourceArn: sourceArn,
  ...(maxPerSecond === null ? {} : { MaxNumberOfMessagesPerSecond: maxPerSecond }),
})

const call = (operation: string, queueArn: string) => ({
  service: 'sqs',
  operation,
  queue: nameIn(queueArn),
})
