import { describe, expect, it } from 'vitest'
import { type Poller, pollerFacts, pollerKeyFacts } from '../../src/permissions/poller-facts.js'
import type { RequestFacts } from '../../src/permissions/request.js'
import { account, askCondition, otherAccount, queueArn, roleArn } from './ask.js'

const region = 'us-east-1'
const now = new Date('2026-11-23T05:00:00Z')
/** Everything is known of it that can be. */
const poller: Poller = {
  region,
  partition: 'aws',
  roleArn,
  account,
  queueArn,
  resourceAccount: account,
  roleTags: { team: 'blue' },
  queueTags: { env: 'prod' },
  orgId: 'o-abc',
  now,
}

type State = 'absent' | 'foreign' | 'unknown' | readonly [value: string]
type Table = Readonly<Record<string, State>>

/** What conditions make of a key, from which its state follows. */
function stateOf(facts: RequestFacts, key: string, value: string) {
  const equals = (wanted: string) => askCondition({ StringEquals: { [key]: wanted } }, facts)
  const isAbsent = askCondition({ Null: { [key]: 'true' } }, facts)
  if (isAbsent === 'holds') return 'absent'
  if (isAbsent === 'fails') return equals(value) === 'holds' ? [value] : 'another value'
  return equals('something') === 'fails' ? 'foreign' : 'unknown'
}

function states(facts: RequestFacts, table: Table): Table {
  return Object.fromEntries(
    Object.entries(table).map(([key, state]) => [
      key,
      stateOf(facts, key, typeof state === 'string' ? 'something' : state[0]) as State, // or what no table holds
    ]),
  )
}

const ofSession: Table = {
  'aws:PrincipalOrgID': ['o-abc'],
  'aws:PrincipalOrgPaths': 'unknown',
  'aws:ResourceOrgID': ['o-abc'],
  'aws:ResourceOrgPaths': 'unknown',
  'aws:CurrentTime': ['2026-11-23T05:00:00.000Z'],
  'aws:EpochTime': ['1795410000'],
  'aws:PrincipalTag/team': ['blue'],
  'aws:PrincipalTag/other': 'absent',
  'aws:RequestTag/other': 'absent',
  'aws:TagKeys': 'absent',
  'aws:PrincipalArn': [roleArn],
  'aws:PrincipalAccount': [account],
  'aws:PrincipalType': ['AssumedRole'],
  'aws:PrincipalIsAWSService': ['false'],
  'aws:PrincipalServiceName': 'absent',
  'aws:PrincipalServiceNamesList': 'absent',
  'aws:username': 'absent',
  'aws:userid': 'unknown',
  'aws:FederatedProvider': 'absent',
  'aws:MultiFactorAuthPresent': 'absent',
  'aws:MultiFactorAuthAge': 'absent',
  'aws:RequestedRegion': [region],
  'aws:ResourceAccount': [account],
  'aws:SecureTransport': ['true'],
  'aws:SourceVpce': 'foreign',
  'aws:SourceVpc': 'foreign',
  'aws:SourceVpcArn': 'foreign',
  'aws:VpceAccount': 'foreign',
  'aws:VpceOrgID': 'foreign',
  'aws:VpceOrgPaths': 'foreign',
  'aws:SourceIp': 'unknown',
  'aws:ViaAWSService': 'unknown',
  'aws:CalledVia': 'unknown',
  'aws:SourceArn': 'absent',
  'aws:SourceAccount': 'absent',
  'aws:SourceOrgID': 'absent',
  'aws:SourceOrgPaths': 'absent',
  'aws:referer': 'absent',
  'aws:Ec2InstanceSourceVpc': 'absent',
  'aws:Ec2InstanceSourcePrivateIPv4': 'absent',
  'ec2:SourceInstanceARN': 'absent',
  'lambda:SourceFunctionArn': 'absent',
  'lambda:FunctionArn': 'absent',
}
const onQueue: Table = {
  ...ofSession,
  'aws:ResourceTag/env': ['prod'],
  'aws:ResourceTag/other': 'absent',
  'kms:other': 'absent',
}
const onKey: Table = {
  ...ofSession,
  'aws:ResourceTag/other': 'unknown',
  'kms:ViaService': ['sqs.us-east-1.amazonaws.com'],
  'kms:CallerAccount': [account],
  'kms:EncryptionContext:aws:sqs:arn': [queueArn],
  'kms:EncryptionContext:other': 'absent',
  'kms:EncryptionContextKeys': ['aws:sqs:arn'],
  'kms:GrantIsForAWSResource': 'absent',
}

describe('every fact of the poller’s requests', () => {
  it.each([
    ['to SQS', pollerFacts(poller), onQueue],
    ['to KMS by way of SQS', pollerKeyFacts(poller), onKey],
  ])('%s', (_, facts, table) => {
    expect(states(facts, table)).toEqual(table)
    const rows = Object.keys(table)
    const named = Object.keys(facts).map((key) => key.replace(/\*$/, 'other'))
    expect(named.filter((key) => !rows.includes(key))).toEqual([])
  })

  // Nobody looked, or nobody could tell: never absent.
  it.each<readonly [what: string, about: Partial<Poller>, table: Table]>([
    [
      'tags, organisation and time that were not read',
      { roleTags: undefined, queueTags: undefined, orgId: undefined, now: undefined },
      {
        'aws:PrincipalTag/team': 'unknown',
        'aws:ResourceTag/env': 'unknown',
        'aws:PrincipalOrgID': 'unknown',
        'aws:PrincipalOrgPaths': 'unknown',
        'aws:ResourceOrgID': 'unknown',
        'aws:ResourceOrgPaths': 'unknown',
        'aws:CurrentTime': 'unknown',
        'aws:EpochTime': 'unknown',
        'aws:RequestTag/other': 'absent',
      },
    ],
    [
      'an account without an organisation',
      { orgId: null },
      {
        'aws:PrincipalOrgID': 'absent',
        'aws:PrincipalOrgPaths': 'absent',
        'aws:ResourceOrgID': 'absent',
        'aws:ResourceOrgPaths': 'absent',
      },
    ],
    [
      'a queue of another account, whose organisation nobody knows',
      { orgId: null, resourceAccount: otherAccount },
      {
        'aws:PrincipalOrgID': 'absent',
        'aws:PrincipalOrgPaths': 'absent',
        'aws:ResourceOrgID': 'unknown',
        'aws:ResourceOrgPaths': 'unknown',
        'aws:ResourceAccount': [otherAccount],
        'aws:PrincipalAccount': [account],
      },
    ],
  ])('%s', (_, about, table) => {
    expect(states(pollerFacts({ ...poller, ...about }), table)).toEqual(table)
  })
})
