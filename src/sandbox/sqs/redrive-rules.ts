import { isObject } from '../protocols/json-body.js'
import { parseRedrivePolicy } from './redrive.js'
import { invalidValue } from './refusals.js'
import type { Queue, QueueSettings } from './state.js'

/**
 * What SQS asks of a dead-letter queue when a redrive policy is set: that it exists, is of the same type, and
 * admits this source. https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-dead-letter-queues.html
 */
export function checkRedrivePolicy(
  source: { readonly arn: string; readonly fifo: boolean },
  settings: QueueSettings,
  queues: ReadonlyMap<string, Queue>,
): void {
  const text = settings.get('RedrivePolicy')
  const policy = parseRedrivePolicy(text)
  if (!policy) return
  const refuse = (reason: string) =>
    invalidValue(`Value ${text} for parameter RedrivePolicy is invalid. Reason: ${reason}`, false)
  const target = queues.get(policy.deadLetterTargetArn)
  if (!target) throw refuse('Dead letter target does not exist.')
  if (target.fifo !== source.fifo) throw refuse('Dead-letter queue must be same type of queue as the source.')
  if (!admits(target.settings.get('RedriveAllowPolicy'), source.arn)) {
    throw refuse('Source queue is not allowed by the redrive allow policy of the dead-letter queue.')
  }
}

function admits(redriveAllowPolicy: string | undefined, sourceArn: string): boolean {
  const policy: unknown = redriveAllowPolicy ? JSON.parse(redriveAllowPolicy) : {}
  if (!isObject(policy) || policy.redrivePermission === 'denyAll') return false
  if (policy.redrivePermission !== 'byQueue') return true
  return Array.isArray(policy.sourceQueueArns) && policy.sourceQueueArns.includes(sourceArn)
}
