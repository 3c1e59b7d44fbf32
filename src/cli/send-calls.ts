import { queueUrl } from '../aws/queue.js'
import { resolveQueue } from '../aws/resolve-target.js'
import { readContext } from '../operations/call-context.js'
import { batchesOf, composeMessages } from '../operations/compose-messages.js'
import { meetFilters, readTakers } from '../operations/meet-filters.js'
import type { SendRequest } from '../operations/requests.js'
import type { SampleVerdict } from '../operations/results.js'
import type { Session } from '../operations/session.js'
import type { ApiCall } from '../report/outcome.js'
import type { CommandContext } from './command-context.js'

interface SendPlan {
  readonly calls: readonly ApiCall[]
  /** What the filters would do with the messages; left out where none applies. */
  readonly samples?: readonly SampleVerdict[]
}

/** The calls that would send these messages. Fresh ids are drawn anew when they are really sent. */
export async function sendCalls(
  request: SendRequest,
  { reporter }: Pick<CommandContext, 'reporter'>,
  session: Session,
): Promise<SendPlan> {
  const context = await readContext(session)
  reporter.on({ type: 'caller-identified', context })
  const queue = await resolveQueue(session.clients, request.queue, context)
  reporter.on({ type: 'target-resolved', target: { queueArn: queue.arn, functionArn: null, roleArn: null } })
  const QueueUrl = queueUrl(session.clients, queue)
  const messages = composeMessages(request, queue)
  const samples = meetFilters(
    await readTakers(queue, session),
    messages.map(({ body }) => body),
  )
  const calls = batchesOf(messages).map((batch): ApiCall => {
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
  return { calls, ...(samples === undefined ? {} : { samples }) }
}
