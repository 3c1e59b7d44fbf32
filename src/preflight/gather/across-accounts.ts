import type { QueueAddress } from '../../arn.js'
import type { CallerIdentity } from '../../aws/caller-identity.js'
import type { Key } from '../../aws/key.js'
import type { Queue } from '../../aws/queue.js'
import { type Fact, unknown } from '../fact.js'

/**
 * Of a queue of another account: SQS may hide it behind "does not exist", and then nobody can tell from here; and a
 * refusal is settled by two policies, one of which only that account can change.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic-cross-account.html
 */
export function acrossAccounts(
  fact: Fact<Queue>,
  { account, name }: QueueAddress,
  caller: CallerIdentity,
): Fact<Queue> {
  if (account === caller.account || fact.state === 'known') return fact
  if (fact.state === 'absent') {
    return unknown(
      `SQS says that the queue does not exist, which for account ${account} may mean that you have no access: the policy of queue ${name}, kept there, must let ${caller.arn} call ${permission}`,
      permission,
    )
  }
  if (fact.refusal === undefined) return fact
  const reason = `${permission} was refused: the policy of queue ${name}, kept by account ${account}, and the caller’s own policies must both allow it to ${caller.arn}`
  return { ...fact, reason, permission }
}

const permission = 'sqs:GetQueueAttributes'

/** The same of a key. KMS, too, may say of a key that it does not exist where it only may not be seen. */
export function keyAcrossAccounts(
  fact: Fact<Key>,
  { keyId, account }: { readonly keyId: string; readonly account: string },
  caller: CallerIdentity,
): Fact<Key> {
  if (fact.state === 'absent') {
    return unknown(`KMS does not show key ${keyId} of account ${account}`, 'kms:DescribeKey')
  }
  if (fact.state === 'known' || fact.refusal === undefined) return fact
  const reason = `kms:DescribeKey was refused: the policy of key ${keyId}, kept by account ${account}, and the caller’s own policies must both allow it to ${caller.arn}`
  return { ...fact, reason, permission: 'kms:DescribeKey' }
}

/**
 * KMS shows the policy of a key to its own account alone, whatever that policy says.
 * https://docs.aws.amazon.com/kms/latest/APIReference/API_GetKeyPolicy.html
 */
export function keyPolicyAcrossAccounts(
  fact: Fact<string>,
  { arn, account: owner }: Key,
  account: string,
): Fact<string> {
  if (fact.state === 'known' || owner === account) return fact
  return unknown(
    `KMS shows the policy of key ${arn} to its own account alone: account ${owner} can say whom it lets in`,
  )
}
