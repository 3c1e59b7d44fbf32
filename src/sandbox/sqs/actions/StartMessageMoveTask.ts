import { type Call, defineAction, type RequiredPermission } from '../../define-action.js'
import { integer, text } from '../../members.js'
import { useKey } from '../encryption.js'
import { issueTaskHandle, ownerOf } from '../move-task-handle.js'
import { activeTask, highestRate, startMoveTask } from '../move-tasks.js'
import { needOnArn } from '../queue-url.js'
import { deadLetterSources } from '../redrive.js'
import { invalidValue, missingParameter, resourceNotFound } from '../refusals.js'
import type { Queue } from '../state.js'

interface Input {
  readonly sourceArn: string
  readonly destinationArn: string | undefined
  readonly maxPerSecond: number | undefined
}

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_StartMessageMoveTask.html */
export default defineAction<Input, { readonly TaskHandle: string }>({
  service: 'sqs',
  name: 'StartMessageMoveTask',

  decode: (raw) => {
    const sourceArn = text(raw, 'SourceArn')
    if (!sourceArn) throw missingParameter('SourceArn')
    return {
      sourceArn,
      destinationArn: text(raw, 'DestinationArn') || undefined,
      maxPerSecond: readRate(integer(raw, 'MaxNumberOfMessagesPerSecond')),
    }
  },

  needs,

  run: ({ sourceArn, destinationArn, maxPerSecond }, call) => {
    const { sqs } = call.world
    const source = sqs.queues.get(sourceArn)
    if (!source) throw resourceNotFound('SourceArn', false)
    const originals = deadLetterSources(sqs.queues, sourceArn)
    if (originals.length === 0) throw invalidValue('Source queue must be configured as a Dead Letter Queue.')
    const destination = destinationArn === undefined ? undefined : sqs.queues.get(destinationArn)
    if (destinationArn !== undefined && !destination) throw resourceNotFound('DestinationArn')
    if (destination && destination.fifo !== source.fifo) {
      throw invalidValue('Source and destination queue must be of the same type.', false)
    }
    if (activeTask(sqs, sourceArn)) {
      throw invalidValue(
        'There is already a task running. Only one active task is allowed for a source queue arn at a given time.',
      )
    }
    useKeys(call, source, destination ? [destination] : originals)
    return { TaskHandle: issueTaskHandle(startMoveTask(sqs, source, { destinationArn, maxPerSecond })) }
  },
})

/**
 * The rights on both queues. When AWS asks for SendMessage on the queues that messages go back to is not documented;
 * here it is at the start, on each queue whose messages may lie there.
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-configure-dead-letter-queue-redrive.html#sqs-configure-dead-letter-queue-redrive-permissions
 */
function needs({ sourceArn, destinationArn }: Input, call: Call): readonly RequiredPermission[] {
  const destinations = destinationArn
    ? [destinationArn]
    : deadLetterSources(call.world.sqs.queues, sourceArn).map(({ arn }) => arn)
  return [
    ...['StartMessageMoveTask', 'ReceiveMessage', 'DeleteMessage', 'GetQueueAttributes'].map((action) =>
      needOnArn(action, ownerOf(sourceArn, call), call),
    ),
    ...destinations.map((arn) => needOnArn('SendMessage', ownerOf(arn, call), call)),
  ]
}

function useKeys(call: Call, source: Queue, destinations: readonly Queue[]): void {
  useKey(call, source, ['Decrypt'])
  for (const destination of destinations) useKey(call, destination, ['GenerateDataKey', 'Decrypt'])
}

function readRate(value: number | undefined): number | undefined {
  if (value === undefined || (value >= 1 && value <= highestRate)) return value
  throw invalidValue(
    `Value ${value} for parameter MaxNumberOfMessagesPerSecond is invalid. Reason: Must be between 1 and ${highestRate}, if provided.`,
    false,
  )
}
