import { roleNameOf } from '../arn.js'
import { awsCommand } from '../operations/command-line.js'
import {
  keyPolicyStatementFor,
  queuePolicyStatementFor,
  rolePolicyFor,
  rolePolicyName,
} from '../permissions/role-policy.js'
import type { Fix } from './finding.js'
import { advice } from './fix.js'
import type { MissingPermission } from './permission-outcome.js'
import type { RuleContext } from './rule.js'

/**
 * What gives the execution role its rights on the queue, all of them at once: one inline policy a queue, so that
 * fixing one permission never takes another away. Nothing is offered that would not help: against a Deny, a
 * boundary or another account's policy somebody else has to act.
 */
export function fixRolePolicy({ judgement, actions }: MissingPermission, context: RuleContext): Fix {
  const { roleArn, queueArn, queueName, customerKeyArn } = context
  const { evidence } = judgement.decision
  const deny = evidence.find(({ effect }) => effect === 'Deny')
  if (deny !== undefined) {
    const place =
      deny.policy === undefined
        ? `a ${deny.layer} policy`
        : `${deny.policy}${deny.sid ? ` (${deny.sid})` : ''}`
    return advice(`Remove or narrow the Deny in ${place}: no Allow outweighs it.`)
  }
  if (roleArn === null || evidence.some(({ layer }) => layer === 'boundary')) {
    return advice(
      `The role's permissions boundary must allow ${actions.join(', ')}; its administrator can change it.`,
    )
  }
  const layers = evidence.map(({ layer }) => layer)
  const fromRole = layers.some((layer) => layer === 'identity' || layer === 'simulator')
  if (!fromRole && layers.includes('key')) return fixKeyPolicy(context, roleArn)
  if (!fromRole && layers.includes('resource')) {
    const statement = queuePolicyStatementFor(queueArn, roleArn)
    return {
      ...advice(`Whoever owns queue ${queueName} must add this statement to the queue's policy.`),
      policy: { Version: '2012-10-17', Statement: [statement] },
    }
  }
  const [, partition = 'aws', , region = context.region] = queueArn.split(':')
  const policy = rolePolicyFor({ queueArn, keyArn: customerKeyArn ?? undefined, region, partition })
  const roleName = roleNameOf(roleArn)
  const words = [
    '--role-name',
    roleName,
    '--policy-name',
    rolePolicyName(queueArn),
    '--policy-document',
    JSON.stringify(policy),
  ]
  return {
    summary: `Give role ${roleName} what polling ${queueName} needs, in one inline policy.`,
    commands: [{ shell: 'posix', text: awsCommand(context, 'iam', 'put-role-policy', ...words) }],
    policy: { ...policy },
    automatic: isOurs(roleArn, context),
  }
}

/** The role's own policies say yes, the key's policy does not: only the key's owner can change that. */
function fixKeyPolicy(context: RuleContext, roleArn: string): Fix {
  const [, partition = 'aws', , region = context.region] = context.queueArn.split(':')
  const statement = keyPolicyStatementFor({ queueArn: context.queueArn, region, partition }, roleArn)
  return {
    ...advice('Whoever administers the key must add this statement to its policy.'),
    policy: { Version: '2012-10-17', Statement: [statement] },
  }
}

/** Service-linked and Identity Center roles can be changed by AWS alone. */
const isOurs = (roleArn: string, { account }: RuleContext) =>
  roleArn.split(':')[4] === account && !/:role\/(aws-service-role|aws-reserved)\//.test(roleArn)
