import { describe, expect, test } from 'vitest'
import type { PolicyLayers } from '../../src/permissions/request.js'
import { absent } from '../../src/permissions/request-fact.js'
import { allowAll, ask, keyArn, otherAccount, policy, queueArn, roleArn, rootArn } from './ask.js'

const admin = policy(allowAll, 'admin')
const odd = [{ name: 'odd', document: '{' }]
/** Allows nothing by itself, and what it denies depends on the network. */
const inDoubt = policy(
  [
    {
      ...{ Sid: 'Office', Effect: 'Deny', Action: '*', Resource: '*' },
      Condition: { NotIpAddress: { 'aws:SourceIp': '203.0.113.0/24' } },
    },
    ...allowAll,
  ],
  'limit',
)

describe('the reason names what decided', () => {
  const poll = { Sid: 'Poll', Effect: 'Allow', Action: 'sqs:*', Resource: '*' }
  const logs = { Effect: 'Allow', Action: 'logs:*', Resource: '*' }
  const noReceive = { Sid: 'NoReceive', Effect: 'Deny', Action: 'sqs:Receive*', Resource: '*' }
  const byOwner = { Effect: 'Allow', Principal: '*', Action: 'sqs:*', Resource: queueArn }
  test.each<[string, Partial<PolicyLayers>, string]>([
    [
      'a statement with a Sid',
      { identity: policy([logs, poll], 'orders-read') },
      'allowed by identity policy orders-read, statement 2 (Sid Poll)',
    ],
    ['a statement without', { identity: admin }, 'allowed by identity policy admin, statement 1'],
    [
      'every layer that had to allow',
      { identity: admin, boundary: policy(poll, 'limit') },
      'allowed by identity policy admin, statement 1 and by the permissions boundary limit, statement 1 (Sid Poll)',
    ],
    [
      'the queue policy',
      { resource: policy(byOwner, 'the queue policy of orders') },
      'allowed by the queue policy of orders, statement 1',
    ],
    [
      'an explicit Deny',
      { identity: [...list(admin), ...list(policy(noReceive, 'deny'))] },
      'explicit Deny in identity policy deny, statement 1 (Sid NoReceive)',
    ],
    [
      'every statement that denies',
      {
        identity: [
          ...list(admin),
          ...list(policy([noReceive, poll, { ...noReceive, Sid: 'Again' }], 'deny')),
        ],
        resource: policy({ ...byOwner, Effect: 'Deny' }, 'the queue policy of orders'),
      },
      'explicit Deny in identity policy deny, statements 1 (Sid NoReceive) and 3 (Sid Again) and in the queue policy of orders, statement 1',
    ],
    [
      'an explicit Deny, without which it would still be refused',
      { identity: policy(noReceive, 'deny') },
      'explicit Deny in identity policy deny, statement 1 (Sid NoReceive); besides, no identity policy allows it',
    ],
    [
      'a Deny of the queue beside a boundary that allows nothing',
      {
        identity: admin,
        boundary: policy(logs, 'limit'),
        resource: policy({ ...byOwner, Effect: 'Deny' }, 'the queue policy of orders'),
      },
      'explicit Deny in the queue policy of orders, statement 1; besides, the permissions boundary does not allow it',
    ],
    ['nothing', {}, 'no identity policy allows it'],
    [
      'nothing, with a queue policy',
      { resource: policy({ ...byOwner, Action: 'sqs:SendMessage' }) },
      'neither the queue policy nor an identity policy allows it',
    ],
    [
      'the boundary',
      { identity: admin, boundary: policy(logs) },
      'the permissions boundary does not allow it',
    ],
    [
      'the boundary, although the queue names the role',
      { boundary: policy(logs), resource: policy({ ...byOwner, Principal: { AWS: roleArn } }) },
      'the permissions boundary does not allow it',
    ],
    [
      'boundary and session policy',
      { identity: admin, boundary: policy(logs), session: policy(logs) },
      'neither the permissions boundary nor the session policy allows it',
    ],
    ['the SCPs', { identity: admin, scps: [policy(logs)] }, 'no service control policy allows it'],
    [
      'an unread layer',
      { identity: 'unreadable' },
      'cannot decide: a Deny may apply (identity policies could not be read)',
    ],
  ])('%s', (_what, layers, reason) => {
    expect(ask(layers).reason).toBe(reason)
  })

  test('across accounts it names the side that lacks the permission', () => {
    const request = { resourceAccount: otherAccount }
    const resource = policy(byOwner)
    expect(ask({ identity: admin }, request).reason).toBe('the queue policy does not allow it')
    expect(
      ask({ identity: admin, resource: policy({ ...byOwner, Action: 'sqs:SendMessage' }) }, request),
    ).toMatchObject({ reason: 'the queue policy does not allow it', evidence: [{ layer: 'resource' }] })
    expect(ask({ resource }, request)).toMatchObject({
      reason: 'no identity policy allows it',
      evidence: [{ layer: 'identity' }],
    })
  })
})

