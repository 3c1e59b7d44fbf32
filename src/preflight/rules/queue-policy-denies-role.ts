import { roleNameOf } from '../../arn.js'
import { deniedByQueue, granted } from '../examples/judgements.js'
import { known } from '../fact.js'
import { advice } from '../fix.js'
import { asEvaluated, queuePolicyOutcome } from '../queue-policy-outcome.js'
import { defineRule, good } from '../rule.js'
import { whoMustAct } from '../who-must-act.js'

export default defineRule({
  slug: 'queue-policy-denies-role',
  group: 'placement',
  title: 'The queue’s policy denies the execution role',
  severity: 'error',
  enforcedByAws: true,
  subject: 'queue',
  needs: ['queuePolicyOnRole'],
  why: 'A Deny in the queue’s policy outweighs every Allow, those of the role included: Lambda may not poll the queue as this role.',
  example: {
    bad: { queuePolicyOnRole: { 'sqs:DeleteMessage': known(deniedByQueue) } },
    good: { queuePolicyOnRole: { 'sqs:DeleteMessage': known(granted) } },
  },
  sources: [
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html',
    'https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-basic-examples-of-sqs-policies.html',
  ],
  judge: ({ queuePolicyOnRole }, { queueName, roleArn }) =>
    queuePolicyOutcome(queuePolicyOnRole, 'denies') ??
    good(
      `No policy of queue ${queueName} denies role ${roleNameOf(roleArn ?? '')} what polling needs.`,
      asEvaluated,
    ),
  message: ({ actions, judgement }, { queueName, roleArn }) =>
    `The policy of queue ${queueName} denies role ${roleNameOf(roleArn ?? '')} ${actions.join(', ')}: ${judgement.decision.reason}.`,
  fix: ({ actions, judgement }, { queueName, roleArn }) => {
    const about = {
      holder: `role ${roleNameOf(roleArn ?? '')}`,
      actions,
      owner: `Whoever owns queue ${queueName}`,
    }
    const spare = JSON.stringify({ ArnNotEquals: { 'aws:PrincipalArn': roleArn } })
    return advice(
      `${whoMustAct(judgement.decision.evidence, about)} A condition of the Deny spares the role: ${spare}`,
    )
  },
})
