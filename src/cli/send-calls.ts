import type { Clients } from '../aws/clients.js'
import { messageFields } from '../aws/messages.js'
import { queueUrl } from '../aws/queue.js'
import { batchesOf } from '../operations/send/compose-messages.js'
import type { SendPlan } from '../operations/send/plan-sending.js'
import type { SampleVerdict } from '../preflight/samples.js'
import type { ApiCall } from '../report/outcome.js'

interface PlannedSending {
  readonly calls: readonly ApiCall[]
  /** What the filters would do with the messages; left out where none applies. */
  readonly samples?: readonly SampleVerdict[]
}

/** The calls that would send these messages. Fresh ids are drawn anew when they are really sent. */
export function sendCalls({ queue, messages, samples }: SendPlan, clients: Clients): PlannedSending {
  const QueueUrl = queueUrl(clients, queue)
  const calls = batchesOf(messages).map((batch): ApiCall => {
    const entries = batch.map((message) => readable(messageFields(message)))
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

/** Bytes as Base64: as aws-cli takes them in JSON. */
function readable({ MessageAttributes, ...rest }: ReturnType<typeof messageFields>) {
  if (MessageAttributes === undefined) return rest
  const shown = Object.entries(MessageAttributes).map(([name, value]) => [
    name,
    'BinaryValue' in value ? { ...value, BinaryValue: value.BinaryValue.toString('base64') } : value,
  ])
  return { ...rest, MessageAttributes: Object.fromEntries(shown) }
}
