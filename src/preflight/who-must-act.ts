import type { Evidence, PolicyLayer } from '../permissions/decision.js'

/** Whose policies are at stake, in words: `role worker-role`, `your user`. */
interface Whose {
  readonly holder: string
  readonly actions: readonly string[]
  /** Who owns the queue or key, in words. */
  readonly owner: string
}

/**
 * Who must change what, where an Allow in the principal's own policies would not help: a Deny, a permissions
 * boundary, a session policy or AWS Organizations stands against it. undefined: an Allow is what is missing.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 */
export function whoMustAct(evidence: readonly Evidence[], whose: Whose): string | undefined {
  const denying = evidence.find(({ effect }) => effect === 'Deny')
  if (denying !== undefined) return narrowDeny(denying, whose)
  const cap = evidence.find(({ layer }) => caps.has(layer))
  if (cap === undefined) return undefined
  const { holder, actions } = whose
  const own = evidence.some(({ layer }) => layer === 'identity' || layer === 'simulator')
  const alone = own
    ? ` The policies of ${holder} must allow it as well.`
    : ' An Allow elsewhere does not help.'
  const must = `must allow ${actions.join(', ')}`
  switch (cap.layer) {
    case 'boundary':
      return `The permissions boundary of ${holder} ${must}; its administrator can change it.${alone}`
    case 'session':
      return `The session policy given when the role was assumed ${must}; whoever issues the session can change it.${alone}`
    default:
      return `A policy of AWS Organizations ${must}; the organization's administrator can change it.${alone}`
  }
}

const caps: ReadonlySet<PolicyLayer> = new Set<PolicyLayer>(['boundary', 'session', 'scp', 'rcp'])

function narrowDeny({ layer, policy, sid }: Evidence, { holder, owner }: Whose): string {
  const place = placeOf({ layer, policy, sid }, holder)
  const who = administrators[layer] ?? (layer === 'resource' || layer === 'key' ? owner : undefined)
  return `Remove or narrow the Deny in ${place}: no Allow outweighs it.${who === undefined ? '' : ` ${who} can change it.`}`
}

function placeOf(
  { layer, policy, sid }: { readonly [Part in 'layer' | 'policy' | 'sid']: Evidence[Part] },
  holder: string,
): string {
  const within = (names: readonly (string | undefined)[]) => {
    const said = names.filter((name) => name !== undefined && name !== '')
    return said.length === 0 ? '' : ` (${said.join(', ')})`
  }
  // A queue policy or key policy is called so already.
  if (layer === 'resource' || layer === 'key' || layer === 'trust') {
    return `${policy ?? `the ${layer} policy`}${within([sid])}`
  }
  const whose = layer === 'scp' || layer === 'rcp' || layer === 'session' ? '' : ` of ${holder}`
  return `${places[layer] ?? 'the policies'}${whose}${within([policy, sid])}`
}

const places: { readonly [Layer in PolicyLayer]?: string } = {
  boundary: 'the permissions boundary',
  session: 'the session policy',
  scp: 'the service control policy',
  rcp: 'the resource control policy',
}

const administrators: { readonly [Layer in PolicyLayer]?: string } = {
  boundary: 'The administrator of the boundary',
  session: 'Whoever issues the session',
  scp: 'The organization’s administrator',
  rcp: 'The organization’s administrator',
}
