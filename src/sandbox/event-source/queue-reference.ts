import { AwsFault } from '../aws-fault.js'
import type { RequestedSettings } from './read-settings.js'

/** The queue of an event source ARN. */
export interface QueueReference {
  readonly arn: string
  readonly region: string
  readonly account: string
  readonly name: string
  readonly fifo: boolean
}

export const eventSourceArnPattern = /^arn:(aws[a-zA-Z0-9-]*):([a-zA-Z0-9-]+):([a-z0-9-]*):(\d{12})?:(.+)$/

/**
 * The event source of a new mapping, with what Lambda checks of it before it looks at the function.
 * Throws AwsFault for no source, for one that is not a queue, and for settings that no queue knows.
 */
export function readSource(eventSourceArn: string | undefined, requested: RequestedSettings): QueueReference {
  if (eventSourceArn === undefined) throw refuse('Unrecognized event source.', true)
  const queue = readQueueArn(eventSourceArn)
  if (!queue) throw refuse('Unrecognized event source.', false)
  refuseForeignSettings(requested, eventSourceArn)
  return queue
}

function readQueueArn(arn: string): QueueReference | undefined {
  const [, , service, region = '', account = '', name = ''] = eventSourceArnPattern.exec(arn) ?? []
  if (service !== 'sqs' || account === '' || name.includes(':')) return undefined
  return { arn, region, account, name, fifo: name.endsWith('.fifo') }
}

/** Throws for settings that only streams, Kafka, MQ or DocumentDB know. */
function refuseForeignSettings(requested: RequestedSettings, eventSourceArn: string): void {
  const [first] = requested.foreign
  if (first === undefined) return
  if (first.startsWith('StartingPosition')) {
    throw refuse(`Unsupported starting position for arn type: ${eventSourceArn}`, false)
  }
  const recorded = first === 'DestinationConfig' && requested.onSuccess
  throw refuse(`Unsupported ${first} parameter for given event source mapping type.`, recorded)
}

function refuse(message: string, recorded: boolean): AwsFault {
  return new AwsFault('InvalidParameterValueException', message, { recorded })
}
