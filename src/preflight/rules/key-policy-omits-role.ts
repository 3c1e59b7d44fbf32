import { roleNameOf } from '../../arn.js'
import { keyPolicyStatementFor } from '../../permissions/role-policy.js'
import { granted, omittedByKey } from '../examples/judgements.js'
import { advice } from '../fix.js'
import { groundsOf } from '../permission-outcome.js'
import { refusalOf } from '../queue-policy-outcome.js'
import { keyOwner } from '../role-fix.js'
import { bad, defineRule, good, skip } from '../rule.js'

export default defineRule({
  slug: 'key-policy-omits-role',
  group: 'key',
  title: 'The key’s policy does not let the execution role decrypt',
  severity: 'error',
  enforcedByAws: false,
  subject: 'key',
  needs: ['keyPolicyOnRole'],
  why: 'A key listens to IAM policies only where its own policy says so: without that, and without naming the role, no policy of the role helps. The mapping becomes Enabled, and Lambda receives nothing.',
  example: { bad: { keyPolicyOnRole: omittedByKey }, good: { keyPolicyOnRole: granted } },
  sources: [
    'https://docs.aws.amazon.com/kms/latest/developerguide/key-policies.html',
    'https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-modifying-external-accounts.html',
  ],
  judge: ({ keyPolicyOnRole }, { customerKeyArn, roleArn }) => {
    switch (refusalOf(keyPolicyOnRole)) {
      case 'omits':
        return bad(keyPolicyOnRole, groundsOf(keyPolicyOnRole))
      case 'denies':
        return skip('A Deny in the key’s policy decides; role-lacks-decrypt tells it.')
      default:
        return good(
          `The policy of key ${customerKeyArn} lets role ${roleNameOf(roleArn ?? '')} decrypt, or leaves it to IAM.`,
          groundsOf(keyPolicyOnRole),
        )
    }
  },
  message: (_, { customerKeyArn, queueName, roleArn }) =>
    `The policy of key ${customerKeyArn} of queue ${queueName} neither lets role ${roleNameOf(roleArn ?? '')} decrypt nor leaves it to the policies of the role’s account.`,
  fix: (_, context) => {
    const { queueArn, region, roleArn } = context
    const [, partition = 'aws', , queueRegion = region] = queueArn.split(':')
    const statement = keyPolicyStatementFor({ queueArn, region: queueRegion, partition }, roleArn ?? '')
    return {
      ...advice(`${keyOwner(context)} must add this statement to its policy.`),
      policy: { Version: '2012-10-17', Statement: [statement] },
    }
  },
})
