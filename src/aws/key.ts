import { DescribeKeyCommand, GetKeyPolicyCommand, ListGrantsCommand } from '@aws-sdk/client-kms'
import { SqsTriggerError } from '../errors.js'
import type { KeyGrant } from '../permissions/request.js'
import type { Clients } from './clients.js'
import { answeredWithout } from './not-aws.js'
import { send } from './send.js'

/** As many as KMS sends at once, and ten times that: beyond, nobody waits for the rest. */
const pageOfGrants = 100
const mostGrants = 1_000

export interface Key {
  readonly arn: string
  readonly account: string
  /** AWS: managed by AWS, like alias/aws/sqs; CUSTOMER: the customer's own. */
  readonly manager: 'AWS' | 'CUSTOMER'
  /** Enabled, Disabled, PendingDeletion, PendingImport … */
  readonly state: string
}

/**
 * Reads a key by id, ARN or alias.
 * @throws SqsTriggerError NOT_FOUND, ACCESS_DENIED
 */
export async function readKey(clients: Clients, keyId: string): Promise<Key> {
  const call = { service: 'kms', operation: 'DescribeKey' }
  const { KeyMetadata } = await send(clients, call, () =>
    clients.kms.send(new DescribeKeyCommand({ KeyId: keyId })),
  )
  if (!KeyMetadata?.Arn) {
    throw answeredWithout(clients, 'KMS', 'a key')
  }
  return {
    arn: KeyMetadata.Arn,
    account: KeyMetadata.AWSAccountId ?? '',
    manager: KeyMetadata.KeyManager === 'AWS' ? 'AWS' : 'CUSTOMER',
    state: KeyMetadata.KeyState ?? (KeyMetadata.Enabled === false ? 'Disabled' : 'Enabled'),
  }
}

/**
 * Reads the text of a key's policy. A key has exactly one, named default.
 * @throws SqsTriggerError ACCESS_DENIED, ENDPOINT_NOT_AWS
 */
export async function readKeyPolicy(clients: Clients, keyArn: string): Promise<string> {
  const command = new GetKeyPolicyCommand({ KeyId: keyArn, PolicyName: 'default' })
  const answer = await send(clients, { service: 'kms', operation: 'GetKeyPolicy' }, () =>
    clients.kms.send(command),
  )
  if (!answer.Policy) throw answeredWithout(clients, 'KMS', 'the policy of a key')
  return answer.Policy
}

/**
 * Reads all grants of a key: asked for those of one principal, KMS would leave out those of its account.
 * https://docs.aws.amazon.com/kms/latest/APIReference/API_ListGrants.html
 * @throws SqsTriggerError ACCESS_DENIED, ENDPOINT_NOT_AWS, AWS_FAILED for a key with more than 1,000
 */
export async function readKeyGrants(clients: Clients, keyArn: string): Promise<readonly KeyGrant[]> {
  const grants: KeyGrant[] = []
  let marker: string | undefined
  do {
    if (grants.length >= mostGrants) {
      throw new SqsTriggerError('AWS_FAILED', `key ${keyArn} has more than ${mostGrants} grants`)
    }
    const command = new ListGrantsCommand({ KeyId: keyArn, Limit: pageOfGrants, Marker: marker })
    const page = await send(clients, { service: 'kms', operation: 'ListGrants' }, () =>
      clients.kms.send(command),
    )
    if (page.Grants === undefined) throw answeredWithout(clients, 'KMS', 'the grants of a key')
    for (const grant of page.Grants) {
      const { EncryptionContextEquals: equals, EncryptionContextSubset: subset } = grant.Constraints ?? {}
      grants.push({
        granteePrincipal: grant.GranteePrincipal ?? '',
        operations: grant.Operations ?? [],
        ...(equals === undefined ? {} : { encryptionContextEquals: equals }),
        ...(subset === undefined ? {} : { encryptionContextSubset: subset }),
      })
    }
    if (page.Truncated && (!page.NextMarker || page.NextMarker === marker)) {
      throw answeredWithout(clients, 'KMS', 'the rest of the grants')
    }
    marker = page.Truncated ? page.NextMarker : undefined
  } while (marker !== undefined)
  return grants
}
