import { type Answer, any, fromBoolean, no, unknown, yes } from './answer.js'
import { clip } from './clip.js'
import type { PrincipalSelection, Statement } from './policy.js'
import type { Principal } from './request.js'
import { notUnderstood, type Scope } from './scope.js'

/**
 * By which name a statement of a queue, key or trust policy means the principal. It matters, because a grant
 * to the role is capped by its boundary and a grant to the account only delegates to the account's policies.
 * - `direct`: anyone, the session, the user or the service itself
 * - `role`: the role behind a session
 * - `account`: the account as a whole
 */
export interface PrincipalMatch {
  readonly direct: Answer
  readonly role: Answer
  readonly account: Answer
}

export function matchPrincipal(statement: Statement, scope: Scope): PrincipalMatch {
  const { principal: selection } = statement
  if (selection === undefined) return { direct: no, role: no, account: no }
  const listed = findPrincipal(selection, scope)
  if (!selection.negated) return listed
  if (statement.effect === 'Allow')
    return { direct: notUnderstood(scope, 'NotPrincipal is only for a Deny'), role: no, account: no }
  return { direct: coversUnlisted(selection, listed, scope), role: no, account: no }
}

/** Which names of the principal are listed. */
function findPrincipal(selection: PrincipalSelection, scope: Scope): PrincipalMatch {
  const { principal } = scope.request
  const names = (kind: string) =>
    selection.entries.filter((entry) => entry.kind === kind).map(({ value }) => value)
  const aws = names('AWS')
  if (aws.includes('*')) return { direct: yes, role: no, account: no }
  if (principal.kind === 'service') {
    return { direct: matchService(names('Service'), principal.service, scope), role: no, account: no }
  }
  const accountNames = namesOfAccount(principal)
  const account = fromBoolean(aws.some((name) => accountNames.includes(name)))
  switch (principal.kind) {
    case 'root':
      return { direct: no, role: no, account }
    case 'user':
      return { direct: fromBoolean(aws.includes(principal.arn)), role: no, account }
    case 'federated-user':
      return { direct: fromBoolean(aws.includes(principal.arn)), role: matchIssuer(aws, principal), account }
    case 'assumed-role':
      return {
        direct: matchSession(aws, principal),
        role: fromBoolean(aws.includes(principal.roleArn)),
        account,
      }
  }
}

function namesOfAccount(principal: Exclude<Principal, { kind: 'service' }>): readonly string[] {
  const { account } = principal
  const arn = principal.kind === 'assumed-role' ? principal.roleArn : principal.arn
  return [account, `arn:${arn.split(':')[1]}:iam::${account}:root`]
}

/** Lambda's own name is the same in every partition; regional and .cn forms exist, and may mean the same. */
function matchService(names: readonly string[], service: string, scope: Scope): Answer {
  if (names.includes(service)) return yes
  const [label] = service.split('.')
  const variant = names.find((name) => name === '*' || (name.startsWith(`${label}.`) && name !== service))
  return variant === undefined ? no : notUnderstood(scope, `whether ${clip(variant)} means ${service}`)
}

/** The session name of the Lambda poller is not known, so that a session of the same role may be this one. */
function matchSession(
  names: readonly string[],
  principal: Extract<Principal, { kind: 'assumed-role' }>,
): Answer {
  if (principal.sessionArn !== undefined) return fromBoolean(names.includes(principal.sessionArn))
  const role = principal.roleArn.split('/').at(-1) ?? ''
  const prefix = `:sts::${principal.account}:assumed-role/${role}/`
  const sameRole = names.some((name) => name.includes(prefix))
  return sameRole
    ? unknown({ name: 'aws:userid', class: 'context', why: 'the session name is not known' })
    : no
}

/** A federated user also has the grants of the user who made its credentials, who cannot be told from its ARN. */
function matchIssuer(
  names: readonly string[],
  principal: Extract<Principal, { kind: 'federated-user' }>,
): Answer {
  const someUser = names.some((name) => name.includes(`:iam::${principal.account}:user/`))
  return someUser
    ? unknown({ name: 'aws:userid', class: 'context', why: 'the issuing user is not known' })
    : no
}

const requiredNames: Readonly<Record<Principal['kind'], readonly (keyof PrincipalMatch)[]>> = {
  service: ['direct'],
  root: ['account'],
  user: ['account', 'direct'],
  'federated-user': ['account', 'direct'],
  'assumed-role': ['account', 'role', 'direct'],
}

/**
 * NotPrincipal means everyone who is not listed. AWS asks to list the account, the role and the session of
 * whom is to be spared, and does not say what happens with only some of them. Users and roles with a permissions
 * boundary are never spared, whoever is listed.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notprincipal.html
 */
function coversUnlisted(selection: PrincipalSelection, listed: PrincipalMatch, scope: Scope): Answer {
  const { kind } = scope.request.principal
  const mayHaveBoundary = kind === 'user' || kind === 'assumed-role'
  const bounded = (mayHaveBoundary ? scope.hasBoundary : undefined) ?? no
  return any([bounded, isUnlisted(selection, listed, scope)])
}

function isUnlisted(selection: PrincipalSelection, listed: PrincipalMatch, scope: Scope): Answer {
  const { principal } = scope.request
  if (selection.entries.some(({ kind, value }) => kind === 'AWS' && value === '*')) return no
  const names = Object.values(listed).map((answer) => answer.value)
  if (names.every((value) => value === 'no')) return yes
  const required = requiredNames[principal.kind].map((name) => listed[name].value)
  if (required.every((value) => value === 'yes')) return no
  const why =
    'NotPrincipal spares only whom it lists by account, by role and by session, and lists some of them'
  return notUnderstood(scope, why)
}
