import type { AccessRequest, KeyGrant, PolicyLayers, Principal } from '../../src/permissions/request.js'
import { holds, type Wanted } from './two-valued-condition.js'
import { fill, plainGlob, valuesOf } from './two-valued-text.js'

/**
 * A second, plain reading of the evaluation logic for requests of which everything is known: true or false,
 * regular expressions, no evidence. It shares no code with the evaluator, so that the two check each other.
 */
export interface PlainStatement {
  readonly Effect: 'Allow' | 'Deny'
  readonly Principal?: PlainPrincipal
  readonly NotPrincipal?: PlainPrincipal
  readonly Action?: string | readonly string[]
  readonly NotAction?: string | readonly string[]
  readonly Resource?: string | readonly string[]
  readonly NotResource?: string | readonly string[]
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, Wanted>>>>
}

export type PlainPrincipal = '*' | { readonly AWS: string | readonly string[] }

type Names = (principal: readonly string[]) => boolean

export function isAllowed(request: AccessRequest, layers: PolicyLayers): boolean {
  const { principal } = request
  if (principal.kind === 'service') throw new Error('services are not asked about')
  const { account } = principal
  const isRoot = principal.kind === 'root'
  const isLinked = principal.kind === 'assumed-role' && principal.roleArn.includes('/aws-service-role/')
  const accountNames = [account, `arn:aws:iam::${account}:root`]
  const ownNames = [directName(principal), ...(principal.kind === 'assumed-role' ? [principal.roleArn] : [])]
  const anyName: Names = (listed) => ['*', ...ownNames, ...accountNames].some((name) => listed.includes(name))
  const hasBoundary = layers.boundary !== undefined
  const speaksTo = ({ Principal, NotPrincipal }: PlainStatement, names: Names) => {
    if (NotPrincipal !== undefined) return (hasBoundary && !isRoot) || !anyName(namesIn(NotPrincipal))
    return Principal === undefined || names(namesIn(Principal))
  }
  const applies = (policies: unknown, effect: string, names: Names) =>
    documentsOf(policies).some(({ Version, Statement }) =>
      Statement.some(
        (statement) =>
          statement.Effect === effect && speaksTo(statement, names) && covers(statement, Version, request),
      ),
    )
  const allows = (policies: unknown, names: Names = anyName) => applies(policies, 'Allow', names)
  const levels = (list: PolicyLayers['scps']) => (Array.isArray(list) && !isLinked ? list : [])
  const own = isRoot ? [] : [layers.identity, layers.boundary]
  const everyLayer = [...own, layers.session, layers.resource, ...levels(layers.scps), ...levels(layers.rcps)]
  if (everyLayer.some((layer) => applies(layer, 'Deny', anyName))) return false
  if (!levels(layers.scps).every((level) => allows(level))) return false

  const caps = [isRoot ? undefined : layers.boundary, layers.session]
  const capped = caps.every((cap) => cap === undefined || allows(cap))
  const identity = isRoot || allows(layers.identity)
  const direct = allows(
    layers.resource,
    (listed) => listed.includes('*') || (!isRoot && listed.includes(directName(principal))),
  )
  const role =
    principal.kind === 'assumed-role' &&
    allows(layers.resource, (listed) => listed.includes(principal.roleArn))
  const delegates = allows(layers.resource, (listed) => accountNames.some((name) => listed.includes(name)))
  if (request.resourceAccount !== account) return identity && capped && (direct || role || delegates)
  if (!request.action.startsWith('kms:')) return direct || (capped && (identity || role))
  const grants = Array.isArray(layers.grants) ? layers.grants : []
  const granted = grants.some((grant: KeyGrant) => isGranted(grant, ownNames, request))
  return direct || granted || (capped && (role || (delegates && identity)))
}

function directName(principal: Exclude<Principal, { kind: 'service' }>): string {
  return principal.kind === 'assumed-role' ? (principal.sessionArn ?? '') : principal.arn
}

function isGranted(grant: KeyGrant, names: readonly string[], { action, facts }: AccessRequest): boolean {
  const sent = (name: string) => valuesOf(facts[`kms:EncryptionContext:${name}`])[0]
  const { encryptionContextSubset: subset = {}, encryptionContextEquals: exact } = grant
  const fits = [...Object.entries(subset), ...Object.entries(exact ?? {})].every(
    ([name, value]) => sent(name) === value,
  )
  const sameKeys =
    exact === undefined || valuesOf(facts['kms:EncryptionContextKeys']).join() === Object.keys(exact).join()
  return (
    names.includes(grant.granteePrincipal) && grant.operations.includes(action.slice(4)) && fits && sameKeys
  )
}

interface PlainDocument {
  readonly Version: string
  readonly Statement: readonly PlainStatement[]
}

function documentsOf(policies: unknown): readonly PlainDocument[] {
  // The generators of this folder make lists of named documents and nothing else.
  return ((policies ?? []) as readonly { readonly document: PlainDocument }[]).map(({ document }) => document)
}

function namesIn(principal: PlainPrincipal): readonly string[] {
  return principal === '*' ? ['*'] : [principal.AWS].flat()
}

function covers(statement: PlainStatement, version: string, request: AccessRequest): boolean {
  const { Action, NotAction, Resource, NotResource, Condition = {} } = statement
  const named = (patterns: Wanted, text: string, flags: string) =>
    [patterns].flat().some((pattern) => {
      const filled = fill(pattern, version, request.facts)
      return filled !== undefined && plainGlob(filled, flags).test(text)
    })
  const { action, resource } = request
  const forAction = Action === undefined ? !named(NotAction ?? [], action, 'i') : named(Action, action, 'i')
  const forResource =
    Resource === undefined ? !named(NotResource ?? [], resource, '') : named(Resource, resource, '')
  const tests = Object.entries(Condition).flatMap(([operator, byKey]) =>
    Object.entries(byKey).map(([key, wanted]) => ({ operator, key, wanted: [wanted].flat() })),
  )
  return forAction && forResource && tests.every((test) => holds(test, version, request.facts))
}
