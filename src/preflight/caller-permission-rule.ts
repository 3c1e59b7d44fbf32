import { roleNameOf } from '../arn.js'
import { awsCommand } from '../command-line.js'
import { denied, granted } from './example-judgements.js'
import type { CallerAction, PermissionName } from './facts.js'
import type { Fix, Severity } from './finding.js'
import { advice } from './fix.js'
import { type MissingPermission, permissionOutcome } from './permission-outcome.js'
import { defineRule, type Rule, type RuleContext } from './rule.js'
import { whoMustAct } from './who-must-act.js'

/** What differs between the rules about one right of the caller. */
export interface CallerPermissionRule {
  readonly slug: string
  readonly action: CallerAction
  readonly severity: Severity
  /** Smallest resource that a policy can name for the action. */
  readonly resource: (context: RuleContext) => string
  readonly title: string
  readonly why: string
  readonly sources: readonly string[]
}

/** A rule about one right of the caller. A warning loses a feature of ours; an error loses the mapping. */
export function callerLacks({ action, resource, ...about }: CallerPermissionRule): Rule {
  const fact: PermissionName = `caller ${action}`
  return defineRule({
    ...about,
    group: 'caller',
    subject: 'caller',
    enforcedByAws: about.severity === 'error',
    needs: [fact],
    example: { bad: { [fact]: denied }, good: { [fact]: granted } },
    judge: (facts, context) =>
      permissionOutcome([[action, facts[fact]]], resource(context), `You may call ${action}.`),
    message: ({ judgement }, { callerArn }) =>
      `You may not call ${action} as ${callerArn}: ${judgement.decision.reason}.`,
    fix: grantToCaller,
  })
}

/** Nobody gives rights to themselves: the command is for whoever administers the account. */
function grantToCaller({ actions, resource, judgement }: MissingPermission, context: RuleContext): Fix {
  const others = whoMustAct(judgement.decision.evidence, {
    holder: context.callerArn,
    actions,
    owner: 'Whoever owns it',
  })
  if (others !== undefined) return advice(others)
  const layers = judgement.decision.evidence.map(({ layer }) => layer)
  if (layers.includes('resource') && !layers.some((layer) => layer === 'identity' || layer === 'simulator')) {
    return advice(
      `Whoever owns ${resource} must let ${context.callerArn} call ${actions.join(', ')} in its policy.`,
    )
  }
  const policy = {
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Action: actions, Resource: resource }],
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
    summary: 'Whoever administers the account can grant it.',
    commands: [{ shell: 'posix', text: awsCommand(context, 'iam', ...words) }],
    policy,
    automatic: false,
  }
}
