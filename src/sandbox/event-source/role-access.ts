import { decide } from '../authorize.js'
import { dnsSuffix } from '../dns-suffix.js'
import { roleSession } from '../iam/access-keys.js'
import { findKey } from '../kms/find-key.js'
import { canUseKey } from '../kms/use-key.js'
import type { Queue } from '../sqs/state.js'
import type { World } from '../world.js'
import type { QueueReference } from './queue-reference.js'

/** What Lambda does to a queue in the name of a function; it sends to a function's own dead-letter queue. */
export type QueueAction = 'ReceiveMessage' | 'DeleteMessage' | 'GetQueueAttributes' | 'SendMessage'

/** May Lambda, in this role, do this to the queue? The queue need not exist. */
export function roleMay(world: World, roleArn: string, action: QueueAction, queue: QueueReference): boolean {
  const resourcePolicy = world.sqs.queues.get(queue.arn)?.settings.get('Policy')
  const permission = {
    action: `sqs:${action}`,
    resource: queue.arn,
    ...(resourcePolicy && { resourcePolicy }),
  }
  return decide(world, pollerSession(world, roleArn), permission, queue.region).verdict === 'allowed'
}

/**
 * Can the role read what lies in the queue? True for a queue without a KMS key. AWS does not ask this when a
 * mapping is made: the mapping is Enabled and nothing arrives.
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-configure-lambda-function-trigger.html
 */
export function roleCanDecrypt(world: World, roleArn: string, queue: Queue): boolean {
  const reference = queue.settings.get('KmsMasterKeyId')
  if (!reference) return true
  const key = findKey(world, reference, queue)
  if (key?.state !== 'Enabled') return false
  const session = pollerSession(world, roleArn)
  const viaService = `sqs.${queue.region}.${dnsSuffix(world.partition)}`
  const context = { 'aws:sqs:arn': queue.arn }
  return canUseKey(world, session, key.arn, 'kms:Decrypt', context, viaService).verdict === 'allowed'
}

function pollerSession(world: World, roleArn: string) {
  return roleSession(world, roleArn, 'awslambda_sqs_poller')
}
