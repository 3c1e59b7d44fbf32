import { randomUUID } from 'node:crypto'
import { moveMessage } from './move-message.js'
import { hasExpired } from './queue.js'
import type { MoveTask, Queue, SqsState } from './state.js'

/** AWS lists no more; so many are kept of each queue. */
export const keptTasks = 10

/**
 * Without a rate AWS chooses one by the backlog, "the maximum number of messages per second" in the console's words;
 * 500 is the most that can be asked for.
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-configure-dead-letter-queue-redrive.html
 */
export const highestRate = 500

/** A task looks at its queue no more often than this, however high its rate. */
const shortestStepMs = 100

/** Starts a task. It moves its first messages one step later, so that it can be seen running. */
export function startMoveTask(
  state: SqsState,
  source: Queue,
  options: { readonly destinationArn: string | undefined; readonly maxPerSecond: number | undefined },
): MoveTask {
  const task: MoveTask = {
    id: randomUUID(),
    sourceArn: source.arn,
    ...options,
    startedAt: source.clock.now(),
    toMove: movable(source).length,
    status: 'RUNNING',
    moved: 0,
    failureReason: undefined,
    timer: undefined,
  }
  const earlier = state.moveTasks.get(source.arn) ?? []
  state.moveTasks.set(source.arn, [task, ...earlier].slice(0, keptTasks))
  nextStep(state, source, task)
  return task
}

/** The task that is not over yet; AWS allows one to a queue. */
export function activeTask(state: SqsState, sourceArn: string): MoveTask | undefined {
  return state.moveTasks.get(sourceArn)?.find(({ status }) => status === 'RUNNING' || status === 'CANCELLING')
}

function nextStep(state: SqsState, source: Queue, task: MoveTask): void {
  const rate = task.maxPerSecond ?? highestRate
  const stepMs = Math.max(shortestStepMs, 1000 / rate)
  task.timer = source.clock.after(stepMs, () => {
    task.timer = undefined
    step(state, source, task, (source.clock.now() - task.startedAt) * (rate / 1000))
  })
}

/** Moves what the rate has allowed since the start; over when all is moved that lay there then. */
function step(state: SqsState, source: Queue, task: MoveTask, allowed: number): void {
  if (task.status === 'CANCELLING') {
    task.status = 'CANCELLED'
    return
  }
  const due = Math.min(Math.round(allowed), task.toMove) - task.moved
  const problem = moveSome(state, source, task, due)
  if (problem !== undefined) {
    task.status = 'FAILED'
    task.failureReason = problem
  } else if (task.moved >= task.toMove || movable(source).length === 0) {
    // Others may have received or deleted messages meanwhile: then there is less to move than at the start.
    task.status = 'COMPLETED'
  } else nextStep(state, source, task)
}

/** Returns the reason for which the task cannot go on, if there is one. */
function moveSome({ queues }: SqsState, source: Queue, task: MoveTask, due: number): string | undefined {
  for (const message of movable(source).slice(0, due)) {
    const problem = moveMessage(queues, source, message, task.destinationArn)
    if (problem !== undefined) return problem
    task.moved += 1
  }
  return undefined
}

/** Oldest first. What somebody else received is hidden from the task, too. */
function movable(queue: Queue) {
  const now = queue.clock.now()
  return [...queue.messages.values()].filter(
    (message) => message.visibleAt <= now && !hasExpired(queue, message, now),
  )
}
