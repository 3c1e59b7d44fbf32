import { roleNameOf } from '../arn.js'
import { awsCommand } from '../command-line.js'
import { denied, granted } from './examples/judgements.js'
import type { CallerAction, Judgement, PermissionName } from './facts.js'
import type { Fix, Severity } from './finding.js'
import { advice } from './fix.js'
import { type MissingPermission, permissionOutcome } from './permission-outcome.js'
import { defineRule, type Rule, type RuleContext } from './rule.js'
import { whoMustAct } from './who-must-act.js'

/** What differs between the rules about the caller's rights. */
export interface CallerPermissionRule {
  readonly slug: string
  readonly actions: readonly CallerAction[]
  readonly severity: Severity
  /** Smallest resource that a policy can name for the action. */
  readonly resource: (context: RuleContext) => string
  /** What the grant may be bound to, where a resource cannot be named. Default: nothing. */
  readonly condition?: (context: RuleContext) => Readonly<Record<string, object>>
  readonly title: string
  readonly why: string
  readonly sources: readonly string[]
}

/** A rule about rights of the caller that are needed together. A warning loses a feature of ours; an error loses the mapping. */
export function callerLacks({ actions, resource, condition, ...about }: CallerPermissionRule): Rule {
  const facts = actions.map((action): PermissionName => `caller ${action}`)
  const every = (judgement: Judgement) => Object.fromEntries(facts.map((name) => [name, judgement]))
  return defineRule({
    ...about,
    group: 'caller',
    subject: 'caller',
    enforcedByAws: about.severity === 'error',
    needs: facts,
    example: { bad: every(denied), good: every(granted) },
    judge: (values, context) =>
      permissionOutcome(
        actions.map((action) => [action, values[`caller ${action}`]] as const),
        resource(context),
        `You may call ${actions.join(' and ')}.`,
      ),
    message: (missing, { callerArn }) =>
      `You may not call ${missing.actions.join(' and ')} as ${callerArn}: ${missing.judgement.decision.reason}.`,
    fix: (missing, context) => grantToCaller(missing, context, condition?.(context)),
  })
}

/** Nobody gives rights to themselves: the command is for whoever administers the account. */
function grantToCaller(
  { actions, resource, judgement }: MissingPermission,
  context: RuleContext,
  Condition: Readonly<Record<string, object>> | undefined,
): Fix {
  const others = whoMustAct(judgement.decision.evidence, {
    holder: context.callerArn,
    actions,
    owner: `Whoever owns ${resource}`,
  })
  if (others !== undefined) return advice(others)
  const layers = judgement.decision.evidence.map(({ layer }) => layer)
  const ofResource = layers.some((layer) => layer === 'resource' || layer === 'key')
  const owner = resource.split(':')[4]
  const where = owner && owner !== context.account ? ` in account ${owner}` : ''
  const ownerMust = `Whoever owns ${resource}${where} must let ${context.callerArn} call ${actions.join(', ')} in its policy.`
  if (ofResource && !layers.some((layer) => layer === 'identity' || layer === 'simulator')) {
    return advice(ownerMust)
  }
  const policy = {
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Action: actions, Resource: resource, ...(Condition && { Condition }) }],
  }
  const [, kind = '', name = ''] = /:(user|assumed-role)\/(.+)$/.exec(context.callerArn) ?? []
  const principal = kind === 'user' ? roleNameOf(name) : (name.split('/')[0] ?? '')
  if (kind === '' || principal.startsWith('AWSReservedSSO_')) {
    return { ...advice('Whoever administers your permission set can add this policy to it.'), policy }
  }
  const policyName = `sqs-trigger-${actions[0]?.split(':')[1]}`
  const verb = kind === 'user' ? ['put-user-policy', '--user-name'] : ['put-role-policy', '--role-name']
  const words = [...verb, principal, '--policy-name', policyName, '--policy-document', JSON.stringify(policy)]
  return {
    // Across accounts both sides must allow it: the command is half of the way.
    summary: `Whoever administers the account can grant it.${ofResource ? ` ${ownerMust}` : ''}`,
    commands: [{ shell: 'posix', text: awsCommand(context, 'iam', ...words) }],
    policy,
    automatic: false,
  }
}
