import { nameStatements } from '../permissions/decide.js'
import type { Evidence, PolicyLayer } from '../permissions/decision.js'
import { namePolicy } from '../permissions/layer-names.js'

/** Whose policies are at stake, in words: `role worker-role`, `your user`. */
interface Whose {
  readonly holder: string
  readonly actions: readonly string[]
  /** Who owns the queue or key, in words. */
  readonly owner: string
}

/**
 * Who must change what, where an Allow in the principal's own policies would not help: a Deny, a permissions
 * boundary, a session policy, a VPC endpoint or AWS Organizations stands against it. Everything that refuses is said:
 * mending a part leaves the rest. undefined: an Allow is what is missing.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 */
export function whoMustAct(evidence: readonly Evidence[], whose: Whose): string | undefined {
  const denying = evidence.filter(({ effect }) => effect === 'Deny')
  const lacking = evidence.filter(({ effect }) => effect === undefined).map(({ layer }) => layer)
  const caps = lacking.filter((layer) => capOf(layer) !== undefined)
  if (denying.length === 0 && caps.length === 0) return undefined
  const ownIsMissing = lacking.some((layer) => layer === 'identity' || layer === 'simulator')
  const ownerIsMissing = lacking.some((layer) => layer === 'resource' || layer === 'key')
  const said = [
    ...(denying.length === 0 ? [] : [narrowDeny(denying, whose)]),
    ...new Set(caps.map((cap) => widen(cap, whose))),
  ]
  if (ownIsMissing) said.push(`The policies of ${whose.holder} must allow it as well.`)
  if (ownerIsMissing) said.push(`${whose.owner} must let ${whose.holder} in as well.`)
  if (denying.length === 0 && !ownIsMissing && !ownerIsMissing) said.push('An Allow elsewhere does not help.')
  return said.join(' ')
}

function widen(layer: PolicyLayer, { holder, actions }: Whose): string {
  const cap = capOf(layer)
  const whose = layer === 'boundary' ? ` of ${holder}` : ''
  return `${cap?.policy}${whose} must allow ${actions.join(', ')}; ${cap?.who} can change it.`
}

/** What cuts rights off, and who keeps it. */
function capOf(layer: PolicyLayer): { readonly policy: string; readonly who: string } | undefined {
  switch (layer) {
    case 'boundary':
      return { policy: 'The permissions boundary', who: 'its administrator' }
    case 'session':
      return {
        policy: 'The session policy given when the role was assumed',
        who: 'whoever issues the session',
      }
    case 'endpoint':
      return { policy: 'The policy of the VPC endpoint', who: "the network's administrator" }
    case 'scp':
    case 'rcp':
      return { policy: 'A policy of AWS Organizations', who: "the organization's administrator" }
    default:
      return undefined
  }
}

function narrowDeny(denying: readonly Evidence[], { holder, owner }: Whose): string {
  const who = new Set(denying.flatMap(({ layer }) => administratorOf(layer, owner) ?? []))
  const it = who.size > 1 ? 'their part' : 'it'
  const acting = [...who].map((one) => ` ${one} can change ${it}.`).join('')
  const places = nameStatements(denying, (one) => placeOf(one, holder))
  return `Remove or narrow the Deny in ${places}: no Allow outweighs it.${acting}`
}

function placeOf({ layer, policy }: Evidence, holder: string): string {
  const name = policy === undefined ? '' : ` (${policy})`
  switch (layer) {
    case 'live':
      return policy === undefined ? 'a policy that AWS did not name' : `policy ${policy}`
    case 'identity':
    case 'simulator':
      return `the policies of ${holder}${name}`
    case 'boundary':
      return `the permissions boundary of ${holder}${name}`
    case 'resource':
      return policy ?? 'the policy of the resource itself'
    default:
      return namePolicy(layer, policy)
  }
}

function administratorOf(layer: PolicyLayer, owner: string): string | undefined {
  switch (layer) {
    case 'resource':
    case 'key':
      return owner
    case 'boundary':
      return 'The administrator of the boundary'
    case 'session':
      return 'Whoever issues the session'
    case 'endpoint':
      return 'The network’s administrator'
    case 'scp':
    case 'rcp':
      return 'The organization’s administrator'
    default:
      return undefined
  }
}
