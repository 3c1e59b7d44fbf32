import { queueUrl } from '../aws/queue.js'
import { resolveQueue } from '../aws/resolve-target.js'
import { readContext } from '../operations/call-context.js'
import { batchesOf, composeMessages } from '../operations/compose-messages.js'
import type { SendRequest } from '../operations/requests.js'
import type { Session } from '../operations/session.js'
import type { ApiCall } from '../report/outcome.js'
import type { CommandContext } from './command-context.js'

/** The calls that would send these messages. Fresh ids are drawn anew when they are really sent. */
export async function sendCalls(
  request: SendRequest,
  { reporter }: Pick<CommandContext, 'reporter'>,
  session: Session,
): Promise<readonly ApiCall[]> {
  const context = await readContext(session)
  reporter.on({ type: 'caller-identified', context })
  const queue = await resolveQueue(session.clients, request.queue, context)
  reporter.on({ type: 'target-resolved', target: { queueArn: queue.arn, functionArn: null, roleArn: null } })
  const QueueUrl = queueUrl(session.clients, queue)
  return batchesOf(composeMessages(request, queue)).map((batch) => {
    const entries = batch.map(({ body, groupId, deduplicationId }) => ({
      MessageBody: body,
      ...(groupId === undefined ? {} : { MessageGroupId: groupId }),
      ...(deduplicationId === undefined ? {} : { MessageDeduplicationId: deduplicationId }),
    }))
    const [only = {}] = entries
    return entries.length === 1
      ? { service: 'sqs', operation: 'SendMessage', input: { QueueUrl, ...only } }
      : {
          service: 'sqs',
          operation: 'SendMessageBatch',
          input: { QueueUrl, Entries: entries.map((entry, index) => ({ Id: String(index), ...entry })) },
        }
  })
}
