import type { Role } from '../../aws/execution-role.js'
import type { LambdaFunction } from '../../aws/lambda-function.js'
import type { Queue } from '../../aws/queue.js'
import { type Poller, pollerFacts } from '../../permissions/poller-facts.js'
import type { RequestFacts } from '../../permissions/request.js'
import { notKnown } from '../../permissions/request-fact.js'
import { type Fact, known } from '../fact.js'
import { type Facts, type Judgement, type PollAction, pollActions } from '../facts.js'
import { judgeOnQueue } from '../gather/queue-tags.js'
import type { Reads } from '../gather/reads.js'
import type { Rest } from './access-question.js'
import type { AccessJudge } from './judge-access.js'
import { judgeResourcePolicy } from './resource-policy-on-role.js'

type OnQueue = Pick<Facts, `role ${PollAction | 'sqs:SendMessage'}` | 'queuePolicyOnRole'>

/** Whether Lambda may poll the queue as the role, and what of that the queue's policy decides. */
export async function askAboutQueue(
  judge: AccessJudge,
  { roleArn }: LambdaFunction,
  reads: Reads,
): Promise<OnQueue> {
  const poller = pollerOf(roleArn, reads, reads.queue.account)
  const facts = pollerFacts(poller)
  const both = Promise.all([reads.queueFact, reads.roleFact])
  const restWith = (queueTags?: Poller['queueTags']) =>
    both.then(
      ([queue, role]): Rest => ({
        ...queuePolicyOf(queue),
        facts: pollerFacts({ ...poller, roleTags: tagsOf(role), queueTags }),
      }),
    )
  const rest = restWith()
  const resource = reads.queue.arn
  const [answers, queue, said, role] = await Promise.all([
    // Whether the function may write to its own queue costs no call, and never makes the others wait for one.
    judgeOnQueue(judge, reads, (queueTags) => ({
      actions: [...pollActions, ...ownActions],
      resource,
      facts: queueTags === undefined ? facts : pollerFacts({ ...poller, queueTags }),
      factsOf: { 'sqs:SendMessage': ofHandler },
      along: ownActions,
      rest: queueTags === undefined ? rest : restWith(queueTags),
    })),
    reads.queueFact,
    rest,
    reads.roleFact,
  ])
  const answer = (action: PollAction | 'sqs:SendMessage') =>
    queue.state === 'absent' ? queue : answers[action]
  const principal = { kind: 'assumed-role', roleArn, account: reads.caller.account } as const
  const ofPolicy = (action: PollAction): Fact<Judgement> =>
    judgeResourcePolicy({ principal, action, resource, facts }, said, role)
  return {
    'role sqs:ReceiveMessage': answer('sqs:ReceiveMessage'),
    'role sqs:DeleteMessage': answer('sqs:DeleteMessage'),
    'role sqs:GetQueueAttributes': answer('sqs:GetQueueAttributes'),
    'role sqs:SendMessage': answer('sqs:SendMessage'),
    queuePolicyOnRole:
      queue.state === 'known'
        ? known({
            'sqs:ReceiveMessage': ofPolicy('sqs:ReceiveMessage'),
            'sqs:DeleteMessage': ofPolicy('sqs:DeleteMessage'),
            'sqs:GetQueueAttributes': ofPolicy('sqs:GetQueueAttributes'),
          })
        : queue,
  }
}

const ownActions = ['sqs:SendMessage'] as const
/** The handler calls from its own network, and its calls do carry the function. */
const ofHandler: RequestFacts = {
  'lambda:SourceFunctionArn': notKnown,
  'aws:SourceVpce': notKnown,
  'aws:SourceVpc': notKnown,
}

/** What is known of the requests that are made as the role. */
export function pollerOf(roleArn: string, { queue, caller, clients, now }: Reads, resourceAccount: string) {
  const { partition, arn: queueArn } = queue
  return {
    region: clients.region,
    partition,
    roleArn,
    account: caller.account,
    queueArn,
    resourceAccount,
    now,
  }
}

/** A queue without a policy, or none at all, has no layer; one that could not be read may hold anything. */
export function queuePolicyOf(queue: Fact<Queue>): Rest {
  if (queue.state === 'absent') return {}
  if (queue.state === 'unknown') return { resource: 'unreadable', unread: queue }
  const { policy, name } = queue.value
  return policy === null ? {} : { resource: [{ name: `the queue policy of ${name}`, document: policy }] }
}

export const tagsOf = (role: Fact<Role>) => (role.state === 'known' ? role.value.tags : undefined)
