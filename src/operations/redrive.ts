import { nameIn } from '../arn.js'
import { readReservedConcurrency } from '../aws/lambda-function.js'
import { readMoveTasks } from '../aws/move-tasks.js'
import { readQueue, readQueueCounters } from '../aws/queue.js'
import { toolCommand } from '../command-line.js'
import type { MoveTask } from '../dead-letters.js'
import { SqsTriggerError } from '../errors.js'
import type { Mapping } from '../mapping.js'
import { isOff } from '../mapping-update.js'
import { untilAborted } from '../until-aborted.js'
import type { Operation } from './events.js'
import { findMapping } from './find-mapping.js'
import { functionAt, queueAt } from './mapping-ends.js'
import { lackingRights } from './redrive/lacking-rights.js'
import { asleep, readOtherSources } from './redrive/other-sources.js'
import type { RedrivePlan, RedriveResult } from './redrive/results.js'
import { sendMove } from './redrive/send-move.js'
import type { RedriveOptions, RedriveRequest } from './requests.js'
import { readLastRun } from './runs/last-run.js'
import type { Session } from './session.js'
import { createLookSchedule } from './waiting/look-schedule.js'
import { createPatience } from './waiting/patience.js'

/**
 * What it takes to move the dead letters of a mapping's queue back, or to stop that; changes nothing. A mapping that is
 * off and a function that still fails stand in the way, because the messages would only come back.
 * @throws SqsTriggerError MAPPING_NOT_FOUND or USAGE, as `findMapping`; NOT_FOUND where there is no dead-letter queue.
 */
export async function* planRedrive(request: RedriveRequest, session: Session): Operation<RedrivePlan> {
  const { clients, signal } = session
  const { context, mapping } = yield* findMapping(request.mapping, request.functionName, session)
  const target = { queueArn: mapping.queueArn, functionArn: mapping.functionArn, roleArn: null }
  const source = queueAt(mapping.queueArn)
  const redrive = source && (await untilAborted(readQueue(clients, source), signal)).redrive
  const deadLetters = redrive && queueAt(redrive.deadLetterQueueArn)
  if (!deadLetters) throw noDeadLetterQueue(mapping, session)
  const [counters, tasks, lastRun, otherSources] = await untilAborted(
    Promise.all([
      readQueueCounters(clients, deadLetters),
      readMoveTasks(clients, deadLetters.arn, signal).catch(lackingRights(mapping, session)),
      readLastRun(mapping.functionArn, session),
      readOtherSources(deadLetters, mapping.queueArn, session),
    ]),
    signal,
  )
  const running = tasks.find(({ status }) => status === 'RUNNING' || status === 'CANCELLING') ?? null
  const about = {
    context,
    target,
    mapping,
    deadLetterQueueArn: deadLetters.arn,
    counters,
    running,
    lastRun,
    otherSources,
  }
  if (request.cancel) {
    const change = {
      action: 'cancel',
      type: 'message-move',
      iamAction: 'sqs:CancelMessageMoveTask',
      sourceArn: deadLetters.arn,
      handle: running?.handle ?? '',
    } as const
    const changes = running?.handle ? [change] : []
    yield { type: 'planned', changes }
    return { ...about, changes, outcome: changes.length > 0 ? 'cancel' : 'nothing', obstacle: null }
  }
  if (running) return { ...about, changes: [], outcome: 'running', obstacle: null }
  if (counters.visible + counters.inFlight + counters.delayed === 0) {
    return { ...about, changes: [], outcome: 'nothing', obstacle: null }
  }
  const obstacle = request.force ? null : await obstacleTo(about, session)
  const change = {
    action: 'start',
    type: 'message-move',
    iamAction: 'sqs:StartMessageMoveTask',
    sourceArn: deadLetters.arn,
    maxPerSecond: request.maxPerSecond ?? null,
  } as const
  const changes = obstacle === null ? [change] : []
  if (changes.length > 0) yield { type: 'planned', changes }
  return { ...about, changes, outcome: obstacle === null ? 'start' : 'blocked', obstacle }
}

/** Why the messages would only come back; null: nothing is known. */
async function obstacleTo(
  { mapping, lastRun, otherSources }: Pick<RedrivePlan, 'mapping' | 'lastRun' | 'otherSources'>,
  session: Session,
): Promise<SqsTriggerError | null> {
  const { clients } = session
  const force = 'The messages would only come back; --force moves them all the same.'
  if (isOff(mapping)) {
    return new SqsTriggerError(
      'MAPPING_DISABLED',
      `Event source mapping ${mapping.uuid} is ${mapping.state}. ${force}`,
      { hint: toolCommand(clients, 'enable', mapping.uuid) },
    )
  }
  const { name } = functionAt(mapping.functionArn)
  const reserved = await readReservedConcurrency(clients, functionAt(mapping.functionArn)).catch(() => null)
  if (reserved === 0) {
    return new SqsTriggerError(
      'CHECKS_FAILED',
      `Function ${name} may not run: its reserved concurrency is 0. ${force}`,
      {
        hint: toolCommand(clients, 'explain', 'reserved-concurrency-zero'),
      },
    )
  }
  const [idle] = asleep(otherSources ?? [])
  if (idle !== undefined && idle.mappings?.[0] !== undefined) {
    const [other] = idle.mappings
    return new SqsTriggerError(
      'MAPPING_DISABLED',
      `Messages of queue ${nameIn(idle.queueArn)} lie there, too, and its event source mapping ${other.uuid} is ${other.state}. ${force}`,
      { hint: toolCommand(clients, 'enable', other.uuid) },
    )
  }
  if (lastRun.kind !== 'failed') return null
  return new SqsTriggerError(
    'CHECKS_FAILED',
    `Function ${name} ${lastRun.certain === false ? 'may have failed' : 'failed'} in its last run, at ${lastRun.at}: ${lastRun.failure}. ${force}`,
    { hint: toolCommand(clients, 'logs', mapping.uuid, '--request', lastRun.requestId, '--since', '1h') },
  )
}