describe('evidence and what is missing', () => {
  const byTag = { StringEquals: { 'aws:PrincipalTag/team': 'blue' } }
  const fromOffice = { NotIpAddress: { 'aws:SourceIp': '203.0.113.0/24' } }

  test('an Allow in doubt', () => {
    const identity = policy(
      { Sid: 'ByTag', Effect: 'Allow', Action: 'sqs:*', Resource: '*', Condition: byTag },
      'tags',
    )
    expect(ask({ identity })).toEqual({
      verdict: 'unknown',
      reason:
        'cannot decide: the Allow of identity policy tags, statement 1 (Sid ByTag) may not apply (aws:PrincipalTag/team is not known)',
      evidence: [{ layer: 'identity', policy: 'tags', sid: 'ByTag', index: 1, effect: 'Allow' }],
      missing: ['aws:PrincipalTag/team'],
      unknownClass: 'context',
    })
  })

  test('a Deny in doubt', () => {
    const deny = { Effect: 'Deny', Action: '*', Resource: '*', Condition: fromOffice }
    expect(ask({ identity: policy([...allowAll, deny], 'office') })).toEqual({
      verdict: 'unknown',
      reason:
        'cannot decide: the Deny of identity policy office, statement 2 may apply (aws:SourceIp is not known)',
      evidence: [{ layer: 'identity', policy: 'office', index: 2, effect: 'Deny' }],
      missing: ['aws:SourceIp'],
      unknownClass: 'context',
    })
  })

  test.each<[string, Partial<PolicyLayers>, readonly string[], string]>([
    [
      'guardrails',
      { scps: 'unreadable', session: 'unreadable', rcps: 'unreadable' },
      ['policies:session', 'policies:scp', 'policies:rcp'],
      'guardrail',
    ],
    ['a boundary', { boundary: 'unreadable' }, ['policies:boundary'], 'core'],
    [
      'a queue policy among guardrails',
      { scps: 'unreadable', resource: 'unreadable' },
      ['policies:resource', 'policies:scp'],
      'core',
    ],
  ])('%s', (_what, layers, missing, unknownClass) => {
    expect(ask({ identity: admin, ...layers })).toMatchObject({ missing, unknownClass })
  })

  test.each<[string, Partial<PolicyLayers>]>([
    ['identity policies could not be read', { identity: 'unreadable' }],
    ['the permissions boundary could not be read', { boundary: 'unreadable' }],
    ['session policies could not be read', { session: 'unreadable' }],
    ['service control policies could not be read', { scps: 'unreadable' }],
    ['resource control policies could not be read', { rcps: 'unreadable' }],
    ['the queue policy could not be read', { resource: 'unreadable' }],
    ['identity policy odd: it is not JSON', { identity: odd }],
    ['the permissions boundary odd: it is not JSON', { boundary: odd }],
    ['the session policy odd: it is not JSON', { session: odd }],
    ['service control policy odd: it is not JSON', { scps: [odd] }],
    ['resource control policy odd: it is not JSON', { rcps: [odd] }],
    [
      'the queue policy of orders: it is not JSON',
      { resource: [{ name: 'the queue policy of orders', document: '{' }] },
    ],
  ])('%s', (gap, layers) => {
    expect(ask({ identity: admin, ...layers }).reason).toBe(`cannot decide: a Deny may apply (${gap})`)
  })

  test.each<[string, Partial<PolicyLayers>]>([
    ['identity policy limit', { identity: [...list(admin), ...list(inDoubt)] }],
    ['the permissions boundary limit', { boundary: inDoubt }],
    ['the session policy limit', { session: inDoubt }],
    ['service control policy limit', { scps: [admin, inDoubt] }],
  ])('a Deny in doubt in %s', (place, layers) => {
    expect(ask({ identity: admin, ...layers }).reason).toBe(
      `cannot decide: the Deny of ${place}, statement 1 (Sid Office) may apply (aws:SourceIp is not known)`,
    )
  })

  test('keys name their own layers', () => {
    const request = { action: 'kms:Decrypt', resource: keyArn }
    const reason = (layers: Partial<PolicyLayers>) => ask({ identity: admin, ...layers }, request).reason
    expect(reason({ resource: 'unreadable' })).toBe(
      'cannot decide: a Deny may apply (the key policy could not be read)',
    )
    expect(reason({ resource: policy([]), grants: 'unreadable' })).toBe(
      'cannot decide: an Allow may not apply (the grants of the key could not be read)',
    )
  })

  test('one unread policy leaves the verdict open, unless a Deny beside it settles it', () => {
    const unread = { name: 'custom', document: 'unreadable' }
    expect(ask({ identity: [...list(admin), unread] })).toMatchObject({
      verdict: 'unknown',
      reason: 'cannot decide: a Deny may apply (identity policy custom could not be read)',
      missing: ['policies:identity'],
    })
    const deny = policy({ Effect: 'Deny', Action: 'sqs:*', Resource: '*' }, 'deny')
    expect(ask({ identity: [unread, ...list(deny)] }).verdict).toBe('denied')
  })

  test('a fact that cannot change the outcome is not missing', () => {
    const byTagOnly = { Effect: 'Allow', Action: 'sqs:*', Resource: '*', Condition: byTag }
    expect(ask({ identity: policy([byTagOnly, ...allowAll]) })).toMatchObject({
      verdict: 'allowed',
      missing: [],
    })
    const identity = policy({ ...byTagOnly, Condition: { ...byTag, StringLike: { 'my:key': '*' } } })
    expect(ask({ identity }, { facts: { 'my:key': absent } })).toMatchObject({
      verdict: 'denied',
      missing: [],
    })
  })
})

