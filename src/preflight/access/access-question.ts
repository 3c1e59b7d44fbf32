import type { CallerIdentity } from '../../aws/caller-identity.js'
import type { AccessRequest, PolicyLayers, Principal, RequestFacts } from '../../permissions/request.js'
import type { Fact, UnknownFact } from '../fact.js'

/** Some actions of one principal on one resource. Together they cost one call of the simulator. */
export interface AccessQuestion<Action extends string> {
  readonly actions: readonly Action[]
  /** `*` for actions without a resource. */
  readonly resource: string
  readonly facts: RequestFacts
  /** Facts that only some of the actions carry, such as lambda:FunctionArn. */
  readonly factsOf?: { readonly [Name in Action]?: RequestFacts }
  /** Actions that are only asked along: nothing more is asked or read for their sake. */
  readonly along?: readonly Action[]
  /** What comes from other reads. The simulator does not wait for it. */
  readonly rest?: Promise<Rest>
}

/** What queue policy, key policy and grants say, and further facts of the request such as tags of the role. */
export interface Rest extends Pick<PolicyLayers, 'resource' | 'grants'> {
  readonly facts?: RequestFacts
  /** Why the resource's own policy is `unreadable`, and what would settle it. */
  readonly unread?: UnknownFact
}

/** One action of a question, with everything that other reads say of it. */
export interface Inquiry {
  readonly request: AccessRequest
  readonly layers: Omit<PolicyLayers, 'identity'>
  readonly unread: UnknownFact | undefined
  /** See AccessQuestion. */
  readonly along: boolean
}

/** A user or role whose identity policies can be simulated or read. */
export interface PolicyHolder {
  readonly kind: 'user' | 'role'
  /** With its path; never a session. */
  readonly arn: string
  readonly name: string
  /** ARN of the permissions boundary, undefined in it: there is none. */
  readonly boundary: () => Promise<Fact<string | undefined>>
  readonly principal: Principal
}

/** The caller as policies see them; undefined: nobody can read what limits this kind of session. */
export function principalOf(caller: CallerIdentity, roleArn: string | undefined): Principal | undefined {
  const { arn, account } = caller
  if (caller.kind === 'user' || caller.kind === 'root') return { kind: caller.kind, arn, account }
  if (caller.kind === 'assumed-role' && roleArn !== undefined) {
    return { kind: 'assumed-role', roleArn, sessionArn: arn, account }
  }
  return undefined
}

/** The condition keys whose values are known, as the simulator wants them. Wildcard keys are a matter of ours. */
export function simulatorContext(facts: RequestFacts): Readonly<Record<string, readonly string[]>> {
  const context: Record<string, readonly string[]> = {}
  for (const [key, fact] of Object.entries(facts)) {
    if (fact.state === 'known' && !key.includes('*') && !isOfTheClock(key)) context[key] = fact.values
  }
  return context
}

/** The simulator has a clock of its own. */
export const isOfTheClock = (key: string) => /^aws:(?:CurrentTime|EpochTime)$/i.test(key)
