import type { RepairChange } from '../../change.js'
import type { JournaledChange } from '../../journal.js'

/**
 * The change that takes another one back; null: nothing does. A queue is never deleted: messages may lie in it.
 * @param previous as in the journal
 */
export function undoOf(change: RepairChange, previous: JournaledChange['previous']): RepairChange | null {
  switch (change.type) {
    case 'role-policy': {
      const { type, roleArn, policyName } = change
      return previous === null
        ? { action: 'delete', type, iamAction: 'iam:DeleteRolePolicy', roleArn, policyName }
        : { action: 'put', type, iamAction: 'iam:PutRolePolicy', roleArn, policyName, policy: previous }
    }
    case 'queue':
      return null
    case 'queue-attributes': {
      if (previous === null) return null
      const names = Object.keys(change.attributes)
      const former = names.map((name) => [name, previous[name]] as const)
      if (!former.every((entry): entry is readonly [string, string] => typeof entry[1] === 'string'))
        return null
      return { ...change, attributes: Object.fromEntries(former) }
    }
  }
}

/** Of all changes, those that a repair may be made of. */
export function isRepairChange(change: { readonly type: string }): change is RepairChange {
  return ['role-policy', 'queue', 'queue-attributes'].includes(change.type)
}
