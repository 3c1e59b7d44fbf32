import { readQueueTags } from '../../aws/stack-tags.js'
import type { AccessQuestion } from '../access/access-question.js'
import type { AccessJudge, Answers } from '../access/judge-access.js'
import { type Fact, readAsFact } from '../fact.js'
import type { Judgement } from '../facts.js'
import type { Reads } from './reads.js'

/** undefined: not read. */
type Tags = Readonly<Record<string, string>> | undefined

/**
 * Judges calls on the queue. Its tags are read only where a policy turns on them, which costs one call and asking again.
 * Policies of IAM may go by them, the queue's own may not; and across accounts nobody may list them.
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-abac-condition-keys.html
 */
export async function judgeOnQueue<Action extends string>(
  judge: AccessJudge,
  { queue, queueFact, caller, clients }: Reads,
  ask: (tags: Tags) => AccessQuestion<Action>,
): Promise<Answers<Action>> {
  const question = ask(undefined)
  const [answers, found] = await Promise.all([judge(question), queueFact])
  const turnsOnTags = (action: Action) => {
    const answer = answers[action]
    return answer.state === 'unknown' && answer.turnsOnTags === true
  }
  const isAsked = question.actions.some((action) => turnsOnTags(action) && !question.along?.includes(action))
  const isOfPolicy = found.state === 'known' && /aws:ResourceTag/i.test(found.value.policy ?? '')
  if (!isAsked || isOfPolicy || found.state === 'absent' || queue.account !== caller.account) return answers
  const tags = await readAsFact(readQueueTags(clients, queue))
  if (tags.state === 'known') return judge(ask(tags.value))
  const settled = question.actions.map((action) => {
    const answer: Fact<Judgement> = answers[action]
    if (answer.state !== 'unknown' || !turnsOnTags(action)) return [action, answer] as const
    const reason = `${answer.reason}, and ${tags.reason}`
    return [action, { ...answer, reason, permission: 'sqs:ListQueueTags' }] as const
  })
  // One entry was made for each action of the question.
  return Object.fromEntries(settled) as Answers<Action>
}
