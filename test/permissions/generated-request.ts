import fc from 'fast-check'
import type {
  AccessRequest,
  LayerPolicies,
  PolicyLayers,
  RequestFact,
  RequestFacts,
} from '../../src/permissions/request.js'
import type { PlainStatement } from './two-valued.js'

const account = '111122223333'
const otherAccount = '444455556666'
const roleArn = `arn:aws:iam::${account}:role/service-role/worker`
const sessionArns = [
  `arn:aws:sts::${account}:assumed-role/worker/a`,
  `arn:aws:sts::${account}:assumed-role/worker/b`,
]

const principals: readonly NonNullable<PlainStatement['Principal']>[] = [
  '*',
  { AWS: '*' },
  { AWS: roleArn },
  { AWS: sessionArns },
  { AWS: sessionArns[0] ?? '' },
  { AWS: account },
  { AWS: `arn:aws:iam::${account}:root` },
  { AWS: [otherAccount, `arn:aws:iam::${account}:role/other`] },
]
const actions = [
  '*',
  'sqs:*',
  'sqs:ReceiveMessage',
  'SQS:receive*',
  'sqs:DeleteMessage',
  'kms:Decrypt',
  'kms:*',
]
const resources = [
  '*',
  '*',
  '*',
  '*',
  'arn:aws:sqs:us-east-1:*:orders',
  `arn:aws:sqs:*:${account}:order?`,
  `arn:aws:sqs:us-east-1:${otherAccount}:*`,
  'arn:aws:kms:*:*:key/*',
  'arn:aws:sqs:us-east-1:111122223333:payments',
]
/** Stands only in Resource: what NotResource makes of a variable without a value is not documented. */
const resourceWithVariable = `arn:aws:sqs:us-east-1:*:\${aws:PrincipalTag/queue}`
/** Keys and the values that requests have for them; a policy asks for these and for values that none has. */
const keys: Readonly<Record<string, readonly string[]>> = {
  'aws:PrincipalTag/team': ['blue', 'green'],
  'aws:RequestedRegion': ['us-east-1', 'eu-west-1'],
  'aws:PrincipalArn': [roleArn, `arn:aws:iam::${account}:role/other`],
  'aws:SourceVpce': ['vpce-1', 'vpce-lambda'],
  'aws:PrincipalTag/queue': ['orders', 'payments', '*'],
}
/** A key with several values at a time. */
const setKey = 'aws:TagKeys'
const setValues = ['team', 'cost', 'none']
const operators = [
  'StringEquals',
  'StringNotEquals',
  'StringLike',
  'StringNotLike',
  'ArnLike',
  'ArnNotEquals',
]

const condition = fc.constantFrom(...Object.keys(keys)).chain((key) => {
  const values = [...(keys[key] ?? []), 'nowhere'].filter((value) => value !== 'vpce-lambda')
  const isArn = key === 'aws:PrincipalArn'
  const usable = operators.filter((name) => name.startsWith('Arn') === isArn)
  const plain = fc
    .tuple(fc.constantFrom(...usable), fc.constantFrom('', 'IfExists'), fc.subarray(values, { minLength: 1 }))
    .map(([operator, suffix, wanted]) => ({ [operator + suffix]: { [key]: wanted } }))
  const wild = fc
    .constantFrom(...usable)
    .map((operator) => ({ [operator]: { [key]: isArn ? `${roleArn}*` : 'b*' } }))
  const presence = fc.constantFrom('true', 'false').map((wanted) => ({ Null: { [key]: wanted } }))
  return fc.oneof({ weight: 6, arbitrary: plain }, { weight: 1, arbitrary: wild }, presence)
})

const setCondition = fc
  .tuple(
    fc.constantFrom('ForAnyValue:', 'ForAllValues:'),
    fc.constantFrom('StringEquals', 'StringNotEquals', 'StringLike', 'StringNotLike'),
    fc.constantFrom('', 'IfExists'),
    fc.subarray(['team', 'cost', 't*'], { minLength: 1 }),
  )
  .map(([set, operator, suffix, wanted]) => ({ [set + operator + suffix]: { [setKey]: wanted } }))

