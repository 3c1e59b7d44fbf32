import { ReceiveMessageCommand } from '@aws-sdk/client-sqs'
import type { QueueAddress } from '../arn.js'
import type { PeekedMessage } from '../dead-letters.js'
import type { Clients } from './clients.js'
import { queueUrl } from './queue.js'
import { send } from './send.js'

/**
 * Receives up to ten messages and lets them lie: they can be received again at once. SQS counts it as a receive all the
 * same. Never used on a queue that a function reads: there it would take a delivery away.
 * @throws SqsTriggerError ACCESS_DENIED, QUEUE_NOT_FOUND
 */
export async function peekMessages(
  clients: Clients,
  queue: QueueAddress,
  count: number,
): Promise<readonly PeekedMessage[]> {
  const command = new ReceiveMessageCommand({
    QueueUrl: queueUrl(clients, queue),
    MaxNumberOfMessages: count,
    VisibilityTimeout: 0,
    MessageSystemAttributeNames: ['SentTimestamp', 'ApproximateReceiveCount', 'DeadLetterQueueSourceArn'],
  })
  const call = { service: 'sqs', operation: 'ReceiveMessage', queue: queue.name }
  const { Messages = [] } = await send(clients, call, () => clients.sqs.send(command))
  return Messages.map(({ MessageId = '', Body = '', Attributes = {} }) => ({
    messageId: MessageId,
    body: Body,
    sentAt: timeOf(Attributes.SentTimestamp),
    receives: /^\d+$/.test(Attributes.ApproximateReceiveCount ?? '')
      ? Number(Attributes.ApproximateReceiveCount)
      : 1,
    sourceArn: Attributes.DeadLetterQueueSourceArn ?? null,
  }))
}

/** Milliseconds since the epoch, as SQS writes them. */
const timeOf = (text = '') => (/^\d{1,15}$/.test(text) ? new Date(Number(text)).toISOString() : null)
