import { describe, expect, test } from 'vitest'
import type { LayerPolicies, PolicyLayers, Principal } from '../../src/permissions/request.js'
import {
  account,
  allowAll,
  ask,
  otherAccount,
  policy,
  queueArn,
  roleArn,
  rootArn,
  sessionArn,
} from './ask.js'

const identity = policy(allowAll, 'admin')
const none = policy([{ Effect: 'Allow', Action: 'logs:*', Resource: '*' }], 'logs')
const hidden: LayerPolicies = [{ name: 'limit', document: 'unreadable' }]
const session: Principal = { kind: 'assumed-role', roleArn, sessionArn, account }
const user: Principal = { kind: 'user', arn: `arn:aws:iam::${account}:user/dev`, account }
const root: Principal = { kind: 'root', arn: rootArn, account }
const federated: Principal = {
  kind: 'federated-user',
  arn: `arn:aws:sts::${account}:federated-user/bob`,
  account,
}

function open(principal: unknown, effect = 'Allow') {
  return policy([{ Effect: effect, Principal: principal, Action: 'sqs:*', Resource: queueArn }], 'queue')
}

describe('whom a queue policy lets in without an identity policy', () => {
  const other = `arn:aws:iam::${account}:role/other`
  test.each<[string, Principal, unknown, string]>([
    ['everyone', session, '*', 'allowed'],
    ['everyone, the long way', session, { AWS: '*' }, 'allowed'],
    ['the role', session, { AWS: roleArn }, 'allowed'],
    ['the session', session, { AWS: [sessionArn] }, 'allowed'],
    ['another session', session, { AWS: `${sessionArn}2` }, 'denied'],
    ['another role', session, { AWS: other }, 'denied'],
    ['the account only delegates', session, { AWS: rootArn }, 'denied'],
    ['the account, by number', session, { AWS: account }, 'denied'],
    ['a deleted role', session, { AWS: 'AROAEXAMPLEEXAMPLE' }, 'denied'],
    ['a service', session, { Service: 'lambda.amazonaws.com' }, 'denied'],
    ['a wildcard in a name is not valid', session, { AWS: `arn:aws:iam::${account}:role/*` }, 'unknown'],
    ['an empty Principal is not valid', session, {}, 'unknown'],
    ['the user', user, { AWS: user.kind === 'user' ? user.arn : '' }, 'allowed'],
    ['another user', user, { AWS: `arn:aws:iam::${account}:user/ops` }, 'denied'],
    ['the federated user', federated, { AWS: `arn:aws:sts::${account}:federated-user/bob` }, 'allowed'],
    ['perhaps who issued the federation', federated, { AWS: `arn:aws:iam::${account}:user/dev` }, 'unknown'],
  ])('%s', (_who, principal, listed, verdict) => {
    expect(ask({ resource: open(listed) }, { principal }).verdict).toBe(verdict)
  })

  test('a session whose name is not known may be the one named', () => {
    expect(ask({ resource: open({ AWS: sessionArn }) })).toMatchObject({
      verdict: 'unknown',
      unknownClass: 'context',
    })
    const elsewhere = `arn:aws:sts::${account}:assumed-role/other/worker`
    expect(ask({ resource: open({ AWS: elsewhere }) }).verdict).toBe('denied')
  })
})

describe('whom a Deny with NotPrincipal spares', () => {
  const spare = (AWS: unknown, principal: Principal) =>
    ask(
      { identity, resource: policy([{ Effect: 'Deny', NotPrincipal: { AWS }, Action: '*', Resource: '*' }]) },
      { principal },
    ).verdict
  const unnamed: Principal = { kind: 'assumed-role', roleArn, account }
  test.each<[string, Principal, unknown, string]>([
    ['account, role and session', session, [rootArn, roleArn, sessionArn], 'allowed'],
    ['all but the session', session, [account, roleArn], 'unknown'],
    ['the role alone', session, roleArn, 'unknown'],
    ['the account alone', session, rootArn, 'unknown'],
    ['all three, but the session has no known name', unnamed, [rootArn, roleArn, sessionArn], 'unknown'],
    ['someone else', session, `arn:aws:iam::${account}:role/other`, 'denied'],
    ['everyone', session, '*', 'allowed'],
    ['user and account', user, [rootArn, `arn:aws:iam::${account}:user/dev`], 'allowed'],
    ['the user alone', user, `arn:aws:iam::${account}:user/dev`, 'unknown'],
    ['root', root, rootArn, 'allowed'],
    [
      'the account in another partition',
      session,
      [rootArn.replace('aws', 'aws-cn'), roleArn, sessionArn],
      'unknown',
    ],
  ])('%s', (_who, principal, listed, verdict) => {
    expect(spare(listed, principal)).toBe(verdict)
  })

  test.each<[string, Principal, LayerPolicies, string]>([
    ['no role with a permissions boundary', session, identity, 'denied'],
    ['no role with a boundary that nobody can read', session, hidden, 'denied'],
    ['perhaps a role of which nobody knows whether it has one', session, 'unreadable', 'unknown'],
    ['no user with a boundary', user, identity, 'denied'],
    ['root, to whom no boundary applies', root, identity, 'allowed'],
  ])('%s, whoever is listed', (_who, principal, boundary, verdict) => {
    const AWS = [rootArn, roleArn, sessionArn, `arn:aws:iam::${account}:user/dev`]
    const resource = policy([{ Effect: 'Deny', NotPrincipal: { AWS }, Action: '*', Resource: '*' }])
    expect(ask({ identity, boundary, resource }, { principal }).verdict).toBe(verdict)
  })

  test('not an Allow: that is not supported', () => {
    const resource = policy([{ Effect: 'Allow', NotPrincipal: { AWS: 'x' }, Action: '*', Resource: '*' }])
    expect(ask({ resource }, { principal: session }).verdict).toBe('unknown')
  })
})

