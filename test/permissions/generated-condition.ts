import fc from 'fast-check'

export const account = '111122223333'
export const roleArn = `arn:aws:iam::${account}:role/service-role/worker`
export const queueArns = ['orders', 'payments'].map((name) => `arn:aws:sqs:us-east-1:${account}:${name}`)

/** A key with one value, the values that requests have for it, and those that policies ask for. */
interface Key {
  readonly operators: readonly string[]
  readonly actual: readonly string[]
  readonly wanted: readonly string[]
}

const inText = [
  'StringEquals',
  'StringNotEquals',
  'StringEqualsIgnoreCase',
  'StringNotEqualsIgnoreCase',
  'StringLike',
  'StringNotLike',
]
const inArns = ['ArnEquals', 'ArnLike', 'ArnNotEquals', 'ArnNotLike']
const orderings = ['Equals', 'NotEquals', 'LessThan', 'LessThanEquals', 'GreaterThan', 'GreaterThanEquals']

const regions = ['us-east-1', 'eu-west-1']
const functionArn = `arn:aws:lambda:us-east-1:${account}:function:worker`
const endpoints = ['vpce-1', 'vpce-lambda']
/** Of several tags, one has wildcards in its value, which must not serve as such. */
export const keys: Readonly<Record<string, Key>> = {
  'aws:PrincipalTag/team': {
    operators: inText,
    actual: ['blue', 'green'],
    wanted: ['blue', 'BLUE', 'b*', 'nowhere', `\${aws:PrincipalTag/queue, 'blue'}`],
  },
  'aws:PrincipalTag/queue': {
    operators: inText,
    actual: ['orders', 'payments', '*'],
    wanted: ['orders', 'o?ders', '*', `\${*}`],
  },
  'aws:RequestedRegion': { operators: inText, actual: regions, wanted: [...regions, 'us-*', 'nowhere'] },
  'aws:SourceVpce': { operators: inText, actual: endpoints, wanted: ['vpce-1', 'vpce-*', 'vpce-?'] },
  'aws:PrincipalArn': {
    operators: inArns,
    actual: [roleArn, `arn:aws:iam::${account}:role/other`],
    wanted: [
      roleArn,
      `${roleArn}*`,
      'arn:aws:iam:*:*:role/*/worker',
      `arn:aws:iam::${account}:user/*`,
      `arn:aws:iam::\${aws:PrincipalTag/team, '${account}'}:role/*`,
    ],
  },
  // With colons in its last part, which a star in front of it must not reach.
  'lambda:FunctionArn': {
    operators: inArns,
    actual: [functionArn, `${functionArn}:live`],
    wanted: [
      functionArn,
      `${functionArn}:*`,
      'arn:aws:lambda:*:*:function:w*',
      'arn:aws:lambda:*:function:worker',
    ],
  },
  'aws:SecureTransport': { operators: ['Bool'], actual: ['true', 'false'], wanted: ['true', 'false'] },
  'aws:MultiFactorAuthAge': {
    operators: orderings.map((name) => `Numeric${name}`),
    actual: ['60', '3600'],
    wanted: ['60', '61.5', '3600.0'],
  },
  'aws:CurrentTime': {
    operators: orderings.map((name) => `Date${name}`),
    actual: ['2026-11-23T12:00:00Z', '2026-01-01T00:00:00Z'],
    wanted: ['2026-01-01', '2026-06-01T00:00:00+02:00', '2026-11-23T12:00:00Z'],
  },
  'aws:SourceIp': {
    operators: ['IpAddress', 'NotIpAddress'],
    actual: ['203.0.113.9', '198.51.100.1', '2001:db8::1'],
    wanted: ['203.0.113.0/24', '198.51.100.1', '0.0.0.0/0', '2001:db8::/32'],
  },
}

/** A key with several values at a time. */
export const setKey = 'aws:TagKeys'
export const setValues = ['team', 'cost', 'none']

export type Condition = Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>

/** Those with a fourth state, and with colons. */
const often = ['aws:SourceVpce', 'aws:SourceVpce', 'lambda:FunctionArn', 'lambda:FunctionArn']

const onOneValue: fc.Arbitrary<Condition> = fc.constantFrom(...Object.keys(keys), ...often).chain((key) => {
  const { operators, wanted } = keys[key] ?? { operators: [], wanted: [] }
  const comparison = fc
    .tuple(
      fc.constantFrom(...operators),
      fc.constantFrom('', '', 'IfExists'),
      fc.subarray([...wanted], { minLength: 1, maxLength: 2 }),
    )
    .map(([operator, suffix, values]) => ({ [operator + suffix]: { [key]: values } }))
  const presence = fc.constantFrom('true', 'false').map((value) => ({ Null: { [key]: value } }))
  return fc.oneof({ weight: 7, arbitrary: comparison }, { weight: 1, arbitrary: presence })
})

/** ForAnyValue with IfExists is left out: AWS does not say what the two come to together. */
const onSeveralValues: fc.Arbitrary<Condition> = fc
  .tuple(
    fc.constantFrom('ForAnyValue:', 'ForAllValues:'),
    fc.constantFrom('StringEquals', 'StringNotEquals', 'StringLike', 'StringNotLike'),
    fc.boolean(),
    fc.subarray(['team', 'cost', 't*'], { minLength: 1 }),
  )
  .map(([set, operator, ifExists, wanted]) => {
    const suffix = ifExists && set === 'ForAllValues:' ? 'IfExists' : ''
    return { [set + operator + suffix]: { [setKey]: wanted } }
  })

/** One test, or two of which both must hold. */
export const condition: fc.Arbitrary<Condition> = fc.oneof(
  { weight: 6, arbitrary: onOneValue },
  { weight: 2, arbitrary: onSeveralValues },
  {
    weight: 2,
    arbitrary: fc.tuple(onOneValue, onSeveralValues).map(([one, other]) => ({ ...one, ...other })),
  },
)
