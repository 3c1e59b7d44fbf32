import type { Clients } from '../aws/clients.js'
import { type Key, readKeyGrants, readKeyPolicy } from '../aws/key.js'
import type { Rest } from './access-question.js'
import { absent, type Fact, readAsFact } from './fact.js'

/** What a key's own policy and grants say. The policy is read once, whoever asks. */
export interface KeyReads {
  readonly layers: (key: Key, grantee: string) => Promise<Rest>
}

export function openKeyReads(clients: Clients): KeyReads {
  const policies = new Map<string, Promise<Fact<string>>>()
  const policyOf = (arn: string) => {
    const reading = policies.get(arn) ?? readAsFact(readKeyPolicy(clients, arn))
    policies.set(arn, reading)
    return reading
  }
  return {
    layers: async ({ arn }, grantee) => {
      const [policy, grants] = await Promise.all([
        policyOf(arn),
        readAsFact(readKeyGrants(clients, arn, grantee)),
      ])
      const unread = [policy, grants].find((fact) => fact.state === 'unknown')
      return {
        resource: policy.state === 'known' ? [{ name: 'key policy', document: policy.value }] : 'unreadable',
        grants: grants.state === 'known' ? grants.value : 'unreadable',
        ...(unread === undefined ? {} : { unread }),
      }
    },
  }
}

/** The key, where its use is a matter of permissions. */
export function keyToJudge(key: Fact<Key>): Fact<Key> {
  if (key.state !== 'known') return key
  if (key.value.manager === 'AWS')
    return absent('the queue is encrypted with AWS’s own key, which needs no permission in its account')
  return key.value.state === 'NotFound' ? absent('the key does not exist') : key
}
