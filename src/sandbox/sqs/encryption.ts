import { authorize } from '../authorize.js'
import { AwsFault } from '../aws-fault.js'
import type { Call } from '../define-action.js'
import { dnsSuffix } from '../dns-suffix.js'
import { findKey } from '../kms/find-key.js'
import type { Queue } from './state.js'

/**
 * SQS uses the queue's key on behalf of the caller: GenerateDataKey and Decrypt to send, Decrypt to receive.
 * Throws the KMS.* errors of SQS; does nothing for a queue without a KMS key.
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-key-management.html
 */
export function useKey(call: Call, queue: Queue, actions: readonly ('GenerateDataKey' | 'Decrypt')[]): void {
  const reference = queue.settings.get('KmsMasterKeyId')
  if (!reference) return
  const key = findKey(call.world, reference, queue)
  if (!key) throw refusal('KmsNotFound', 'KMS.NotFoundException', `Key '${reference}' does not exist`)
  for (const action of actions) askForKey(call, queue, key.arn, `kms:${action}`)
  if (key.state === 'Disabled')
    throw refusal('KmsDisabled', 'KMS.DisabledException', `${key.arn} is disabled.`)
  if (key.state === 'PendingDeletion') {
    throw refusal('KmsInvalidState', 'KMS.KMSInvalidStateException', `${key.arn} is pending deletion.`)
  }
}

function askForKey(call: Call, queue: Queue, keyArn: string, action: string): void {
  const facts = {
    'kms:ViaService': [`sqs.${queue.region}.${dnsSuffix(call.world.partition)}`],
    'kms:EncryptionContextKeys': ['aws:sqs:arn'],
    'kms:EncryptionContext:aws:sqs:arn': [queue.arn],
  }
  try {
    authorize({ ...call, region: queue.region }, { action, resource: keyArn, facts })
  } catch (error) {
    if (!(error instanceof AwsFault)) throw error
    throw new AwsFault('KmsAccessDenied', error.message, {
      queryCode: 'KMS.AccessDeniedException',
      recorded: error.recorded,
    })
  }
}

function refusal(code: string, queryCode: string, message: string): AwsFault {
  return new AwsFault(code, message, { queryCode, recorded: false })
}
