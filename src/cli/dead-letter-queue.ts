import { parseArn, readQueueReference } from '../arn.js'
import { SqsTriggerError } from '../errors.js'
import type { PlannedWiring } from '../operations/wire.js'
import { text } from './options/options.js'
import { quoted, usageError } from './usage-error.js'

/** Empty: a name is made after the queue's. */
export const deadLetterOption = text({
  summary: 'give the queue a dead-letter queue where it has none, made if it is not there',
  group: 'Behaviour',
  placeholder: 'name',
  whenBare: '',
})

/**
 * The name that was given, which has to be that of a queue of the same type beside the source: SQS takes no other.
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-dead-letter-queues.html
 * @throws SqsTriggerError USAGE
 */
export function deadLetterNameFor(given: string, queue: string): string {
  const reference = readQueueReference(given)
  if (reference.kind !== 'name') {
    throw usageError(`--dead-letter-queue takes the name of a queue beside the source, not ${quoted(given)}`)
  }
  const fifo = queue.endsWith('.fifo')
  if (queue !== '' && given.endsWith('.fifo') !== fifo) {
    throw usageError(
      `--dead-letter-queue ${quoted(given)} is of another type than ${quoted(queue)}: a FIFO queue needs a FIFO dead-letter queue, any other none`,
      `for example: --dead-letter-queue=${given.replace(/\.fifo$/, '')}${fifo ? '.fifo' : ''}`,
    )
  }
  return given
}

/**
 * Is there something to do? A queue that has one keeps it.
 * @throws SqsTriggerError CONFLICT where it has another than was asked for
 */
export function wantsDeadLetterQueue({ facts }: PlannedWiring, given: string): boolean {
  const { queue } = facts
  if (queue.state !== 'known' || queue.value.redrive === null) return true
  const { deadLetterQueueArn } = queue.value.redrive
  const present = parseArn(deadLetterQueueArn)?.resource ?? deadLetterQueueArn
  if (given === '' || present === given) return false
  throw new SqsTriggerError(
    'CONFLICT',
    `Queue ${queue.value.name} has the dead-letter queue ${present} already. Nothing was changed.`,
    { hint: 'Leave --dead-letter-queue out, or change the redrive policy of the queue yourself.' },
  )
}
