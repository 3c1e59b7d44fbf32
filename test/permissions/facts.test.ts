import { describe, expect, test } from 'vitest'
import { type Caller, callerFacts, callerKeyFacts } from '../../src/permissions/caller-facts.js'
import { type Poller, pollerFacts, pollerKeyFacts } from '../../src/permissions/poller-facts.js'
import type { RequestFacts } from '../../src/permissions/request.js'
import { known } from '../../src/permissions/request-fact.js'
import { account, allowAll, ask, askCondition, otherAccount, policy, queueArn, roleArn } from './ask.js'

const poller: Poller = {
  region: 'us-east-1',
  partition: 'aws',
  roleArn,
  account,
  queueArn,
  resourceAccount: account,
}
const userArn = `arn:aws:iam::${account}:user/team/dev`
const caller: Caller = { principalArn: userArn, account, region: 'us-east-1' }

type Row = readonly [operator: string, key: string, wanted: string, outcome: 'holds' | 'fails' | 'open']

function outcomes(facts: RequestFacts, rows: readonly Row[]) {
  return rows.map(([operator, key, wanted]) => [
    operator,
    key,
    wanted,
    askCondition({ [operator]: { [key]: wanted } }, facts),
  ])
}

describe('the poller', () => {
  test('comes from Lambda, as the role, without the keys of a function', () => {
    const rows: readonly Row[] = [
      ['StringEquals', 'aws:SourceVpce', 'vpce-0abc', 'fails'],
      ['StringNotEquals', 'aws:SourceVpc', 'vpc-0abc', 'holds'],
      ['StringNotEqualsIfExists', 'aws:SourceVpce', 'vpce-0abc', 'open'],
      ['IpAddress', 'aws:SourceIp', '203.0.113.0/24', 'open'],
      [
        'ArnEquals',
        'lambda:SourceFunctionArn',
        'arn:aws:lambda:us-east-1:111122223333:function:worker',
        'fails',
      ],
      ['ArnNotEqualsIfExists', 'lambda:SourceFunctionArn', 'arn:aws:lambda:us-east-1:1:function:w', 'holds'],
      ['Null', 'lambda:SourceFunctionArn', 'false', 'fails'],
      ['Bool', 'aws:MultiFactorAuthPresent', 'false', 'fails'],
      ['BoolIfExists', 'aws:MultiFactorAuthPresent', 'false', 'holds'],
      ['Bool', 'aws:SecureTransport', 'true', 'holds'],
      ['Bool', 'aws:PrincipalIsAWSService', 'false', 'holds'],
      ['Bool', 'aws:ViaAWSService', 'true', 'open'],
      ['ArnEquals', 'aws:PrincipalArn', roleArn, 'holds'],
      ['ArnLike', 'aws:PrincipalArn', `arn:aws:iam::${account}:role/worker-role`, 'fails'],
      ['ArnLike', 'aws:SourceArn', 'arn:aws:sns:us-east-1:111122223333:topic', 'fails'],
      ['StringNotEquals', 'aws:SourceVpcArn', 'arn:aws:ec2:us-east-1:111122223333:vpc/vpc-0abc', 'holds'],
      ['StringEquals', 'aws:VpceAccount', account, 'fails'],
      ['StringNotEquals', 'aws:VpceOrgID', 'o-abc', 'holds'],
      ['ForAnyValue:StringLike', 'aws:VpceOrgPaths', 'o-abc/*', 'open'],
      ['IpAddress', 'aws:VpcSourceIp', '10.0.0.0/8', 'open'],
      ['StringLike', 'aws:Referer', '*', 'fails'],
      ['Null', 'ec2:SourceInstanceARN', 'true', 'holds'],
      ['Null', 'aws:TokenIssueTime', 'true', 'open'],
      ['StringEquals', 'aws:SourceIdentity', 'alice', 'open'],
      ['StringEquals', 'aws:RequestedRegion', 'us-east-1', 'holds'],
      ['StringEquals', 'aws:ResourceAccount', account, 'holds'],
      ['StringEquals', 'kms:ViaService', 'sqs.us-east-1.amazonaws.com', 'fails'],
      ['StringEquals', 'aws:PrincipalTag/team', 'blue', 'open'],
      ['StringEquals', 'aws:ResourceTag/env', 'prod', 'open'],
      ['StringEquals', 'aws:PrincipalOrgID', 'o-abc', 'open'],
      ['DateLessThan', 'aws:CurrentTime', '2030-01-01T00:00:00Z', 'open'],
    ]
    expect(outcomes(pollerFacts(poller), rows)).toEqual(rows)
  })

  test('tags, organisation and time as far as they are known', () => {
    const now = new Date('2026-11-23T05:00:00Z')
    const facts = pollerFacts({ ...poller, roleTags: { team: 'blue' }, queueTags: {}, orgId: 'o-abc', now })
    const rows: readonly Row[] = [
      ['StringEquals', 'aws:PrincipalTag/team', 'blue', 'holds'],
      ['Null', 'aws:PrincipalTag/cost', 'true', 'holds'],
      ['StringNotEquals', 'aws:ResourceTag/env', 'prod', 'holds'],
      ['StringEquals', 'aws:PrincipalOrgID', 'o-abc', 'holds'],
      ['StringEquals', 'aws:ResourceOrgID', 'o-abc', 'holds'],
      ['ForAnyValue:StringLike', 'aws:PrincipalOrgPaths', 'o-abc/*', 'open'],
      ['DateLessThan', 'aws:CurrentTime', '2026-01-01T00:00:00Z', 'fails'],
      ['NumericGreaterThan', 'aws:EpochTime', '1700000000', 'holds'],
    ]
    expect(outcomes(facts, rows)).toEqual(rows)
    const alone = pollerFacts({ ...poller, orgId: null, resourceAccount: otherAccount })
    const none: readonly Row[] = [
      ['StringNotEqualsIfExists', 'aws:PrincipalOrgID', 'o-abc', 'holds'],
      ['StringEquals', 'aws:ResourceOrgID', 'o-abc', 'open'],
    ]
    expect(outcomes(alone, none)).toEqual(none)
  })

  test('its key requests come by way of SQS, for this queue', () => {
    const rows: readonly Row[] = [
      ['StringEquals', 'kms:ViaService', 'sqs.us-east-1.amazonaws.com', 'holds'],
      ['StringEquals', 'kms:CallerAccount', account, 'holds'],
      ['StringEquals', 'kms:EncryptionContext:aws:sqs:arn', queueArn, 'holds'],
      ['Null', 'kms:EncryptionContext:other', 'true', 'holds'],
      ['Bool', 'kms:GrantIsForAWSResource', 'true', 'fails'],
      ['StringEquals', 'kms:RequestAlias', 'alias/orders', 'open'],
      ['StringEquals', 'kms:EncryptionAlgorithm', 'SYMMETRIC_DEFAULT', 'open'],
      ['Bool', 'aws:ViaAWSService', 'true', 'open'],
      ['ForAllValues:StringEquals', 'kms:EncryptionContextKeys', 'aws:sqs:arn', 'holds'],
      ['StringEquals', 'aws:ResourceTag/env', 'prod', 'open'],
    ]
    expect(outcomes(pollerKeyFacts({ ...poller, queueTags: { env: 'prod' } }), rows)).toEqual(rows)
    const china: Row = ['StringEquals', 'kms:ViaService', 'sqs.cn-north-1.amazonaws.com.cn', 'holds']
    expect(
      outcomes(pollerKeyFacts({ ...poller, partition: 'aws-cn', region: 'cn-north-1' }), [china]),
    ).toEqual([china])
    const gov: Row = ['StringEquals', 'kms:ViaService', 'sqs.us-gov-west-1.amazonaws.com', 'holds']
    expect(
      outcomes(pollerKeyFacts({ ...poller, partition: 'aws-us-gov', region: 'us-gov-west-1' }), [gov]),
    ).toEqual([gov])
    const open: Row = ['StringEquals', 'kms:ViaService', 'sqs.us-east-1.amazonaws.com', 'open']
    for (const partition of ['aws-iso', 'aws-iso-b', 'aws-iso-e', 'aws-iso-f', 'aws-eusc']) {
      expect(outcomes(pollerKeyFacts({ ...poller, partition }), [open])).toEqual([open])
    }
  })
})

