import { describe, expect, test } from 'vitest'
import { evaluateTrust, trustFacts } from '../../src/permissions/trust.js'
import { account, policy, rootArn } from './ask.js'

const functionArn = `arn:aws:lambda:us-east-1:${account}:function:worker`
const facts = trustFacts({ functionArn, account, region: 'us-east-1' })
const lambda = { Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }
const deny = { ...lambda, Effect: 'Deny' }

describe('may Lambda assume the role', () => {
  test.each<[string, unknown, string]>([
    ['Lambda', lambda, 'allowed'],
    [
      'Lambda among others',
      { ...lambda, Principal: { Service: ['ec2.amazonaws.com', 'lambda.amazonaws.com'] } },
      'allowed',
    ],
    ['every STS action', { ...lambda, Action: 'sts:*' }, 'allowed'],
    ['another STS action', { ...lambda, Action: 'sts:AssumeRoleWithWebIdentity' }, 'denied'],
    ['another service', { ...lambda, Principal: { Service: 'ec2.amazonaws.com' } }, 'denied'],
    ['Lambda@Edge', { ...lambda, Principal: { Service: 'edgelambda.amazonaws.com' } }, 'denied'],
    [
      'another spelling of Lambda',
      { ...lambda, Principal: { Service: 'lambda.us-east-1.amazonaws.com' } },
      'unknown',
    ],
    ['the account', { ...lambda, Principal: { AWS: rootArn } }, 'denied'],
    ['everyone', { ...lambda, Principal: '*' }, 'allowed'],
    ['an explicit Deny', [lambda, deny], 'denied'],
    [
      'a Deny of another service',
      [lambda, { ...deny, Principal: { Service: 'ec2.amazonaws.com' } }],
      'allowed',
    ],
    [
      'NotPrincipal has no place here',
      [lambda, { Effect: 'Deny', NotPrincipal: lambda.Principal, Action: 'sts:*' }],
      'unknown',
    ],
    [
      'this function',
      { ...lambda, Condition: { ArnLike: { 'aws:SourceArn': `${functionArn}*` } } },
      'allowed',
    ],
    [
      'another function',
      { ...lambda, Condition: { ArnEquals: { 'aws:SourceArn': `${functionArn}2` } } },
      'denied',
    ],
    ['this account', { ...lambda, Condition: { StringEquals: { 'aws:SourceAccount': account } } }, 'allowed'],
    [
      'another account',
      { ...lambda, Condition: { StringEquals: { 'aws:SourceAccount': '444455556666' } } },
      'denied',
    ],
    [
      'principals of an organisation',
      { ...lambda, Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-abc' } } },
      'denied',
    ],
    ['an external id', { ...lambda, Condition: { StringEquals: { 'sts:ExternalId': 'x' } } }, 'denied'],
    [
      'an organisation that is not known',
      { ...lambda, Condition: { StringEquals: { 'aws:SourceOrgID': 'o-abc' } } },
      'unknown',
    ],
    ['a Resource has no place here', { ...lambda, Resource: '*' }, 'unknown'],
    ['no Principal', { Effect: 'Allow', Action: 'sts:AssumeRole' }, 'unknown'],
    ['nothing', [], 'denied'],
  ])('%s', (_who, statements, verdict) => {
    expect(evaluateTrust(policy(statements, 'trust'), facts).verdict).toBe(verdict)
  })

  test('an alias of the function has the role of the function', () => {
    const alias = trustFacts({ functionArn: `${functionArn}:live`, account, region: 'us-east-1' })
    const statement = { ...lambda, Condition: { ArnEquals: { 'aws:SourceArn': functionArn } } }
    expect(evaluateTrust(policy(statement), alias).verdict).toBe('allowed')
  })

  test('reasons', () => {
    const edge = policy({ ...lambda, Principal: { Service: 'edgelambda.amazonaws.com' } })
    expect(evaluateTrust(edge, facts).reason).toBe('the trust policy does not allow it')
    expect(evaluateTrust(policy(lambda, 'worker-role'), facts).reason).toBe(
      'allowed by the trust policy of worker-role, statement 1',
    )
    expect(evaluateTrust('unreadable', facts)).toMatchObject({
      missing: ['policies:trust'],
      unknownClass: 'core',
    })
  })
})