describe('how the layers join', () => {
  const denyAll = policy([{ Effect: 'Deny', Action: '*', Resource: '*' }], 'deny')
  const denyRcp = policy([{ Effect: 'Deny', Principal: '*', Action: '*', Resource: '*' }], 'deny')
  test.each<[string, Partial<PolicyLayers>, string]>([
    ['identity alone', { identity }, 'allowed'],
    ['nothing', {}, 'denied'],
    ['a boundary cuts off the identity', { identity, boundary: none }, 'denied'],
    ['an empty boundary is none', { identity, boundary: [] }, 'allowed'],
    ['a boundary grants nothing', { boundary: identity }, 'denied'],
    ['a session policy cuts off the identity', { identity, session: none }, 'denied'],
    [
      'a boundary cuts off a grant to the role',
      { boundary: none, resource: open({ AWS: roleArn }) },
      'denied',
    ],
    ['a boundary does not cut off a grant to everyone', { boundary: none, resource: open('*') }, 'allowed'],
    ['a Deny in the boundary wins all the same', { boundary: denyAll, resource: open('*') }, 'denied'],
    ['each SCP level must allow', { identity, scps: [identity, none] }, 'denied'],
    ['a level without policies allows nothing', { identity, scps: [identity, []] }, 'denied'],
    ['no levels', { identity, scps: [] }, 'allowed'],
    ['an RCP need not allow', { identity, rcps: [[]] }, 'allowed'],
    ['an RCP may deny', { identity, rcps: [denyRcp] }, 'denied'],
    ['a Deny in the queue policy wins', { identity, resource: open({ AWS: rootArn }, 'Deny') }, 'denied'],
    ['unreadable identity', { identity: 'unreadable' }, 'unknown'],
    ['unreadable identity, shut boundary', { identity: 'unreadable', boundary: none }, 'denied'],
    [
      'unreadable identity, open queue: a Deny may hide',
      { identity: 'unreadable', resource: open('*') },
      'unknown',
    ],
    ['unreadable boundary, nothing allowed', { boundary: 'unreadable' }, 'denied'],
    ['unreadable queue policy', { identity, resource: 'unreadable' }, 'unknown'],
    ['unreadable SCPs, nothing allowed', { scps: 'unreadable' }, 'denied'],
    ['one unreadable SCP level', { identity, scps: [identity, 'unreadable'] }, 'unknown'],
    ['unreadable RCPs', { identity, rcps: 'unreadable' }, 'unknown'],
  ])('%s', (_what, layers, verdict) => {
    expect(ask(layers, { principal: session }).verdict).toBe(verdict)
  })

  test.each<[string, Partial<PolicyLayers>, string]>([
    ['both sides', { identity, resource: open({ AWS: roleArn }) }, 'allowed'],
    ['both sides, by account', { identity, resource: open({ AWS: account }) }, 'allowed'],
    ['both sides, by everyone', { identity, resource: open('*') }, 'allowed'],
    ['identity only', { identity }, 'denied'],
    ['queue only', { resource: open('*') }, 'denied'],
    ['a boundary counts', { identity, boundary: none, resource: open('*') }, 'denied'],
    ['the owner cannot be read', { identity, resource: 'unreadable' }, 'unknown'],
    ['the owner cannot be read, and no identity', { resource: 'unreadable' }, 'denied'],
  ])('across accounts: %s', (_what, layers, verdict) => {
    expect(ask(layers, { principal: session, resourceAccount: otherAccount }).verdict).toBe(verdict)
  })

  test('some SQS actions cannot be opened to another account', () => {
    const layers = { identity, resource: open('*') }
    const request = { action: 'sqs:SetQueueAttributes', resourceAccount: otherAccount }
    expect(ask(layers, request).verdict).toBe('denied')
    expect(ask(layers, { ...request, resourceAccount: account }).verdict).toBe('allowed')
  })

  test.each<[string, Partial<PolicyLayers>, string]>([
    ['needs no policy', {}, 'allowed'],
    ['ignores identity and boundary', { identity: denyAll, boundary: none }, 'allowed'],
    ['is bound by SCPs', { scps: [none] }, 'denied'],
    ['is bound by the queue policy', { resource: open({ AWS: rootArn }, 'Deny') }, 'denied'],
    ['SCPs unreadable', { scps: 'unreadable' }, 'unknown'],
  ])('root %s', (_what, layers, verdict) => {
    expect(ask(layers, { principal: root }).verdict).toBe(verdict)
  })

  test('organisation policies do not bind service-linked roles', () => {
    const linked: Principal = {
      kind: 'assumed-role',
      roleArn: `arn:aws:iam::${account}:role/aws-service-role/lambda.amazonaws.com/AWSServiceRoleForLambda`,
      account,
    }
    expect(ask({ identity, scps: [none], rcps: 'unreadable' }, { principal: linked }).verdict).toBe('allowed')
  })
})
