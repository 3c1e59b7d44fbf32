import type { RequestFacts } from './request.js'
import { absent, foreign, known, notKnown, tagFacts } from './request-fact.js'
import { queueViaService } from './via-service.js'

/** What is known of the role, the queue and the organisation behind a poller's requests. */
export interface Poller {
  readonly region: string
  readonly partition: string
  /** With its path. */
  readonly roleArn: string
  /** Account of the role. */
  readonly account: string
  readonly queueArn: string
  /** Account of the queue, or of the key for pollerKeyFacts. */
  readonly resourceAccount: string
  /** undefined: could not be read. */
  readonly roleTags?: Readonly<Record<string, string>> | undefined
  readonly queueTags?: Readonly<Record<string, string>> | undefined
  /** null: the account is in no organisation; undefined: not known. */
  readonly orgId?: string | null | undefined
  /** The moment to judge by; without it, conditions on dates stay open. */
  readonly now?: Date | undefined
}

/**
 * Facts of the requests that Lambda sends to SQS with the execution role's rights. They come from Lambda's own
 * network, never through the customer's VPC endpoints, and do not carry lambda:SourceFunctionArn:
 * https://docs.aws.amazon.com/lambda/latest/dg/permissions-source-function-arn.html
 */
export function pollerFacts(poller: Poller): RequestFacts {
  return roleSessionFacts(poller, { ...tagFacts('aws:ResourceTag', poller.queueTags), 'kms:*': absent })
}

/**
 * Facts of the kms:Decrypt requests that SQS sends on behalf of the poller. Tags of the key are not read.
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-key-management.html
 */
export function pollerKeyFacts(poller: Poller): RequestFacts {
  const ofKey = { ...keyThroughQueueFacts(poller), ...tagFacts('aws:ResourceTag', undefined) }
  return roleSessionFacts(poller, ofKey)
}

/** Facts that a KMS request carries when SQS makes it for a message of the queue. */
export function keyThroughQueueFacts(
  request: Pick<Poller, 'region' | 'partition' | 'account' | 'queueArn'>,
): RequestFacts {
  const viaService = queueViaService(request.region, request.partition)
  return {
    'kms:ViaService': viaService === undefined ? notKnown : known(viaService),
    'kms:CallerAccount': known(request.account),
    'kms:EncryptionContext:aws:sqs:arn': known(request.queueArn),
    'kms:EncryptionContext:*': absent,
    'kms:EncryptionContextKeys': known('aws:sqs:arn'),
    'kms:GrantIsForAWSResource': absent,
  }
}

/** aws:PrincipalOrgID and its kin: `null` means no organisation, `undefined` not known. */
export function organisationFacts(orgId: string | null | undefined, sameAccount: boolean): RequestFacts {
  const fact = orgId === undefined ? notKnown : orgId === null ? absent : known(orgId)
  return {
    'aws:PrincipalOrgID': fact,
    'aws:PrincipalOrgPaths': orgId === null ? absent : notKnown,
    'aws:ResourceOrgID': sameAccount ? fact : notKnown,
    'aws:ResourceOrgPaths': sameAccount && orgId === null ? absent : notKnown,
  }
}

/** aws:CurrentTime and aws:EpochTime. */
export function timeFacts(now: Date | undefined): RequestFacts {
  if (now === undefined) return {}
  return {
    'aws:CurrentTime': known(now.toISOString()),
    'aws:EpochTime': known(String(Math.floor(now.getTime() / 1000))),
  }
}

function roleSessionFacts(poller: Poller, ofResource: RequestFacts): RequestFacts {
  const { roleArn, account, region, resourceAccount, roleTags, orgId, now } = poller
  return {
    ...ofEveryPoller,
    ...organisationFacts(orgId, account === resourceAccount),
    ...timeFacts(now),
    ...tagFacts('aws:PrincipalTag', roleTags),
    'aws:PrincipalArn': known(roleArn),
    'aws:PrincipalAccount': known(account),
    'aws:RequestedRegion': known(region),
    'aws:ResourceAccount': known(resourceAccount),
    ...ofResource,
  }
}

/** Made once: an audit asks for these facts thousands of times. */
const ofEveryPoller: RequestFacts = {
  ...tagFacts('aws:RequestTag', {}),
  'aws:TagKeys': absent,
  'aws:PrincipalType': known('AssumedRole'),
  'aws:PrincipalIsAWSService': known('false'),
  'aws:PrincipalServiceName': absent,
  'aws:PrincipalServiceNamesList': absent,
  'aws:username': absent,
  'aws:userid': notKnown,
  'aws:FederatedProvider': absent,
  'aws:MultiFactorAuthPresent': absent,
  'aws:MultiFactorAuthAge': absent,
  'aws:SecureTransport': known('true'),
  'aws:SourceVpce': foreign,
  'aws:SourceVpc': foreign,
  'aws:SourceVpcArn': foreign,
  'aws:VpceAccount': foreign,
  'aws:VpceOrgID': foreign,
  'aws:VpceOrgPaths': foreign,
  'aws:SourceIp': notKnown,
  'aws:ViaAWSService': notKnown,
  'aws:CalledVia': notKnown,
  // Only requests that a service makes in its own name carry these; the poller makes them as the role.
  'aws:SourceArn': absent,
  'aws:SourceAccount': absent,
  'aws:SourceOrgID': absent,
  'aws:SourceOrgPaths': absent,
  // Only a browser sends a referrer; only an EC2 instance's own credentials carry where it runs.
  'aws:referer': absent,
  'aws:Ec2InstanceSourceVpc': absent,
  'aws:Ec2InstanceSourcePrivateIPv4': absent,
  'ec2:SourceInstanceARN': absent,
  'lambda:SourceFunctionArn': absent,
  'lambda:FunctionArn': absent,
}
