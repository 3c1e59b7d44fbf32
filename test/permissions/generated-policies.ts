import fc from 'fast-check'
import type { KeyGrant, LayerPolicies, PolicyLayers } from '../../src/permissions/request.js'
import { account, condition, queueArns, roleArn } from './generated-condition.js'
import type { PlainPrincipal, PlainStatement } from './two-valued.js'

export const otherAccount = '444455556666'
export const userArn = `arn:aws:iam::${account}:user/dev`
/** Organisations' policies do not bind it. */
export const linkedRole = `arn:aws:iam::${account}:role/aws-service-role/lambda.amazonaws.com/worker`
export const rootArn = `arn:aws:iam::${account}:root`
export const sessionArns = ['a', 'b'].map((name) => `arn:aws:sts::${account}:assumed-role/worker/${name}`)

const principals: readonly PlainPrincipal[] = [
  '*',
  { AWS: '*' },
  { AWS: roleArn },
  { AWS: sessionArns },
  { AWS: sessionArns[0] ?? '' },
  { AWS: userArn },
  { AWS: account },
  { AWS: rootArn },
  { AWS: [otherAccount, `arn:aws:iam::${account}:role/other`] },
]
/** With each, a Deny with NotPrincipal is clear: someone is listed by all names, or by none. */
const spared: readonly PlainPrincipal[] = [
  { AWS: [rootArn, roleArn, linkedRole, ...sessionArns, userArn] },
  { AWS: [otherAccount] },
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
  ...['*', '*', '*', '*'],
  'arn:aws:sqs:us-east-1:*:orders',
  `arn:aws:sqs:*:${account}:order?`,
  `arn:aws:sqs:us-east-1:${otherAccount}:*`,
  'arn:aws:kms:*:*:key/*',
  'arn:aws:sqs:us-east-1:111122223333:payments',
]
const withVariables = [
  `arn:aws:sqs:us-east-1:*:\${aws:PrincipalTag/queue}`,
  `arn:aws:sqs:us-east-1:*:\${aws:PrincipalTag/queue, 'orders'}`,
]

function statement(withPrincipal: boolean): fc.Arbitrary<PlainStatement> {
  const patterns = fc.constantFrom(...actions)
  const where = fc.constantFrom(...resources)
  return fc
    .record({
      Effect: fc.constantFrom(...Array<'Allow'>(8).fill('Allow'), 'Deny' as const),
      action: fc.oneof(
        { weight: 5, arbitrary: patterns.map((Action) => ({ Action })) },
        { weight: 1, arbitrary: patterns.map((NotAction) => ({ NotAction })) },
      ),
      resource: fc.oneof(
        {
          weight: 5,
          arbitrary: fc.constantFrom(...resources, ...withVariables).map((Resource) => ({ Resource })),
        },
        // What NotResource makes of a variable without a value is not documented.
        { weight: 1, arbitrary: where.map((NotResource) => ({ NotResource })) },
      ),
      Principal: fc.constantFrom(...principals),
      NotPrincipal: fc.option(fc.constantFrom(...spared), { freq: 2 }),
      Condition: fc.oneof(
        { weight: 2, arbitrary: fc.constant(undefined) },
        { weight: 1, arbitrary: condition },
      ),
    })
    .map(({ Effect, action, resource, Principal, NotPrincipal, Condition }) => ({
      Effect,
      ...action,
      ...resource,
      ...(withPrincipal ? whom(Effect, Principal, NotPrincipal) : {}),
      ...(Condition === undefined ? {} : { Condition }),
    }))
}

function whom(effect: string, Principal: PlainPrincipal, NotPrincipal: PlainPrincipal | null) {
  return effect === 'Deny' && NotPrincipal !== null ? { NotPrincipal } : { Principal }
}