function statement(withPrincipal: boolean): fc.Arbitrary<PlainStatement> {
  const patterns = fc.constantFrom(...actions)
  const where = fc.constantFrom(...resources)
  return fc
    .record({
      Effect: fc.oneof(
        { weight: 9, arbitrary: fc.constant('Allow' as const) },
        { weight: 1, arbitrary: fc.constant('Deny' as const) },
      ),
      action: fc.oneof(
        { weight: 5, arbitrary: patterns.map((Action) => ({ Action })) },
        { weight: 1, arbitrary: patterns.map((NotAction) => ({ NotAction })) },
      ),
      resource: fc.oneof(
        {
          weight: 5,
          arbitrary: fc.constantFrom(...resources, resourceWithVariable).map((Resource) => ({ Resource })),
        },
        { weight: 1, arbitrary: where.map((NotResource) => ({ NotResource })) },
      ),
      Principal: fc.constantFrom(...principals),
      Condition: fc.oneof(
        { weight: 9, arbitrary: fc.constant(undefined) },
        { weight: 2, arbitrary: condition },
        { weight: 1, arbitrary: setCondition },
      ),
    })
    .map(({ Effect, action, resource, Principal, Condition }) => ({
      Effect,
      ...action,
      ...resource,
      ...(withPrincipal ? { Principal } : {}),
      ...(Condition === undefined ? {} : { Condition }),
    }))
}

function policies(withPrincipal = false): fc.Arbitrary<Exclude<LayerPolicies, 'unreadable'>> {
  return fc
    .array(fc.array(statement(withPrincipal), { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 2 })
    .map((list) =>
      list.map((Statement, index) => ({
        name: `policy${index}`,
        document: { Version: '2012-10-17', Statement },
      })),
    )
}

const layers: fc.Arbitrary<PolicyLayers> = fc.record(
  {
    identity: policies(),
    boundary: policies(),
    session: policies(),
    resource: policies(true),
    scps: fc.array(policies(), { maxLength: 2 }),
    rcps: fc.array(policies(true), { maxLength: 1 }),
  },
  { requiredKeys: ['identity'] },
)

const oneValue = Object.entries(keys).map(([key, values]) => [
  key,
  fc.option(fc.constantFrom(...values)).map((value) => factOf(value === null ? [] : [value])),
])
const facts: fc.Arbitrary<RequestFacts> = fc.record({
  ...Object.fromEntries(oneValue),
  [setKey]: fc.subarray(setValues).map(factOf),
})

function factOf(values: readonly string[]): RequestFact {
  return values.length === 0 ? { state: 'absent' } : { state: 'known', values }
}

const targets: readonly Pick<AccessRequest, 'action' | 'resource' | 'resourceAccount'>[] = [
  account,
  account,
  otherAccount,
].flatMap((resourceAccount) => [
  {
    action: 'sqs:ReceiveMessage',
    resource: `arn:aws:sqs:us-east-1:${resourceAccount}:orders`,
    resourceAccount,
  },
  { action: 'kms:Decrypt', resource: `arn:aws:kms:us-east-1:${resourceAccount}:key/k`, resourceAccount },
])

/** A request of which everything is known, and policies that can all be read. */
export const knownRequest: fc.Arbitrary<{ readonly request: AccessRequest; readonly layers: PolicyLayers }> =
  fc
    .record({
      target: fc.constantFrom(...targets),
      facts,
      layers,
      sessionArn: fc.constantFrom(...sessionArns),
    })
    .map(({ target, facts, layers, sessionArn }) => ({
      layers,
      request: { ...target, facts, principal: { kind: 'assumed-role', roleArn, sessionArn, account } },
    }))

/** The same request as seen by someone who cannot learn some of the facts, nor read some of the policies. */
export const partlyHidden = fc
  .record({
    whole: knownRequest,
    hiddenKeys: fc.subarray([...Object.keys(keys), setKey]),
    hiddenLayers: fc.subarray(['identity', 'boundary', 'session', 'resource', 'scps', 'rcps'], {
      maxLength: 3,
    }),
    hidesSession: fc.boolean(),
  })
  .map(({ whole, hiddenKeys, hiddenLayers, hidesSession }) => {
    const { request, layers } = whole
    const facts = Object.entries(request.facts).map(([key, fact]) => [
      key,
      hiddenKeys.includes(key) ? hide(key, fact) : fact,
    ])
    const unread = hiddenLayers.map((layer) => [layer, 'unreadable'])
    const principal = hidesSession ? ({ kind: 'assumed-role', roleArn, account } as const) : request.principal
    return {
      whole,
      seen: {
        request: { ...request, principal, facts: Object.fromEntries(facts) as RequestFacts },
        layers: { ...layers, ...Object.fromEntries(unread) } as PolicyLayers,
      },
    }
  })

/** Lambda's own endpoint is a value that no policy names: someone who knows as much calls it foreign. */
function hide(key: string, fact: RequestFact): RequestFact {
  const isLambda = fact.state === 'absent' || (fact.state === 'known' && fact.values.includes('vpce-lambda'))
  return key === 'aws:SourceVpce' && isLambda ? { state: 'foreign' } : { state: 'unknown' }
}
