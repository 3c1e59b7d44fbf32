import { roleNameOf } from '../../arn.js'
import { readFunctionsOfRole } from '../../aws/functions-of-role.js'
import { readRolePolicies } from '../../aws/principal-policies.js'
import { readRolePolicy } from '../../aws/role-policy.js'
import { readFunctionTags } from '../../aws/stack-tags.js'
import type { PutRolePolicy } from '../../change.js'
import { limits } from '../../limits.js'
import { mergePolicies, samePolicy } from '../../permissions/merge-policy.js'
import type { LayerPolicies } from '../../permissions/request.js'
import { mapFact, readAsFact } from '../../preflight/fact.js'
import type { RepairOptions } from '../requests.js'
import type { Repair } from '../results.js'
import type { PreflightResult } from '../run-preflight.js'
import type { Session } from '../session.js'
import { drift, driftAllowed, type Owner, readOwner } from './owner.js'
import { whatIf } from './what-if.js'

/** What one inline policy of a role is to hold, for all findings that ask for it. */
export interface RolePolicyWish {
  readonly rules: readonly string[]
  readonly summary: string
  readonly change: PutRolePolicy
}

/**
 * The repair that gives a role a policy. Nothing is taken away from what the policy says already, and nothing is made
 * that is not sure to be allowed, to be ours to make, and to help.
 */
export async function planRolePolicy(
  wish: RolePolicyWish,
  result: PreflightResult,
  options: RepairOptions & {
    readonly surroundings: () => Promise<Surroundings>
    /** The policies that earlier repairs of the same plan give the role: the limit is for all together. */
    readonly planned: readonly PutRolePolicy[]
  },
  session: Session,
): Promise<Repair> {
  const { roleArn } = wish.change
  const about = { rules: wish.rules, summary: wish.summary }
  const refuse = (refusal: string): Repair => ({ ...about, changes: [wish.change], effects: [], refusal })
  const refusal = outOfReach(roleArn, result)
  if (refusal !== null) return refuse(refusal)

  const present = await readAsFact(readRolePolicy(session.clients, wish.change))
  if (present.state !== 'known') {
    return refuse(
      `What policy ${wish.change.policyName} of the role says now could not be read, and is not overwritten: ${present.reason}.`,
    )
  }
  const policy =
    present.value === null ? wish.change.policy : mergePolicies(present.value, wish.change.policy)
  if (present.value !== null && samePolicy(policy, present.value)) {
    return refuse(
      `Policy ${wish.change.policyName} of role ${roleNameOf(roleArn)} says so already, so that the cause is another one. If it was written within the last minutes, IAM may not go by it yet.`,
    )
  }
  const change = { ...wish.change, policy }
  const { identity, owner, sharing } = await options.surroundings()
  const label = `role ${roleNameOf(roleArn)}`
  if (owner.stack !== null && !options.allowDrift) return refuse(drift(label, owner.stack))
  const size = sizeWith([...options.planned, change], identity)
  if (size !== null && size > limits.roleInlinePolicyMaximum.value) return refuse(tooLarge(label, size))
  const outlook = await whatIf({ change, rules: wish.rules, identity, result }, session)
  if (outlook.refusal !== null) return refuse(outlook.refusal)
  const effects = [
    ...(present.value === null
      ? []
      : [`Policy ${change.policyName} is there already: it is extended, and nothing in it is taken away.`]),
    ...sharing,
    ...(owner.stack === null ? [] : [driftAllowed(label, owner.stack)]),
    ...owner.warnings,
    ...(outlook.doubt === null ? [] : [`Whether it is enough cannot be told for certain: ${outlook.doubt}.`]),
    ...(result.facts.roleTrust.state === 'unknown'
      ? [`Whether Lambda may assume ${label} cannot be told: ${result.facts.roleTrust.reason}.`]
      : []),
  ]
  return { ...about, changes: [change], effects, refusal: null, found: [present.value] }
}

/** What is around a policy of a role, the same for all of them. */
export interface Surroundings {
  /** All policies of the role as they are. */
  readonly identity: LayerPolicies
  readonly owner: Owner
  /** Who shares the role, a sentence each. */
  readonly sharing: readonly string[]
}

