import type { AccessRequest, PolicyLayers, RequestFact } from '../../src/permissions/request.js'

/**
 * A second, plain reading of the evaluation logic for requests of which everything is known: true or false,
 * regular expressions, no evidence. It shares no code with the evaluator, so that the two check each other.
 */
export interface PlainStatement {
  readonly Effect: 'Allow' | 'Deny'
  readonly Principal?: '*' | { readonly AWS: string | readonly string[] }
  readonly Action?: string | readonly string[]
  readonly NotAction?: string | readonly string[]
  readonly Resource?: string | readonly string[]
  readonly NotResource?: string | readonly string[]
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>
}

type Names = (principal: readonly string[]) => boolean

export function isAllowed(request: AccessRequest, layers: PolicyLayers): boolean {
  const { principal } = request
  if (principal.kind !== 'assumed-role') throw new Error('only role sessions are asked about')
  const { roleArn, sessionArn = '', account } = principal
  const accountNames = [account, `arn:aws:iam::${account}:root`]
  const anyName: Names = (listed) =>
    ['*', roleArn, sessionArn, ...accountNames].some((name) => listed.includes(name))
  const applies = (policies: unknown, effect: string, names: Names) =>
    statementsOf(policies).some(
      (statement) =>
        statement.Effect === effect &&
        (statement.Principal === undefined || names(principalsOf(statement))) &&
        covers(statement, request),
    )
  const allows = (policies: unknown, names: Names = anyName) => applies(policies, 'Allow', names)
  const levels = (list: PolicyLayers['scps']) => (Array.isArray(list) ? list : [])
  const everyLayer = [
    layers.identity,
    layers.boundary,
    layers.session,
    layers.resource,
    ...levels(layers.scps),
    ...levels(layers.rcps),
  ]
  if (everyLayer.some((layer) => applies(layer, 'Deny', anyName))) return false
  if (!levels(layers.scps).every((level) => allows(level))) return false

  const capped = [layers.boundary, layers.session].every((cap) => cap === undefined || allows(cap))
  const identity = allows(layers.identity)
  const direct = allows(layers.resource, (listed) => listed.includes('*') || listed.includes(sessionArn))
  const role = allows(layers.resource, (listed) => listed.includes(roleArn))
  const delegates = allows(layers.resource, (listed) => accountNames.some((name) => listed.includes(name)))
  if (request.resourceAccount !== account) return identity && capped && (direct || role || delegates)
  if (request.action.startsWith('kms:')) return direct || (capped && (role || (delegates && identity)))
  return direct || (capped && (identity || role))
}

function statementsOf(policies: unknown): readonly PlainStatement[] {
  // The generators of this folder make lists of named documents and nothing else.
  const named = (policies ?? []) as readonly {
    readonly document: { readonly Statement: readonly PlainStatement[] }
  }[]
  return named.flatMap(({ document }) => document.Statement)
}

function principalsOf({ Principal }: PlainStatement): readonly string[] {
  return Principal === undefined ? [] : Principal === '*' ? ['*'] : [Principal.AWS].flat()
}

function covers(statement: PlainStatement, request: AccessRequest): boolean {
  const { Action, NotAction, Resource, NotResource, Condition = {} } = statement
  const named = (patterns: string | readonly string[] | undefined, text: string, flags: string) =>
    [patterns ?? []].flat().some((pattern) => glob(pattern, request, flags).test(text))
  const action =
    Action === undefined ? !named(NotAction, request.action, 'i') : named(Action, request.action, 'i')
  const resource =
    Resource === undefined ? !named(NotResource, request.resource, '') : named(Resource, request.resource, '')
  const conditions = Object.entries(Condition).every(([operator, keys]) =>
    Object.entries(keys).every(([key, values]) => holds(operator, key, [values].flat(), request)),
  )
  return action && resource && conditions
}

const never = /(?!)/

function glob(pattern: string, { facts }: AccessRequest, flags = ''): RegExp {
  const [head = '', variable, tail = ''] = pattern.split(/\$\{(.*)\}/)
  const source = (text: string) => literal(text).replaceAll('\\*', '.*').replaceAll('\\?', '.')
  if (variable === undefined) return new RegExp(`^${source(head)}$`, flags)
  const [value] = valuesOf(facts[variable])
  return value === undefined ? never : new RegExp(`^${source(head)}${literal(value)}${source(tail)}$`, flags)
}

function literal(text: string): string {
  return text.replace(/[.+^${}()|[\]\\*?]/g, '\\$&')
}

function valuesOf(fact: RequestFact | undefined): readonly string[] {
  return fact?.state === 'known' ? fact.values : []
}

function holds(operator: string, key: string, wanted: readonly string[], request: AccessRequest): boolean {
  const values = valuesOf(request.facts[key])
  if (operator === 'Null') return wanted.includes(String(values.length === 0))
  const [, set = '', name = '', ifExists] = /^(?:(.*):)?(.*?)(IfExists)?$/.exec(operator) ?? []
  const negated = name.includes('Not')
  if (values.length === 0) return ifExists !== undefined || set === 'ForAllValues' || (set === '' && negated)
  const like = name.includes('Like') || name.includes('Arn')
  const fits = (value: string) =>
    wanted.some((text) => (like ? glob(text, request).test(value) : text === value)) !== negated
  return set === 'ForAllValues' ? values.every(fits) : values.some(fits)
}
