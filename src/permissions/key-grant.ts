import { type Answer, all, any, citing, fromBoolean, no, unknown } from './answer.js'
import type { Question } from './layer.js'
import type { KeyGrant, PolicyLayers, RequestFact } from './request.js'
import { policyGap } from './scope.js'

/** Whether a KMS grant covers the request: https://docs.aws.amazon.com/kms/latest/developerguide/grants.html */
export function evaluateGrants(grants: PolicyLayers['grants'], question: Question): Answer {
  if (grants === undefined) return no
  if (grants === 'unreadable') return unknown(policyGap('grant'))
  return any(grants.map((grant) => citing(coversRequest(grant, question), { layer: 'grant' })))
}

function coversRequest(grant: KeyGrant, question: Question): Answer {
  const operation = question.request.action.split(':')[1]?.toLowerCase()
  if (!grant.operations.some((name) => name.toLowerCase() === operation)) return no
  return all([matchGrantee(grant.granteePrincipal, question), matchContext(grant, question)])
}

function matchGrantee(grantee: string, { request: { principal } }: Question): Answer {
  if (principal.kind === 'service') return fromBoolean(grantee === principal.service)
  // An account may be the grantee; who of it may then use the grant is not documented.
  const account = /^(?:arn:[^:]+:iam::)?(\d{12})(?::root)?$/.exec(grantee)?.[1]
  if (principal.kind !== 'root' && account === principal.account)
    return unknown(policyGap('grant', 'whether a key grant to the account serves everyone in it'))
  if (principal.kind !== 'assumed-role') return fromBoolean(grantee === principal.arn)
  if (grantee === principal.roleArn || grantee === principal.sessionArn) return fromBoolean(true)
  const role = principal.roleArn.split('/').at(-1) ?? ''
  const ownSession = grantee.includes(`:sts::${principal.account}:assumed-role/${role}/`)
  if (!ownSession || principal.sessionArn !== undefined) return no
  return unknown({ name: 'aws:userid', class: 'context', why: 'the session name is not known' })
}

/** EncryptionContextEquals wants exactly these pairs, EncryptionContextSubset at least these. */
function matchContext(grant: KeyGrant, { fact }: Question): Answer {
  const exact = grant.encryptionContextEquals
  const pairs = [...Object.entries(grant.encryptionContextSubset ?? {}), ...Object.entries(exact ?? {})]
  const answers = pairs.map(([name, value]) => {
    const key = `kms:EncryptionContext:${name}`
    return holds(fact(key), key, ([only, ...others]) => only === value && others.length === 0)
  })
  if (exact === undefined) return all(answers)
  const wanted = Object.keys(exact).sort().join()
  const keysKey = 'kms:EncryptionContextKeys'
  return all([...answers, holds(fact(keysKey), keysKey, (names) => [...names].sort().join() === wanted)])
}

function holds(fact: RequestFact, key: string, test: (values: readonly string[]) => boolean): Answer {
  if (fact.state === 'known') return fromBoolean(test(fact.values))
  if (fact.state === 'absent') return fromBoolean(test([]))
  return unknown({ name: key, class: 'context' })
}
