import { roleNameOf } from '../arn.js'
import { denied, granted } from './examples/judgements.js'
import type { PermissionName, RoleAction } from './facts.js'
import type { Group } from './finding.js'
import { ownCause } from './own-cause.js'
import { permissionOutcome } from './permission-outcome.js'
import { fixRolePolicy } from './role-fix.js'
import { defineRule, type Rule } from './rule.js'

/** What differs between the rules about one right of the execution role on the queue or its key. */
export interface RolePermissionRule {
  readonly slug: string
  readonly group: Group
  readonly action: RoleAction
  readonly enforcedByAws: boolean
  readonly title: string
  readonly why: string
  readonly sources: readonly string[]
}

/** A rule about one right of the execution role. The effective verdict over all layers is judged. */
export function roleLacks({ action, ...about }: RolePermissionRule): Rule {
  const fact: PermissionName = `role ${action}`
  return defineRule({
    ...about,
    severity: 'error',
    subject: 'role',
    needs: [fact],
    toldBy: tellers(action),
    example: { bad: { [fact]: denied }, good: { [fact]: granted } },
    judge: (facts, context) => {
      const resource = resourceOf(action, context)
      const owned = ownCause(facts[fact], { action, resource, roleArn: context.roleArn ?? '' })
      if ('kind' in owned) return owned
      const allowed = `Role ${roleNameOf(context.roleArn ?? '')} may call ${action} on ${nameOf(action, context)}.`
      return permissionOutcome([[action, owned]], resource, allowed)
    },
    message: ({ judgement }, context) =>
      `Role ${roleNameOf(context.roleArn ?? '')} of function ${context.functionName} may not call ${action} on ${nameOf(action, context)}: ${judgement.decision.reason}.`,
    fix: fixRolePolicy,
  })
}

/** Rules about the policy of the queue or key, where that decides and not the role. */
const tellers = (action: RoleAction) =>
  action === 'kms:Decrypt'
    ? ['key-policy-omits-role']
    : ['queue-policy-omits-role', 'queue-policy-denies-role']

type Names = { readonly queueArn: string; readonly queueName: string; readonly customerKeyArn: string | null }

const resourceOf = (action: RoleAction, { queueArn, customerKeyArn }: Names) =>
  action === 'kms:Decrypt' ? (customerKeyArn ?? '*') : queueArn

function nameOf(action: RoleAction, { queueName, customerKeyArn }: Names): string {
  if (action !== 'kms:Decrypt') return `queue ${queueName}`
  return `${customerKeyArn === null ? 'AWS’s own key' : `key ${customerKeyArn}`} of queue ${queueName}`
}