describe('keys name the layer that decides', () => {
  const request = { action: 'kms:Decrypt', resource: keyArn }
  const enableIam = {
    Sid: 'Enable IAM',
    Effect: 'Allow',
    Principal: { AWS: rootArn },
    Action: 'kms:*',
    Resource: '*',
  }
  const nobody = { ...enableIam, Principal: { AWS: `${roleArn}2` } }
  const denies = { Sid: 'Shut', Effect: 'Deny', Principal: '*', Action: 'kms:*', Resource: '*' }
  test.each<[string, Partial<PolicyLayers>, string]>([
    [
      'a Deny, and no identity policy either',
      { resource: policy([enableIam, denies], 'the policy of key 1234') },
      'explicit Deny in the policy of key 1234, statement 2 (Sid Shut); besides, no identity policy allows it',
    ],
    [
      'a Deny, beside an Allow for the role itself',
      { resource: policy([{ ...enableIam, Principal: { AWS: roleArn } }, denies], 'the policy of key 1234') },
      'explicit Deny in the policy of key 1234, statement 2 (Sid Shut)',
    ],
    ['delegated, and no identity policy', { resource: policy(enableIam) }, 'no identity policy allows it'],
    ['not delegated', { identity: admin, resource: policy(nobody) }, 'the key policy does not allow it'],
    ['neither', { resource: policy(nobody) }, 'the key policy does not allow it'],
    [
      'the role, cut off by a boundary',
      {
        boundary: policy({ ...enableIam, Principal: undefined, Action: 'sqs:*' }),
        resource: policy({ ...enableIam, Principal: { AWS: roleArn } }),
      },
      'the permissions boundary does not allow it',
    ],
    [
      'both',
      { identity: admin, resource: policy(enableIam, 'the key policy') },
      'allowed by identity policy admin, statement 1 and by the key policy, statement 1 (Sid Enable IAM)',
    ],
  ])('%s', (_what, layers, reason) => {
    expect(ask(layers, request).reason).toBe(reason)
  })

  test('an unread key policy', () => {
    expect(ask({ identity: admin, resource: 'unreadable' }, request)).toMatchObject({
      verdict: 'unknown',
      missing: ['policies:key'],
      unknownClass: 'core',
    })
  })
})

function list(policies: ReturnType<typeof policy>) {
  return policies === 'unreadable' ? [] : policies
}
