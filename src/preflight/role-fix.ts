import { roleNameOf } from '../arn.js'
import type { PutRolePolicy } from '../change.js'
import type { Evidence } from '../permissions/decision.js'
import {
  keyPolicyStatementFor,
  logPolicyFor,
  logPolicyName,
  queuePolicyStatementFor,
  rolePolicyFor,
  rolePolicyName,
} from '../permissions/role-policy.js'
import type { Fix } from './finding.js'
import { advice, changeFix } from './fix.js'
import type { MissingPermission } from './permission-outcome.js'
import type { RuleContext } from './rule.js'
import { whoMustAct } from './who-must-act.js'

/**
 * What gives the execution role its rights on the queue, all of them at once: one inline policy a queue, so that
 * fixing one permission never takes another away. Nothing is offered that would not help: against a Deny, a
 * boundary or another account's policy somebody else has to act.
 */
export function fixRolePolicy({ judgement, actions }: MissingPermission, context: RuleContext): Fix {
  const { roleArn, queueArn, queueName } = context
  const { evidence } = judgement.decision
  if (roleArn === null) return advice('Give the function an execution role.')
  const roleName = roleNameOf(roleArn)
  const isKey = actions.every((action) => action.startsWith('kms:'))
  const whose = {
    holder: `role ${roleName}`,
    actions,
    owner: isKey ? keyOwner(context) : `Whoever owns queue ${queueName}`,
  }
  const others = whoMustAct(evidence, whose)
  const layers = evidence.map(({ layer }) => layer)
  if (others !== undefined) return { ...advice(others), ...ownHalf(evidence, context) }
  const fromRole = layers.some((layer) => layer === 'identity' || layer === 'simulator')
  if (!fromRole && layers.includes('key')) return fixKeyPolicy(context, roleArn)
  if (!fromRole && layers.includes('resource')) {
    const statement = queuePolicyStatementFor(queueArn, roleArn)
    return {
      ...advice(`Whoever owns queue ${queueName} must add this statement to the queue's policy.`),
      policy: { Version: '2012-10-17', Statement: [statement] },
    }
  }
  const isProtected = protectedRole(roleArn)
  if (isProtected !== undefined) return advice(isProtected)
  const change = putPolicy(roleArn, rolePolicyName(queueArn), rolePolicy(context))
  const summary = `Give role ${roleName} what polling ${queueName} needs, in one inline policy.`
  // Across accounts both sides must allow it: the command is half of the way, and not one for the tool to go alone.
  const otherSide = layers.includes('key')
    ? keyStatement(context, roleArn)
    : layers.includes('resource')
      ? queuePolicyStatementFor(queueArn, roleArn)
      : undefined
  if (otherSide !== undefined) {
    const owner = layers.includes('key') ? keyOwner(context) : whose.owner
    const more = `${owner} must also add to its policy: ${JSON.stringify(otherSide)}`
    return { ...changeFix(context, `${summary} ${more}`, [change], false), policy: change.policy }
  }
  // What another rule tells stands against it all the same: the tool writes nothing that would not help.
  const against = whoMustAct(judgement.toldElsewhere ?? [], whose)
  if (against !== undefined) {
    const then = `Then ${summary.charAt(0).toLowerCase()}${summary.slice(1)}`
    return { ...changeFix(context, `${against} ${then}`, [change], false), policy: change.policy }
  }
  return { ...changeFix(context, summary, [change], isOurs(roleArn, context)), policy: change.policy }
}

/** The role's own policies say yes, the key's policy does not: only the key's owner can change that. */
function fixKeyPolicy(context: RuleContext, roleArn: string): Fix {
  return {
    ...advice(`${keyOwner(context)} must add this statement to its policy.`),
    policy: { Version: '2012-10-17', Statement: [keyStatement(context, roleArn)] },
  }
}

/** Across accounts it is somebody else than who administers the role. */
export function keyOwner({ customerKeyArn, account }: RuleContext): string {
  const owner = customerKeyArn?.split(':')[4]
  const where = owner === undefined || owner === '' || owner === account ? '' : `, in account ${owner},`
  return `Whoever administers the key${where}`
}

/** A key that is gone has no ARN to be named by. */
function rolePolicy({ queueArn, customerKeyArn, keyIsGone = false, region: own }: RuleContext) {
  const [, partition = 'aws', , region = own] = queueArn.split(':')
  const keyArn = keyIsGone ? undefined : (customerKeyArn ?? undefined)
  return rolePolicyFor({ queueArn, keyArn, region, partition })
}

/** What the role's own policies lack beside what others have to change: shown, and nobody's to run yet. */
function ownHalf(evidence: readonly Evidence[], context: RuleContext): Pick<Fix, 'policy'> {
  const lacks = evidence.some(
    ({ layer, effect }) => effect === undefined && (layer === 'identity' || layer === 'simulator'),
  )
  return lacks ? { policy: { ...rolePolicy(context) } } : {}
}

function keyStatement({ queueArn, region: own }: RuleContext, roleArn: string) {
  const [, partition = 'aws', , region = own] = queueArn.split(':')
  return keyPolicyStatementFor({ queueArn, region, partition }, roleArn)
}

/** What lets the role write the function's log: a policy of its own, so that undoing one never takes the other away. */
export function fixLogPolicy(context: RuleContext, logGroup: string): Fix {
  const { roleArn, functionArn } = context
  if (roleArn === null) return advice('Give the function an execution role.')
  const isProtected = protectedRole(roleArn)
  if (isProtected !== undefined) return advice(isProtected)
  const [, partition, , region, account] = functionArn.split(':')
  const group = `arn:${partition}:logs:${region}:${account}:log-group:${logGroup}`
  const change = putPolicy(roleArn, logPolicyName(group), logPolicyFor(group))
  const summary = `Let role ${roleNameOf(roleArn)} write log group ${logGroup}, in an inline policy of its own.`
  return { ...changeFix(context, summary, [change], isOurs(roleArn, context)), policy: change.policy }
}

function putPolicy(roleArn: string, policyName: string, policy: object): PutRolePolicy {
  return {
    action: 'put',
    type: 'role-policy',
    iamAction: 'iam:PutRolePolicy',
    roleArn,
    policyName,
    policy: { ...policy },
  }
}

/**
 * What to do about a role that AWS alone can change, in words, because every call would be refused; undefined: it is
 * none. Service-linked roles cannot be changed at all, those of IAM Identity Center through their permission set.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create-service-linked-role.html
 * https://docs.aws.amazon.com/singlesignon/latest/userguide/referencingpermissionsets.html
 */
export function protectedRole(roleArn: string): string | undefined {
  const name = roleNameOf(roleArn)
  if (/:role\/aws-reserved\//.test(roleArn) || name.startsWith('AWSReservedSSO_')) {
    return `Role ${name} is protected: IAM Identity Center alone changes it. Give the function an execution role of its own, or change the permission set that the role comes from.`
  }
  if (/:role\/aws-service-role\//.test(roleArn)) {
    return `Role ${name} is protected: AWS alone changes service-linked roles. Give the function an execution role of its own.`
  }
  return undefined
}

const isOurs = (roleArn: string, { account }: RuleContext) => roleArn.split(':')[4] === account
