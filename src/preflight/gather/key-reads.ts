import type { Clients } from '../../aws/clients.js'
import { type Key, readKeyGrants, readKeyPolicy } from '../../aws/key.js'
import { sqsManagedKeyPolicy } from '../../permissions/aws-managed-key.js'
import type { KeyGrant } from '../../permissions/request.js'
import type { Rest } from '../access/access-question.js'
import { absent, type Fact, known, readAsFact } from '../fact.js'
import type { Judgement } from '../facts.js'
import { keyPolicyAcrossAccounts } from './across-accounts.js'

/** What a key's own policy and grants say. Both are read once, whoever asks. */
export interface KeyReads {
  readonly layers: (key: Key) => Promise<Rest>
}

export function openKeyReads(clients: Clients, account: string): KeyReads {
  const read = new Map<string, Promise<readonly [Fact<string>, Fact<readonly KeyGrant[]>]>>()
  const readOnce = (arn: string) => {
    const reading =
      read.get(arn) ??
      Promise.all([readAsFact(readKeyPolicy(clients, arn)), readAsFact(readKeyGrants(clients, arn))])
    read.set(arn, reading)
    return reading
  }
  return {
    layers: async (key) => {
      // AWS keeps the policy of its own key: what it says is known, and nothing is asked for it.
      if (isAwsAlias(key)) return { resource: [awsKeyPolicy(key)] }
      const [policyRead, grants] = await readOnce(key.arn)
      const policy = keyPolicyAcrossAccounts(policyRead, key, account)
      const unread = [policy, grants].find((fact) => fact.state === 'unknown')
      return {
        resource:
          policy.state === 'known'
            ? [{ name: `the policy of key ${idOf(key)}`, document: policy.value }]
            : 'unreadable',
        grants: grants.state === 'known' ? grants.value : 'unreadable',
        ...(unread === undefined ? {} : { unread }),
      }
    },
  }
}

/** The key, where its use is a matter of permissions. */
export function keyToJudge(key: Fact<Key>, account: string): Fact<Key> {
  if (key.state !== 'known') return key
  const { state, manager } = key.value
  if (isGone(key.value)) {
    const what = state === 'NotFound' ? 'does not exist' : 'is being deleted'
    return absent(`the key ${what}; key-not-usable tells it`)
  }
  if (manager === 'AWS' && key.value.account !== account) {
    return absent('AWS’s own key serves its own account only; aws-managed-key-across-accounts tells it')
  }
  return key
}

/** Or soon will be: nothing is to be written for its sake. */
export const isGone = ({ state }: Key) => /^(?:NotFound|Pending(?:Replica)?Deletion)$/.test(state)

/** The key by which AWS encrypts where nobody chose one, known by its alias alone. */
export const isAwsAlias = ({ arn }: Key) => arn.endsWith(':alias/aws/sqs')

/**
 * The key as policies mean it: never by its alias. The id of AWS's own key is not read, so that one which nobody uses
 * stands for it.
 */
export const resourceOf = (key: Key) =>
  isAwsAlias(key) ? key.arn.replace(/alias\/aws\/sqs$/, 'key/00000000-0000-0000-0000-000000000000') : key.arn

/** Says what was taken for granted of AWS's own key. */
export function withUnreadId(key: Key, fact: Fact<Judgement>): Fact<Judgement> {
  if (fact.state !== 'known' || !isAwsAlias(key)) return fact
  return known({ ...fact.value, assumptions: [...fact.value.assumptions, idIsNotNamed] })
}

const idIsNotNamed = 'No policy names AWS’s own key, alias/aws/sqs, by its id: that was not read.'

function awsKeyPolicy({ arn }: Key) {
  const [, partition = 'aws', , region = '', account = ''] = arn.split(':')
  return {
    name: 'the policy of AWS’s own key',
    document: sqsManagedKeyPolicy({ partition, region, account }),
  }
}

const idOf = ({ arn }: Key) => arn.split('/').at(-1) ?? arn
