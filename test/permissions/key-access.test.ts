import { describe, expect, test } from 'vitest'
import { sqsManagedKeyPolicy } from '../../src/permissions/aws-managed-key.js'
import { pollerKeyFacts } from '../../src/permissions/poller-facts.js'
import type { KeyGrant, PolicyLayers } from '../../src/permissions/request.js'
import { rolePolicyFor } from '../../src/permissions/role-policy.js'
import { awsSqsKeyPolicy } from '../../src/sandbox/kms/key-policy.js'
import { account, allowAll, ask, keyArn, otherAccount, policy, queueArn, roleArn, rootArn } from './ask.js'

const poller = { region: 'us-east-1', partition: 'aws', roleArn, account, queueArn, resourceAccount: account }
const enableIam = { Effect: 'Allow', Principal: { AWS: rootArn }, Action: 'kms:*', Resource: '*' }
const identity = policy(allowAll)

function decrypt(layers: Partial<PolicyLayers>, resourceAccount = account, queue = queueArn) {
  const facts = pollerKeyFacts({ ...poller, resourceAccount, queueArn: queue })
  return ask(layers, { action: 'kms:Decrypt', resource: keyArn, resourceAccount, facts }).verdict
}

describe('who may decrypt', () => {
  test.each<[string, Partial<PolicyLayers>, string]>([
    ['identity policy and delegation', { identity, resource: policy(enableIam) }, 'allowed'],
    ['delegation alone', { resource: policy(enableIam) }, 'denied'],
    ['identity policy without a key policy', { identity }, 'denied'],
    [
      'identity policy, delegation of other actions',
      { identity, resource: policy({ ...enableIam, Action: 'kms:Get*' }) },
      'denied',
    ],
    [
      'the key policy names the role',
      { resource: policy({ ...enableIam, Principal: { AWS: roleArn } }) },
      'allowed',
    ],
    [
      'the role, shut in by a boundary',
      {
        boundary: policy({ Effect: 'Allow', Action: 'sqs:*', Resource: '*' }),
        resource: policy({ ...enableIam, Principal: { AWS: roleArn } }),
      },
      'denied',
    ],
    [
      'everyone by way of SQS',
      {
        resource: policy({
          ...enableIam,
          Principal: '*',
          Condition: {
            StringEquals: { 'kms:ViaService': 'sqs.us-east-1.amazonaws.com', 'kms:CallerAccount': account },
          },
        }),
      },
      'allowed',
    ],
    [
      'everyone by way of S3',
      {
        resource: policy({
          ...enableIam,
          Principal: '*',
          Condition: { StringEquals: { 'kms:ViaService': 's3.us-east-1.amazonaws.com' } },
        }),
      },
      'denied',
    ],
  ])('%s', (_what, layers, verdict) => {
    expect(decrypt(layers)).toBe(verdict)
  })

  test('across accounts both must allow', () => {
    const byOwner = policy({ ...enableIam, Action: 'kms:Decrypt' })
    expect(decrypt({ identity, resource: byOwner }, otherAccount)).toBe('allowed')
    expect(decrypt({ resource: byOwner }, otherAccount)).toBe('denied')
    expect(decrypt({ identity }, otherAccount)).toBe('denied')
  })

  test('the generated role policy opens the key for its own queue only', () => {
    const document = rolePolicyFor({ queueArn, keyArn, region: 'us-east-1', partition: 'aws' })
    const layers = { identity: [{ name: 'generated', document }], resource: policy(enableIam) }
    expect(decrypt(layers)).toBe('allowed')
    expect(decrypt(layers, account, `${queueArn}2`)).toBe('denied')
  })
})

test('AWS’s own key is judged by the policy that the sandbox gives it', () => {
  const home = { partition: 'aws', region: 'us-east-1', account }
  const sandboxed = awsSqsKeyPolicy('aws', home).Statement[0]
  const { Sid: _, ...wanted } = sandboxed ?? {}
  expect(sqsManagedKeyPolicy(home)).toEqual({ Version: '2012-10-17', Statement: [wanted] })
})

test.each([
  ['aws-cn', 'cn-north-1'],
  ['aws-us-gov', 'us-gov-west-1'],
  ['aws-iso', 'us-iso-east-1'],
])('AWS’s own key serves its account in %s', (partition, region) => {
  const there = { ...poller, partition, region }
  const resource = [{ name: 'own', document: sqsManagedKeyPolicy({ partition, region, account }) }]
  const about = { action: 'kms:Decrypt', resource: keyArn, facts: pollerKeyFacts(there) }
  expect(ask({ resource }, about).verdict).toBe('allowed')
  expect(
    ask({ resource, identity: policy({ Effect: 'Deny', Action: 'kms:*', Resource: '*' }) }, about).verdict,
  ).toBe('denied')
})

describe('grants', () => {
  const grant: KeyGrant = { granteePrincipal: roleArn, operations: ['Decrypt', 'GenerateDataKey'] }
  const context = { 'aws:sqs:arn': queueArn }
  const session = `arn:aws:sts::${account}:assumed-role/worker-role/x`
  test.each<[string, NonNullable<PolicyLayers['grants']>, string]>([
    ['to the role', [grant], 'allowed'],
    ['of another operation', [{ ...grant, operations: ['Encrypt'] }], 'denied'],
    ['to the account, who may mean everyone in it', [{ ...grant, granteePrincipal: rootArn }], 'unknown'],
    ['to the account by number', [{ ...grant, granteePrincipal: account }], 'unknown'],
    ['to another account', [{ ...grant, granteePrincipal: otherAccount }], 'denied'],
    ['to a service', [{ ...grant, granteePrincipal: 'sqs.amazonaws.com' }], 'denied'],
    [
      'with constraints that contradict each other',
      [{ ...grant, encryptionContextSubset: { 'aws:sqs:arn': 'x' }, encryptionContextEquals: context }],
      'denied',
    ],
    ['to another role', [{ ...grant, granteePrincipal: `${roleArn}2` }], 'denied'],
    ['to a session of the role', [{ ...grant, granteePrincipal: session }], 'unknown'],
    ['for this queue', [{ ...grant, encryptionContextSubset: context }], 'allowed'],
    ['for exactly this queue', [{ ...grant, encryptionContextEquals: context }], 'allowed'],
    [
      'for another queue',
      [{ ...grant, encryptionContextSubset: { 'aws:sqs:arn': `${queueArn}2` } }],
      'denied',
    ],
    [
      'for more than the context has',
      [{ ...grant, encryptionContextEquals: { ...context, more: 'x' } }],
      'denied',
    ],
    ['one of several', [{ ...grant, operations: ['Sign'] }, grant], 'allowed'],
    ['that could not be listed', 'unreadable', 'unknown'],
    ['none', [], 'denied'],
  ])('%s', (_what, grants, verdict) => {
    expect(decrypt({ resource: policy(enableIam), grants })).toBe(verdict)
  })

  test('a grant needs no delegation, and no boundary stops it, but an SCP does', () => {
    const shut = policy({ Effect: 'Allow', Action: 'sqs:*', Resource: '*' })
    expect(decrypt({ resource: policy([]), boundary: shut, grants: [grant] })).toBe('allowed')
    expect(decrypt({ resource: policy([]), scps: [shut], grants: [grant] })).toBe('denied')
  })

  test('whether a grant alone serves another account is left open', () => {
    expect(decrypt({ resource: policy([]), grants: [grant] }, otherAccount)).toBe('unknown')
  })
})
