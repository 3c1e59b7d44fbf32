import { roleNameOf } from '../../arn.js'
import { queuePolicyStatementFor } from '../../permissions/role-policy.js'
import { granted, omittedByQueue } from '../examples/judgements.js'
import { known } from '../fact.js'
import { advice } from '../fix.js'
import { asEvaluated, queuePolicyOutcome, type RefusedByQueue, refusalOf } from '../queue-policy-outcome.js'
import { defineRule, good, type Outcome, type RuleContext, skip } from '../rule.js'

interface Omission extends RefusedByQueue {
  readonly namesLostRole: boolean
}

export default defineRule({
  slug: 'queue-policy-omits-role',
  group: 'placement',
  title: 'The policy of a queue in another account does not let the execution role in',
  severity: 'error',
  enforcedByAws: true,
  subject: 'queue',
  needs: ['queuePolicyOnRole', 'queue'],
  why: 'Across accounts both sides must allow it: what the role’s own policies say is not enough, the queue’s policy has to name the role or its account too.',
  example: {
    bad: { queuePolicyOnRole: { 'sqs:ReceiveMessage': known(omittedByQueue) } },
    good: { queuePolicyOnRole: { 'sqs:ReceiveMessage': known(granted) } },
  },
  sources: [
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic-cross-account.html',
    'https://docs.aws.amazon.com/lambda/latest/dg/with-sqs-cross-account-example.html',
  ],
  moot: (_, context) => (isOneAccount(context) ? needNotName(context) : undefined),
  judge: ({ queuePolicyOnRole, queue }, context): Outcome<Omission> => {
    const { queueName, roleArn } = context
    const outcome = queuePolicyOutcome(queuePolicyOnRole, 'omits')
    if (outcome?.kind === 'bad') {
      return { ...outcome, problem: { ...outcome.problem, namesLostRole: lostRole.test(queue.policy ?? '') } }
    }
    const role = roleNameOf(roleArn ?? '')
    if (isOneAccount(context)) return skip(needNotName(context))
    const denied = Object.values(queuePolicyOnRole).some(
      (fact) => fact.state === 'known' && refusalOf(fact.value) === 'denies',
    )
    if (denied) return skip('A Deny in the queue’s policy decides; queue-policy-denies-role tells it.')
    return outcome ?? good(`The policy of queue ${queueName} lets role ${role} in.`, asEvaluated)
  },
  message: ({ actions, namesLostRole }, { queueName, queueArn, roleArn }) => {
    const owner = `queue ${queueName}, kept by account ${queueArn.split(':')[4]},`
    const lost = namesLostRole
      ? ' It names an id (AROA…), as is left when a role is deleted: one that is made again under the same name is another.'
      : ''
    return `The policy of ${owner} does not let role ${roleNameOf(roleArn ?? '')} call ${actions.join(', ')}.${lost}`
  },
  fix: (_, { queueName, queueArn, roleArn }) => ({
    ...advice(
      `Whoever owns queue ${queueName} must add this statement to its policy, in account ${queueArn.split(':')[4]}.`,
    ),
    policy: { Version: '2012-10-17', Statement: [queuePolicyStatementFor(queueArn, roleArn ?? '')] },
  }),
})

/** What IAM puts in the place of a principal that is gone. */
const lostRole = /"AROA[A-Z0-9]+"/

/** A function and its role always are of one account. */
const isOneAccount = ({ queueArn, roleArn, functionArn }: RuleContext) =>
  queueArn.split(':')[4] === (roleArn ?? functionArn).split(':')[4]

const needNotName = ({ queueName, roleArn }: RuleContext) =>
  `Queue ${queueName} and ${roleArn === null ? 'the role' : `role ${roleNameOf(roleArn)}`} belong to one account: its policy need not name the role.`
