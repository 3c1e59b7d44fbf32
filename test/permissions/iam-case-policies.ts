import type { KeyGrant, LayerPolicies, PolicyLayers } from '../../src/permissions/request.js'

/*
 * What stands for a policy in a case: its statements (of version 2012-10-17), a whole document, the text of one, or
 * `unreadable`. null and undefined mean that there is none.
 */

/** A layer of one policy. */
export function policyOf(value: unknown, layer: string): LayerPolicies | undefined {
  if (value === null || value === undefined) return undefined
  if (value === 'unreadable') return value
  return isListOfPolicies(value) ? policiesOf(value, layer) : [named(value, layer, 1)]
}

/** A layer of several policies, some of which may be `unreadable`. */
export function policiesOf(value: unknown, layer: string): LayerPolicies | undefined {
  if (value === null || value === undefined) return undefined
  if (value === 'unreadable') return value
  if (!Array.isArray(value) || (value.length > 0 && !isListOfPolicies(value))) return [named(value, layer, 1)]
  return value.map((policy, position) => named(policy, layer, position + 1))
}

/** Levels of an organisation; a level without policies has an empty list. */
export function levelsOf(value: unknown, layer: string): PolicyLayers['scps'] | undefined {
  if (value === null || value === undefined) return undefined
  if (!Array.isArray(value)) return 'unreadable'
  return value.map((level) => policiesOf(level, layer) ?? [])
}

/** As kms:ListGrants answers them, or in our own form; one, or a list. */
export function grantsOf(value: unknown): PolicyLayers['grants'] | undefined {
  if (value === null || value === undefined) return undefined
  if (value === 'unreadable') return value
  return [value].flat().map((grant): KeyGrant => {
    const members = Object.entries(grant).flatMap(([key, member]): [string, unknown][] =>
      key.toLowerCase() === 'constraints' ? Object.entries(member ?? {}) : [[key, member]],
    )
    const memberLike = (name: RegExp) => members.find(([key]) => name.test(key))?.[1]
    const [subset, exact] = [contextOf(memberLike(/subset$/i)), contextOf(memberLike(/equals$/i))]
    return {
      granteePrincipal: String(memberLike(/^grantee/i)),
      operations: [memberLike(/^operations?$/i)].flat().map(String),
      ...(subset ? { encryptionContextSubset: subset } : {}),
      ...(exact ? { encryptionContextEquals: exact } : {}),
    }
  })
}

function contextOf(value: unknown): Readonly<Record<string, string>> | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  return Object.fromEntries(Object.entries(value).map(([name, text]) => [name, String(text)]))
}

/** The policy that the key alias/aws/sqs of an account has; nobody can change it. */
export function awsManagedKeyPolicy(keyArn: string): unknown {
  const [, , , region = '', account = ''] = keyArn.split(':')
  const through = { 'kms:ViaService': `sqs.${region}.amazonaws.com`, 'kms:CallerAccount': account }
  return [
    {
      Effect: 'Allow',
      Principal: { AWS: '*' },
      Action: ['kms:Encrypt', 'kms:Decrypt', 'kms:ReEncrypt*', 'kms:GenerateDataKey*', 'kms:DescribeKey'],
      Resource: '*',
      Condition: { StringEquals: through },
    },
  ]
}

/** A list of statements has objects that are no documents. */
function isListOfPolicies(value: unknown): value is readonly unknown[] {
  return Array.isArray(value) && value.some(isPolicy)
}

function isPolicy(item: unknown): boolean {
  return Array.isArray(item) || typeof item === 'string' || Object.hasOwn(item ?? {}, 'Statement')
}

function named(policy: unknown, layer: string, position: number) {
  const document = Array.isArray(policy) ? { Version: '2012-10-17', Statement: policy } : policy
  return { name: `${layer}${position}`, document }
}
