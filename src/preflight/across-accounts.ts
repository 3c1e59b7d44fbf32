import type { QueueAddress } from '../arn.js'
import type { CallerIdentity } from '../aws/caller-identity.js'
import type { Queue } from '../aws/queue.js'
import { type Fact, unknown } from './fact.js'

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
