import { keyThroughQueueFacts, organisationFacts, timeFacts } from './poller-facts.js'
import type { RequestFact, RequestFacts } from './request.js'
import { absent, known, notKnown, tagFacts } from './request-fact.js'

/** What is known of the person or program that runs a command, and of what it asks for. */
export interface Caller {
  /** For a role session the ARN of the role with its path, as aws:PrincipalArn has it. */
  readonly principalArn: string
  readonly account: string
  readonly region: string
  /** Account of the resource; default: the caller's. */
  readonly resourceAccount?: string | undefined
  /** With its qualifier, if the mapping is to have one. Only the mapping actions carry it. */
  readonly functionArn?: string | undefined
  /** undefined: could not be read. */
  readonly principalTags?: Readonly<Record<string, string>> | undefined
  readonly resourceTags?: Readonly<Record<string, string>> | undefined
  /** Tags that the request sets. Default: none. */
  readonly requestTags?: Readonly<Record<string, string>> | undefined
  /** null: the account is in no organisation; undefined: not known. */
  readonly orgId?: string | null | undefined
  /** The moment to judge by; without it, conditions on dates stay open. */
  readonly now?: Date | undefined
  /** Facts that someone vouches for, e.g. aws:SourceIp from the command line. They win over all others. */
  readonly given?: RequestFacts | undefined
}

/**
 * Facts of a request that the caller sends to a service other than KMS. The public address, the VPC endpoint and multi-factor
 * authentication cannot be seen from credentials.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 */
export function callerFacts(caller: Caller): RequestFacts {
  const { principalArn, account, region, resourceAccount = account, requestTags = {}, functionArn } = caller
  const tagKeys = Object.keys(requestTags)
  return {
    ...organisationFacts(caller.orgId, account === resourceAccount),
    ...timeFacts(caller.now),
    ...tagFacts('aws:PrincipalTag', caller.principalTags),
    ...tagFacts('aws:ResourceTag', caller.resourceTags),
    ...tagFacts('aws:RequestTag', requestTags),
    'aws:TagKeys': tagKeys.length === 0 ? absent : known(...tagKeys),
    'aws:PrincipalArn': known(principalArn),
    'aws:PrincipalAccount': known(account),
    'aws:PrincipalType': principalType(principalArn),
    'aws:PrincipalIsAWSService': known('false'),
    'aws:PrincipalServiceName': absent,
    'aws:PrincipalServiceNamesList': absent,
    'aws:username': userName(principalArn),
    'aws:userid': notKnown,
    'aws:MultiFactorAuthPresent': notKnown,
    'aws:MultiFactorAuthAge': notKnown,
    'aws:RequestedRegion': known(region),
    'aws:ResourceAccount': known(resourceAccount),
    'aws:SecureTransport': known('true'),
    'aws:SourceIp': notKnown,
    'aws:SourceVpce': notKnown,
    'aws:SourceVpc': notKnown,
    'aws:ViaAWSService': known('false'),
    'aws:CalledVia': absent,
    'aws:CalledViaFirst': absent,
    'aws:CalledViaLast': absent,
    'aws:SourceArn': absent,
    'aws:SourceAccount': absent,
    'aws:SourceOrgID': absent,
    'aws:SourceOrgPaths': absent,
    'aws:referer': absent,
    'kms:*': absent,
    'lambda:FunctionArn': functionArn === undefined ? notKnown : known(functionArn),
    ...caller.given,
  }
}

/** Facts of the KMS requests that SQS makes for a message that the caller sends. */
export function callerKeyFacts(
  caller: Caller & { readonly partition: string; readonly queueArn: string },
): RequestFacts {
  return {
    ...callerFacts({ ...caller, resourceTags: undefined }),
    'kms:*': notKnown,
    ...keyThroughQueueFacts(caller),
    'aws:ViaAWSService': notKnown,
    'aws:CalledVia': notKnown,
    'aws:CalledViaFirst': notKnown,
    'aws:CalledViaLast': notKnown,
    ...caller.given,
  }
}

function principalType(arn: string): RequestFact {
  if (arn.endsWith(':root')) return known('Account')
  if (arn.includes(':user/')) return known('User')
  if (arn.includes(':federated-user/')) return known('FederatedUser')
  return arn.includes(':role/') || arn.includes(':assumed-role/') ? known('AssumedRole') : notKnown
}

function userName(arn: string): RequestFact {
  const name = arn.includes(':user/') ? arn.split('/').at(-1) : undefined
  return name === undefined ? absent : known(name)
}