/**
 * Starts the move of a plan and tells how it goes on, or stops one. A move that runs already is only looked at. With
 * `wait` false it returns as soon as SQS took the request.
 * @throws SqsTriggerError what stands in the way; AWS_FAILED where SQS gave the move up; NOT_FINISHED, or as AWS answers.
 */
export async function* applyRedrive(
  plan: RedrivePlan,
  options: RedriveOptions,
  session: Session,
): Operation<RedriveResult> {
  if (plan.obstacle !== null) throw plan.obstacle
  const started = session.clock.now()
  for (const change of plan.changes) {
    const made = await sendMove(change, session).catch(lackingRights(plan.mapping, session))
    const undo =
      change.action === 'start' ? toolCommand(session.clients, 'redrive', plan.mapping.uuid, '--cancel') : ''
    yield { type: 'change-applied', change, made: { ...made, undo } }
  }
  const outcome =
    plan.outcome === 'start' || plan.outcome === 'running'
      ? 'moved'
      : plan.outcome === 'cancel'
        ? 'cancelled'
        : 'nothing'
  const ended = (task: MoveTask | null, how: RedriveResult['outcome'] = outcome) => ({
    outcome: how,
    task,
    waitedMs: session.clock.now() - started,
  })
  if (outcome === 'nothing') return ended(null)
  if (options.wait === false) return ended(plan.running, outcome === 'moved' ? 'moving' : outcome)
  const last = yield* watchMove(plan, options.timeoutMs ?? Number.POSITIVE_INFINITY, session)
  return ended(last, last.status === 'CANCELLED' ? 'cancelled' : outcome)
}

async function* watchMove(plan: RedrivePlan, timeoutMs: number, session: Session): Operation<MoveTask> {
  const { clients, clock, signal } = session
  const started = clock.now()
  const looks = createLookSchedule(started, 'called')
  const patience = createPatience(looks, session)
  const left = () => started + timeoutMs - clock.now()
  let last: MoveTask | undefined
  try {
    for (;;) {
      let task: MoveTask | undefined
      try {
        ;[task] = await untilAborted(readMoveTasks(clients, plan.deadLetterQueueArn, signal), signal)
      } catch (error) {
        yield* patience.after(error, left(), () => notMoved(plan, last, session))
        continue
      }
      const elapsedMs = clock.now() - started
      if (task !== undefined) {
        last = task
        yield {
          type: 'move-progress',
          moved: task.moved,
          toMove: task.toMove,
          status: task.status,
          elapsedMs,
          timeoutMs,
        }
        if (task.status === 'COMPLETED' || task.status === 'CANCELLED') return task
        if (task.status === 'FAILED') throw givenUp(task, plan, session)
      }
      if (left() <= 0) throw notMoved(plan, last, session)
      await clock.sleep(Math.min(looks.next(clock.now()), left()), signal)
    }
  } catch (error) {
    if (!signal.aborted) throw error
    const { reason } = signal
    const code = reason instanceof SqsTriggerError ? reason.code : 'INTERRUPTED'
    const again = toolCommand(clients, 'redrive', plan.mapping.uuid)
    throw new SqsTriggerError(code, `Stopped watching. ${toldOf(last)} AWS goes on by itself.`, {
      hint: `continue: ${again}\ncancel: ${toolCommand(clients, 'redrive', plan.mapping.uuid, '--cancel')}`,
      cause: reason,
    })
  }
}

function notMoved(
  { mapping }: RedrivePlan,
  last: MoveTask | undefined,
  { clients }: Session,
): SqsTriggerError {
  return new SqsTriggerError('NOT_FINISHED', `${toldOf(last)} AWS goes on by itself.`, {
    hint: toolCommand(clients, 'redrive', mapping.uuid),
  })
}

function toldOf(task: MoveTask | undefined): string {
  if (task === undefined) return 'The move has begun.'
  const of = task.toMove === null ? '' : ` of about ${task.toMove}`
  return `${task.moved}${of} messages were moved so far.`
}

/**
 * The reasons that SQS documents.
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/troubleshooting-dlq-redrive.html
 */
const reasons: Readonly<Record<string, string>> = {
  CouldNotDetermineMessageSource:
    'a message was sent there directly, so that SQS does not know which queue it came from',
  'AWS.SimpleQueueService.NonExistentQueue': 'a queue that messages came from does not exist any more',
}

function givenUp(task: MoveTask, { mapping }: RedrivePlan, { clients }: Session): SqsTriggerError {
  const { failureReason: code } = task
  const known = code === null ? undefined : reasons[code]
  const reason = code === null ? '' : known === undefined ? `: ${code}` : `: ${known} (${code})`
  return new SqsTriggerError('AWS_FAILED', `SQS gave the move up${reason}. ${toldOf(task)}`, {
    hint: toolCommand(clients, 'redrive', mapping.uuid, '--peek', '10'),
  })
}

export function noDeadLetterQueue({ queueArn, functionArn }: Mapping, { clients }: Session): SqsTriggerError {
  return new SqsTriggerError('NOT_FOUND', `Queue ${nameIn(queueArn)} has no dead-letter queue.`, {
    hint: toolCommand(clients, 'wire', queueArn, functionArn, '--dead-letter-queue'),
  })
}
