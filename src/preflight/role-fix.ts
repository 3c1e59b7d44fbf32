import { roleNameOf } from '../arn.js'
import { awsCommand } from '../command-line.js'
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
import { whoMustAct } from './who-must-act.js'

/**
 * What gives the execution role its rights on the queue, all of them at once: one inline policy a queue, so that
 * fixing one permission never takes another away. Nothing is offered that would not help: against a Deny, a
 * boundary or another account's policy somebody else has to act.
 */
export function fixRolePolicy({ judgement, actions }: MissingPermission, context: RuleContext): Fix {
  const { roleArn, queueArn, queueName, customerKeyArn } = context
  const { evidence } = judgement.decision
  if (roleArn === null) return advice('Give the function an execution role.')
  const roleName = roleNameOf(roleArn)
  const others = whoMustAct(evidence, {
    holder: `role ${roleName}`,
    actions,
    owner: `Whoever owns queue ${queueName} or its key`,
  })
  if (others !== undefined) return advice(others)
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
  const words = [
    '--role-name',
    roleName,
    '--policy-name',
    rolePolicyName(queueArn),
    '--policy-document',
    JSON.stringify(policy),
  ]
  const commands = [
    { shell: 'posix', text: awsCommand(context, 'iam', 'put-role-policy', ...words) },
  ] as const
  const summary = `Give role ${roleName} what polling ${queueName} needs, in one inline policy.`
  // Across accounts both sides must allow it: the command is half of the way, and not one for the tool to go alone.
  const otherSide = layers.includes('key')
    ? keyStatement(context, roleArn)
    : layers.includes('resource')
      ? queuePolicyStatementFor(queueArn, roleArn)
      : undefined
  if (otherSide !== undefined) {
    const where = layers.includes('key') ? 'its key' : 'the queue'
    const more = `Whoever owns ${where} must also add to its policy: ${JSON.stringify(otherSide)}`
    return { summary: `${summary} ${more}`, commands, policy: { ...policy }, automatic: false }
  }
  return { summary, commands, policy: { ...policy }, automatic: isOurs(roleArn, context) }
}

/** The role's own policies say yes, the key's policy does not: only the key's owner can change that. */
function fixKeyPolicy(context: RuleContext, roleArn: string): Fix {
  return {
    ...advice('Whoever administers the key must add this statement to its policy.'),
    policy: { Version: '2012-10-17', Statement: [keyStatement(context, roleArn)] },
  }
}

function keyStatement({ queueArn, region: own }: RuleContext, roleArn: string) {
  const [, partition = 'aws', , region = own] = queueArn.split(':')
  return keyPolicyStatementFor({ queueArn, region, partition }, roleArn)
}

/** Service-linked and Identity Center roles can be changed by AWS alone. */
const isOurs = (roleArn: string, { account }: RuleContext) =>
  roleArn.split(':')[4] === account && !/:role\/(aws-service-role|aws-reserved)\//.test(roleArn)
