import { decide } from './decide.js'
import type { Decision } from './decision.js'
import { evaluateLayer } from './layer.js'
import type { LayerPolicies, RequestFacts } from './request.js'
import { absent, indexFacts, known, notKnown } from './request-fact.js'

/**
 * Whether a role's trust policy lets Lambda assume the role. `facts` come from trustFacts.
 * https://docs.aws.amazon.com/lambda/latest/dg/lambda-intro-execution-role.html
 */
export function evaluateTrust(trustPolicy: LayerPolicies, facts: RequestFacts): Decision {
  const request = {
    principal: { kind: 'service', service: 'lambda.amazonaws.com' },
    action: 'sts:AssumeRole',
    resource: '*',
    facts,
  } as const
  const { deny, direct } = evaluateLayer('trust', trustPolicy, { request, fact: indexFacts(facts) })
  return decide(deny, direct)
}

/** What is known of the request by which Lambda assumes the role of a function. */
export function trustFacts(parties: {
  readonly functionArn: string
  readonly account: string
  readonly region: string
  readonly orgId?: string | null
}): RequestFacts {
  const { functionArn, account, region, orgId } = parties
  return {
    // The role is the function's, whichever version or alias is called.
    'aws:SourceArn': known(functionArn.split(':').slice(0, 7).join(':')),
    'aws:SourceAccount': known(account),
    'aws:SourceOrgID': orgId === undefined ? notKnown : orgId === null ? absent : known(orgId),
    'aws:SourceOrgPaths': orgId === null ? absent : notKnown,
    'aws:PrincipalIsAWSService': known('true'),
    'aws:PrincipalOrgID': absent,
    'aws:PrincipalOrgPaths': absent,
    'aws:PrincipalTag/*': absent,
    'aws:PrincipalServiceName': known('lambda.amazonaws.com'),
    'aws:RequestedRegion': known(region),
    'aws:SecureTransport': known('true'),
    'aws:MultiFactorAuthPresent': absent,
    'sts:ExternalId': absent,
    'sts:SourceIdentity': absent,
    'aws:RequestTag/*': absent,
    'aws:TagKeys': absent,
  }
}