/** Without statements that allow much, hardly a request would be allowed. */
function open(withPrincipal: boolean): fc.Arbitrary<readonly PlainStatement[]> {
  const whom = fc.constantFrom(...principals).map((Principal) => (withPrincipal ? { Principal } : {}))
  const all = whom.map((who) => [{ Effect: 'Allow' as const, Action: '*', Resource: '*', ...who }])
  return fc.oneof({ weight: 3, arbitrary: all }, { weight: 2, arbitrary: fc.constant([]) })
}

const version = fc.constantFrom('2012-10-17', '2012-10-17', '2008-10-17')

function policies(withPrincipal = false): fc.Arbitrary<Exclude<LayerPolicies, 'unreadable'>> {
  const document = fc.record({
    Version: version,
    Statement: fc
      .tuple(fc.array(statement(withPrincipal), { minLength: 1, maxLength: 2 }), open(withPrincipal))
      .map((parts) => parts.flat()),
  })
  return fc
    .array(document, { minLength: 1, maxLength: 2 })
    .map((documents) => documents.map((document, index) => ({ name: `policy${index}`, document })))
}

const grant: fc.Arbitrary<KeyGrant> = fc.record(
  {
    granteePrincipal: fc.constantFrom(roleArn, roleArn, userArn, ...sessionArns, `${roleArn}2`),
    operations: fc.subarray(['Decrypt', 'GenerateDataKey'], { minLength: 1 }),
    encryptionContextSubset: context(),
    encryptionContextEquals: context(),
  },
  { requiredKeys: ['granteePrincipal', 'operations'] },
)

function context() {
  return fc.constantFrom(...queueArns).map((arn) => ({ 'aws:sqs:arn': arn }))
}

/** RCPs take neither the names of principals nor NotPrincipal. */
const forEveryone = policies().map((list) =>
  list.map(({ name, document }) => ({ name, document: spoken(document) })),
)

function spoken(document: unknown) {
  // The documents are those made above.
  const { Version, Statement } = document as { Version: string; Statement: readonly PlainStatement[] }
  return { Version, Statement: Statement.map((item) => ({ ...item, Principal: '*' })) }
}

export const layers: fc.Arbitrary<PolicyLayers> = fc.record(
  {
    identity: policies(),
    boundary: policies(),
    session: policies(),
    resource: policies(true),
    scps: fc.array(policies(), { maxLength: 3 }),
    rcps: fc.array(forEveryone, { maxLength: 2 }),
    grants: fc.array(grant, { maxLength: 2 }),
  },
  { requiredKeys: ['identity'] },
)

const everything = { Effect: 'Allow', Action: '*', Resource: '*' }

/** Little else than one statement, so that what it says is what decides. */
export const fewLayers: fc.Arbitrary<PolicyLayers> = fc
  .record({
    Effect: fc.constantFrom('Allow', 'Deny'),
    Condition: condition,
    whom: fc.oneof(
      fc.constantFrom(...principals).map((Principal) => ({ Principal })),
      fc.constantFrom(...spared).map((NotPrincipal) => ({ NotPrincipal })),
    ),
    place: fc.constantFrom('identity', 'resource', 'resource without condition'),
    hasBoundary: fc.boolean(),
  })
  .map(({ Effect, Condition, whom, place, hasBoundary }) => {
    const isOfIdentity = place === 'identity'
    const isSparing = !isOfIdentity && 'NotPrincipal' in whom
    const statement = {
      ...everything,
      ...{ Effect: isSparing ? 'Deny' : Effect },
      ...(isOfIdentity ? {} : whom),
      ...(place === 'resource without condition' ? {} : { Condition }),
    }
    const granted = isSparing || Effect === 'Deny' ? [everything] : []
    const list = (...Statement: readonly object[]) => [
      { name: 'policy', document: { Version: '2012-10-17', Statement } },
    ]
    return {
      identity: list(...granted, ...(isOfIdentity ? [statement] : [])),
      ...(isOfIdentity ? {} : { resource: list(statement) }),
      ...(hasBoundary ? { boundary: list(everything) } : {}),
    }
  })