describe('the caller', () => {
  test('is known by its ARN; its network and its second factor are not', () => {
    const rows: readonly Row[] = [
      ['StringEquals', 'aws:username', 'dev', 'holds'],
      ['StringEquals', 'aws:PrincipalType', 'User', 'holds'],
      ['ArnEquals', 'aws:PrincipalArn', userArn, 'holds'],
      ['NotIpAddress', 'aws:SourceIp', '203.0.113.0/24', 'open'],
      ['StringEquals', 'aws:SourceVpce', 'vpce-0abc', 'open'],
      ['BoolIfExists', 'aws:MultiFactorAuthPresent', 'true', 'open'],
      ['Bool', 'aws:ViaAWSService', 'false', 'holds'],
      ['StringEquals', 'aws:CalledViaFirst', 'cloudformation.amazonaws.com', 'fails'],
      ['StringEqualsIfExists', 'kms:ViaService', 'sqs.us-east-1.amazonaws.com', 'holds'],
      ['StringEquals', 'aws:RequestTag/team', 'blue', 'fails'],
      ['Null', 'aws:TagKeys', 'true', 'holds'],
      ['ArnLike', 'lambda:FunctionArn', 'arn:aws:lambda:*:*:function:worker', 'open'],
      ['StringEquals', 'aws:PrincipalTag/team', 'blue', 'open'],
    ]
    expect(outcomes(callerFacts(caller), rows)).toEqual(rows)
  })

  test('a role session has no user name', () => {
    const rows: readonly Row[] = [
      ['Null', 'aws:username', 'true', 'holds'],
      ['StringEquals', 'aws:PrincipalType', 'AssumedRole', 'holds'],
    ]
    expect(outcomes(callerFacts({ ...caller, principalArn: roleArn }), rows)).toEqual(rows)
  })

  test('what the request sends, and what someone vouches for', () => {
    const functionArn = `arn:aws:lambda:us-east-1:${account}:function:worker:live`
    const given = { 'aws:SourceIp': known('203.0.113.9') }
    const facts = callerFacts({ ...caller, functionArn, requestTags: { team: 'blue' }, given })
    const rows: readonly Row[] = [
      ['StringEquals', 'aws:RequestTag/team', 'blue', 'holds'],
      ['ForAllValues:StringEquals', 'aws:TagKeys', 'team', 'holds'],
      ['ArnEquals', 'lambda:FunctionArn', `arn:aws:lambda:us-east-1:${account}:function:worker`, 'fails'],
      ['ArnLike', 'lambda:FunctionArn', `arn:aws:lambda:us-east-1:${account}:function:worker:*`, 'holds'],
      ['IpAddress', 'aws:SourceIp', '203.0.113.0/24', 'holds'],
    ]
    expect(outcomes(facts, rows)).toEqual(rows)
  })

  test('its key requests come by way of SQS', () => {
    const facts = callerKeyFacts({ ...caller, partition: 'aws', queueArn })
    const rows: readonly Row[] = [
      ['StringEquals', 'kms:ViaService', 'sqs.us-east-1.amazonaws.com', 'holds'],
      ['StringEquals', 'kms:EncryptionContext:aws:sqs:arn', queueArn, 'holds'],
      ['StringEquals', 'kms:RequestAlias', 'alias/orders', 'open'],
      ['Bool', 'aws:ViaAWSService', 'false', 'open'],
      ['StringEquals', 'aws:CalledViaLast', 'sqs.amazonaws.com', 'open'],
    ]
    expect(outcomes(facts, rows)).toEqual(rows)
  })
})

test('a popular hardening Deny stops the poller, even with IfExists, unless guarded by Null', () => {
  const condition = (guard: object) => ({
    ArnNotEqualsIfExists: {
      'lambda:SourceFunctionArn': 'arn:aws:lambda:us-east-1:111122223333:function:worker',
    },
    ...guard,
  })
  const verdict = (guard: object) => {
    const deny = { Effect: 'Deny', Action: 'sqs:*', Resource: '*', Condition: condition(guard) }
    return ask({ identity: policy([...allowAll, deny]) }, { facts: pollerFacts(poller) }).verdict
  }
  expect(verdict({})).toBe('denied')
  expect(verdict({ Null: { 'lambda:SourceFunctionArn': 'false' } })).toBe('allowed')
})
