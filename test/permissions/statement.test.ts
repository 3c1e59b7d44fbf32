import { describe, expect, test } from 'vitest'
import type { RequestFact } from '../../src/permissions/request.js'
import { absent, foreign, known, notKnown } from '../../src/permissions/request-fact.js'
import { account, allowAll, ask, policy, queueArn } from './ask.js'

function verdictWith(statement: object, facts = {}, version = '2012-10-17') {
  const document = {
    Version: version,
    Statement: { Effect: 'Allow', Action: '*', Resource: '*', ...statement },
  }
  return ask({ identity: [{ name: 'policy', document }] }, { facts }).verdict
}

function variable(key: string): string {
  return `\${${key}}`
}

describe('actions', () => {
  test.each([
    ['sqs:ReceiveMessage', 'allowed'],
    ['SQS:RECEIVEMESSAGE', 'allowed'],
    ['sqs:Receive*', 'allowed'],
    ['sqs:*Message', 'allowed'],
    // The service of an action is named in full, or not at all.
    ['s?s:ReceiveMessage', 'unknown'],
    ['*:*', 'allowed'],
    ['sqs:ReceiveMessageBatch', 'denied'],
    ['sqs:Receive', 'denied'],
    [['logs:*', 'sqs:ReceiveMessage'], 'allowed'],
  ])('Action %j', (Action, verdict) => {
    expect(verdictWith({ Action })).toBe(verdict)
  })

  test.each([
    ['sqs:*', 'denied'],
    ['iam:*', 'allowed'],
    [['iam:*', 'sqs:receivemessage'], 'denied'],
  ])('NotAction %j', (NotAction, verdict) => {
    expect(verdictWith({ Action: undefined, NotAction })).toBe(verdict)
  })
})

describe('resources', () => {
  test.each([
    ['*', 'allowed'],
    [queueArn, 'allowed'],
    [`arn:aws:sqs:us-east-1:${account}:order?`, 'allowed'],
    [`arn:aws:sqs:us-east-1:${account}:orders?`, 'denied'],
    [`arn:aws:sqs:us-east-1:${account}:o*s`, 'allowed'],
    [`arn:aws:sqs:us-east-1:${account}:ORDERS`, 'denied'],
    ['arn:aws:sqs:*:*:orders', 'allowed'],
    ['arn:aws:sqs:us-*-1:*:*', 'allowed'],
    ['arn:aws:sqs:*', 'allowed'],
    // The service is named in full, too.
    ['arn:*', 'unknown'],
    ['arn:aws:*', 'unknown'],
    ['arn:aws:*:us-east-1:*:orders', 'unknown'],
    ['arn:aws:*:us-east-1:*:payments', 'denied'],
    ['arn:aws-cn:sqs:*:*:*', 'denied'],
    ['arn:aws:sqs:eu-*', 'denied'],
    // Only if a wildcard in the middle may cross a colon.
    ['arn:aws:sqs:*:orders', 'unknown'],
    ['arn:aws:sqs:*:payments', 'denied'],
  ])('Resource %s', (Resource, verdict) => {
    expect(verdictWith({ Resource })).toBe(verdict)
  })

  test.each([
    [queueArn, 'denied'],
    [`${queueArn}-dead`, 'allowed'],
    ['*', 'denied'],
  ])('NotResource %s', (NotResource, verdict) => {
    expect(verdictWith({ Resource: undefined, NotResource })).toBe(verdict)
  })

  test.each([
    ['*', 'allowed'],
    ['arn:aws:lambda:us-east-1:111122223333:function:worker', 'denied'],
    ['arn:aws:lambda:*', 'denied'],
  ])('an action without resources and Resource %s', (Resource, verdict) => {
    const identity = policy({ Effect: 'Allow', Action: 'lambda:*', Resource })
    expect(ask({ identity }, { action: 'lambda:ListFunctions', resource: '*' }).verdict).toBe(verdict)
  })
})

