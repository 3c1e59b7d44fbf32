import { readAllAttributes } from '../../aws/change-queue.js'
import type { Clients } from '../../aws/clients.js'
import { readRolePolicy } from '../../aws/role-policy.js'
import type { RepairChange } from '../../change.js'
import type { JournaledChange } from '../../journal.js'
import { canonicalJson, samePolicy } from '../../permissions/merge-policy.js'

/** What stands where a change is to be made: see JournaledChange.previous. For a queue: its attributes. */
export type Present = JournaledChange['previous']

/**
 * Reads what stands in the place of a change now.
 * @throws SqsTriggerError ACCESS_DENIED, QUEUE_NOT_FOUND where the attributes are those of a queue that is gone
 */
export async function readPresent(change: RepairChange, clients: Clients): Promise<Present> {
  if (change.type === 'role-policy') return readRolePolicy(clients, change)
  const all = await readAllAttributes(clients, change.queueArn)
  if (all === null) return null
  const names = Object.keys(change.attributes)
  // SQS leaves out what is not set.
  return Object.fromEntries(names.map((name) => [name, all[name] ?? '']))
}

/** Whether what is there is what the change makes. */
export function isMade(change: RepairChange, present: Present): boolean {
  return samePresent(change, contentOf(change), present)
}

/** Whether two contents of one place are the same, as far as they mean anything. */
export function samePresent(change: RepairChange, one: Present, other: Present): boolean {
  if (one === null || other === null) return one === other
  if (change.type === 'role-policy') return samePolicy(one, other)
  return Object.keys(change.attributes).every((name) => sameAttribute(one[name], other[name]))
}

function contentOf(change: RepairChange): Present {
  if (change.type !== 'role-policy') return change.attributes
  return change.action === 'put' ? change.policy : null
}

/** SQS sends a redrive policy back in its own words: the count as a number, the keys in its order. */
function sameAttribute(one: unknown, other: unknown): boolean {
  return one === other || canonicalJson(parsed(one)) === canonicalJson(parsed(other))
}

function parsed(value: unknown): unknown {
  try {
    return typeof value === 'string' && value.startsWith('{') ? JSON.parse(value) : value
  } catch {
    return value
  }
}