export async function readSurroundings(
  roleArn: string,
  result: PreflightResult,
  session: Session,
): Promise<Surroundings> {
  const [identity, owner, sharing] = await Promise.all([
    readIdentity(roleArn, session),
    readRoleOwner(roleArn, result, session),
    sharedBy(roleArn, result, session),
  ])
  return { identity, owner, sharing }
}

/** Why nobody here can change this role, or why it would not help; null: nothing that is known already. */
function outOfReach(roleArn: string, { context, facts: { roleTrust } }: PreflightResult): string | null {
  const name = roleNameOf(roleArn)
  const account = roleArn.split(':')[4]
  if (account !== context.account) {
    return `Role ${name} is in account ${account}: only somebody there can change it.`
  }
  if (roleTrust.state === 'known' && roleTrust.value.decision.verdict === 'denied') {
    return `Lambda may not assume role ${name}, so that no policy of the role helps. Its trust policy comes first, and is never changed by this tool.`
  }
  return null
}

async function readIdentity(roleArn: string, { clients }: Session): Promise<LayerPolicies> {
  const read = await readAsFact(readRolePolicies(clients, roleNameOf(roleArn)))
  return read.state === 'known' ? read.value : 'unreadable'
}

async function readRoleOwner(roleArn: string, { target, facts }: PreflightResult, session: Session) {
  const { functionArn } = target
  const unqualified = functionArn?.split(':').slice(0, 7).join(':')
  return readOwner(
    {
      label: `role ${roleNameOf(roleArn)}`,
      physicalId: roleNameOf(roleArn),
      tags: mapFact(facts.role, ({ tags }) => tags),
      ...(unqualified === undefined
        ? {}
        : {
            besides: {
              label: `function ${unqualified.split(':').at(-1)}`,
              tags: await readAsFact(readFunctionTags(session.clients, unqualified)),
            },
          }),
    },
    session,
  )
}

/** Who else gains what the role is given. */
async function sharedBy(
  roleArn: string,
  { target }: PreflightResult,
  { clients }: Session,
): Promise<readonly string[]> {
  const label = `role ${roleNameOf(roleArn)}`
  const own = target.functionArn?.split(':')[6]
  const read = await readAsFact(readFunctionsOfRole(clients, roleArn))
  if (read.state !== 'known') {
    return [`Which other functions share ${label} could not be listed: ${read.reason}.`]
  }
  const others = read.value.filter((name) => name !== own)
  if (others.length === 0) return []
  const count = others.length === 1 ? 'another function' : `${others.length} other functions`
  return [
    `In ${clients.region} ${count} with ${label} gain${others.length === 1 ? 's' : ''} the same rights: ${listed(others)}.`,
  ]
}

/** The first names, and how many more there are. */
export function listed(names: readonly string[]): string {
  const most = 10
  const rest = names.length - most
  return `${names.slice(0, most).join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`
}

/** Characters of all inline policies with the new ones, white space not counted; null: they could not all be read. */
function sizeWith(changes: readonly PutRolePolicy[], identity: LayerPolicies): number | null {
  if (identity === 'unreadable') return null
  const written = new Set(changes.map(({ policyName }) => policyName))
  // The name of an attached policy is its ARN; those of inline policies hold no colon.
  const inline = identity.filter(({ name }) => !name.includes(':') && !written.has(name))
  const texts = inline.map(({ document }) => (typeof document === 'string' ? document : 'unreadable'))
  if (texts.includes('unreadable')) return null
  const all = [...texts.map(decoded), ...changes.map(({ policy }) => JSON.stringify(policy))]
  return all.reduce((sum, text) => sum + withoutSpace(text), 0)
}

const withoutSpace = (text: string) => text.replace(/\s/g, '').length

function decoded(text: string): string {
  try {
    return text.startsWith('%') ? decodeURIComponent(text) : text
  } catch {
    return text
  }
}

/** Splitting does not help: the limit is for all of them together. */
export function tooLarge(label: string, size?: number): string {
  const most = limits.roleInlinePolicyMaximum.value.toLocaleString('en')
  const found = size === undefined ? '' : `, and would have ${size.toLocaleString('en')}`
  return `The inline policies of ${label} may have ${most} characters together${found}. Move one of them into a managed policy, then try again.`
}
