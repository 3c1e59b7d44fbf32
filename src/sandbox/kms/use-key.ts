import type { Decision } from '../../permissions/decision.js'
import { decide } from '../authorize.js'
import type { SandboxPrincipal } from '../principal.js'
import type { World } from '../world.js'

/**
 * May this principal use the key through a service, as SQS does for who sends and who receives?
 * `action` is kms:Decrypt or kms:GenerateDataKey, `viaService` such as sqs.us-east-1.amazonaws.com.
 * The state of the key is another question: see `KmsKey.state`.
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-key-management.html
 */
export function canUseKey(
  world: World,
  principal: SandboxPrincipal,
  keyArn: string,
  action: string,
  encryptionContext: Readonly<Record<string, string>>,
  viaService: string,
): Decision {
  const key = world.kms.keys.get(keyArn)
  if (!key) return { verdict: 'denied', reason: `there is no key ${keyArn}`, evidence: [], missing: [] }
  const context = Object.entries(encryptionContext)
  const facts = {
    'kms:ViaService': [viaService],
    'kms:EncryptionContextKeys': context.map(([name]) => name),
    ...Object.fromEntries(context.map(([name, value]) => [`kms:EncryptionContext:${name}`, [value]])),
  }
  return decide(world, principal, { action, resource: keyArn, facts }, key.region)
}
