/** An access-denied answer taken apart. `action` is spelt as AWS spelt it: SQS writes it in lower case. */
export interface Denial {
  readonly principal: string
  readonly action: string
  readonly resource: string | undefined
  /** `because no … policy allows` (implicit), `with an explicit deny` (explicit); undefined: AWS did not say. */
  readonly kind: 'implicit' | 'explicit' | undefined
  /** e.g. `identity-based`, `permissions boundary`, `service control`; undefined: AWS did not say. */
  readonly layer: string | undefined
  readonly policyArn: string | undefined
}

/**
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html; since 2026 the ARN of the policy
 * may follow.
 */
const grammar =
  /User: (\S+) is not authorized to perform: (\S+?)(?: on resource: (.+?))?(?:(?: because no (.+?)(?: policy)? allows the \S+ action| with an explicit deny(?: in (?:an?|the) ([\w\s-]+?))?)(?::\s*(arn:\S+?))?)?\.?$/

const layers =
  '(?:identity-based|resource-based|permissions boundary|session|service control|resource control|VPC endpoint|role trust)(?: policy)?'

/** Its parts, for lines that were broken within it. */
export const denialPatterns: readonly RegExp[] = [
  new RegExp(`(?: on resource: \\S+)? because no ${layers} allows the \\S+ action`),
  new RegExp(`(?: on resource: \\S+)? with an explicit deny(?: in (?:an?|the) ${layers})?`),
  /User: \S+ is not authorized to perform: \S+ on resource: /,
]

/** undefined when the text does not follow IAM's grammar. */
export function readDenial(text: string): Denial | undefined {
  const match = grammar.exec(text.trim())
  const [, principal, action, resource, missing, denying, policyArn] = match ?? []
  if (principal === undefined || action === undefined) return undefined
  const explicit = / with an explicit deny/.test(text)
  return {
    principal,
    action,
    resource,
    kind: missing !== undefined ? 'implicit' : explicit ? 'explicit' : undefined,
    layer: missing ?? denying?.replace(/ policy$/, ''),
    policyArn,
  }
}

/** Who can mend it, by the layer that AWS named. */
export function denialHint(denial: Denial | undefined): string {
  const layer = denial?.layer
  if (denial?.kind === 'explicit' && layer === undefined) {
    return 'A Deny decides, and no Allow can outweigh it; AWS did not say in which policy. Ask whoever administers this account.'
  }
  if (denial === undefined || layer === undefined) {
    return 'AWS did not say which policy is missing. Ask whoever administers this account for the right.'
  }
  const owner =
    owners.find(([pattern]) => pattern.test(layer))?.[1] ?? 'Ask whoever administers this account.'
  const policy = denial.policyArn === undefined ? '' : ` The policy: ${denial.policyArn}.`
  return denial.kind === 'explicit'
    ? `A Deny decides, and no Allow can outweigh it. ${owner}${policy}`
    : `${owner}${policy}`
}

const owners: readonly (readonly [layer: RegExp, advice: string])[] = [
  [
    /identity-based/,
    'Change the policies of the user or role that you call as, or ask whoever administers them.',
  ],
  [
    /resource-based/,
    'Change the policy of the resource itself, in the account that owns it: ask its owner where that is not yours.',
  ],
  [/permissions boundary/, 'The permissions boundary of your user or role decides: ask its administrator.'],
  [/session/, 'The session policy given when the role was assumed decides: ask whoever issues the session.'],
  [
    /service control|resource control/,
    'A policy of AWS Organizations decides: ask the organization’s administrator.',
  ],
  [/VPC endpoint/, 'The policy of the VPC endpoint decides: ask the network’s administrator.'],
  [/trust/, 'The role’s trust policy decides: change whom it lets assume the role.'],
]