describe('policy variables', () => {
  const team = variable('aws:PrincipalTag/team')
  const tagged = `arn:aws:sqs:us-east-1:${account}:${variable('aws:PrincipalTag/queue')}`
  const tag = (fact: RequestFact) => ({ 'aws:PrincipalTag/queue': fact })
  test.each([
    ['known', tagged, tag(known('orders')), 'allowed'],
    ['known, another', tagged, tag(known('payments')), 'denied'],
    ['a wildcard in the value is none', tagged, tag(known('ord*')), 'denied'],
    ['absent', tagged, tag(absent), 'denied'],
    ['without values', tagged, tag(known()), 'denied'],
    ['unknown', tagged, tag(notKnown), 'unknown'],
    ['foreign', tagged, tag(foreign), 'unknown'],
    ['several values', tagged, tag(known('orders', 'payments')), 'unknown'],
    ['unknown, but the rest cannot match', tagged.replace('sqs', 'sns'), tag(notKnown), 'denied'],
    ['default not used', tagged.replace('}', ", 'payments'}"), tag(known('orders')), 'allowed'],
    ['default used', tagged.replace('}', ", 'orders'}"), tag(absent), 'allowed'],
    ['default while unknown', tagged.replace('}', ", 'orders'}"), tag(notKnown), 'unknown'],
    ['not understood', tagged.replace('}', ', orders}'), tag(known('orders')), 'unknown'],
    [
      'before the fifth colon, where AWS says that none can stand',
      `arn:aws:sqs:*:${variable('aws:PrincipalAccount')}:*`,
      { 'aws:PrincipalAccount': known(account) },
      'unknown',
    ],
  ])('in Resource: %s', (_what, Resource, facts, verdict) => {
    expect(verdictWith({ Resource }, facts)).toBe(verdict)
  })

  test('are plain text in the old version, and without a version', () => {
    const facts = tag(known('orders'))
    expect(verdictWith({ Resource: tagged }, facts, '2008-10-17')).toBe('denied')
    const document = { Statement: { Effect: 'Allow', Action: '*', Resource: tagged } }
    expect(ask({ identity: [{ name: 'old', document }] }, { facts }).verdict).toBe('denied')
  })

  test.each([
    ['NotResource', 'absent', absent, 'unknown'],
    ['NotResource', 'known', known('orders'), 'denied'],
    ['NotResource', 'another', known('payments'), 'allowed'],
    ['NotResource', 'unknown', notKnown, 'unknown'],
  ])('in %s: %s', (element, _what, fact, verdict) => {
    expect(verdictWith({ Resource: undefined, [element]: tagged }, tag(fact))).toBe(verdict)
  })

  test.each([
    ['StringEquals', team, known('blue'), 'allowed'],
    ['StringEquals', team, known('*'), 'denied'],
    ['StringEquals', team, absent, 'denied'],
    ['StringNotEquals', team, absent, 'unknown'],
    ['StringLike', `b${variable('*')}`, known('x'), 'denied'],
    ['StringLike', `${team}*`, known('bl'), 'allowed'],
    ['StringLike', `green-${team}`, notKnown, 'denied'],
    ['NumericEquals', team, known('5'), 'unknown'],
  ])('in %s %s', (operator, wanted, fact, verdict) => {
    const facts = { 'aws:ResourceTag/team': known('blue'), 'aws:PrincipalTag/team': fact }
    expect(verdictWith({ Condition: { [operator]: { 'aws:ResourceTag/team': wanted } } }, facts)).toBe(
      verdict,
    )
  })
})

describe('a document that IAM would not store leaves the answer open', () => {
  const [allow] = allowAll
  test.each([
    ['not JSON', '{'],
    ['an array', [allow]],
    ['no statement', { Version: '2012-10-17' }],
    ['unknown version', { Version: '2020-01-01', Statement: allowAll }],
    ['unknown element', { Version: '2012-10-17', Statements: allowAll, Statement: [] }],
    ['effect in lower case', { Statement: { ...allow, Effect: 'allow' } }],
    ['Conditions', { Statement: { ...allow, Conditions: {} } }],
    ['both Action and NotAction', { Statement: { ...allow, NotAction: 'iam:*' } }],
    ['no Action', { Statement: { Effect: 'Allow', Resource: '*' } }],
    ['an action without service', { Statement: { ...allow, Action: 'ReceiveMessage' } }],
    ['an empty list', { Statement: { ...allow, Action: [] } }],
    ['a bare queue name', { Statement: { ...allow, Resource: 'orders' } }],
    ['no Resource', { Statement: { Effect: 'Allow', Action: '*' } }],
    ['a Principal', { Statement: { ...allow, Principal: '*' } }],
    ['a Sid that is no string', { Statement: { ...allow, Sid: 1 } }],
    ['one bad statement among good ones', { Statement: [allow, null] }],
    ['nothing', undefined],
  ])('%s', (_what, document) => {
    const decision = ask({ identity: [{ name: 'odd', document }] })
    expect(decision).toMatchObject({
      verdict: 'unknown',
      missing: ['policies:identity'],
      unknownClass: 'core',
    })
    expect(decision.reason).toContain('identity policy odd: ')
  })

  test('but an explicit Deny in another policy is final', () => {
    const odd = { name: 'odd', document: '{' }
    const deny = { name: 'deny', document: { Statement: { Effect: 'Deny', Action: 'sqs:*', Resource: '*' } } }
    expect(ask({ identity: [odd, deny] }).verdict).toBe('denied')
  })

  test('text, and URL-encoded text as IAM answers it, are read', () => {
    const text = JSON.stringify({ Version: '2012-10-17', Statement: allowAll })
    expect(ask({ identity: [{ name: 'text', document: text }] }).verdict).toBe('allowed')
    expect(ask({ identity: [{ name: 'text', document: encodeURIComponent(text) }] }).verdict).toBe('allowed')
  })
})
