import { describe, expect, it } from 'vitest'
import { readDenial } from '../../src/aws/denial.js'
import { translateError } from '../../src/aws/translate-error.js'

const call = {
  service: 'lambda',
  operation: 'CreateEventSourceMapping',
  region: 'eu-central-1',
  profile: 'prod',
}
const user = 'arn:aws:iam::111122223333:user/dev'
const action = 'lambda:CreateEventSourceMapping'
const explain = '\nsqs-trigger explain caller-lacks-create-event-source-mapping'

/** As the SDK throws it. */
function answer(name: string, message: string): Error {
  return Object.assign(new Error(message), { name, $metadata: { httpStatusCode: 403 } })
}

const owner = {
  you: 'Change the policies of the user or role that you call as, or ask whoever administers them.',
  resource:
    'Change the policy of the resource itself, in the account that owns it: ask its owner where that is not yours.',
  boundary: 'The permissions boundary of your user or role decides: ask its administrator.',
  session: 'The session policy given when the role was assumed decides: ask whoever issues the session.',
  organization: 'A policy of AWS Organizations decides: ask the organization’s administrator.',
  network: 'The policy of the VPC endpoint decides: ask the network’s administrator.',
  trust: 'The role’s trust policy decides: change whom it lets assume the role.',
  unnamed:
    'A Deny decides, and no Allow can outweigh it; AWS did not say in which policy. Ask whoever administers this account.',
  nobody: 'AWS did not say which policy is missing. Ask whoever administers this account for the right.',
}
const deny = (advice: string) => `A Deny decides, and no Allow can outweigh it. ${advice}`

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html */
const reasons: readonly (readonly [reason: string, said: string, advice: string])[] = [
  [
    `because no identity-based policy allows the ${action} action`,
    'no identity-based policy allows it',
    owner.you,
  ],
  [
    `because no resource-based policy allows the ${action} action`,
    'no resource-based policy allows it',
    owner.resource,
  ],
  [
    `because no permissions boundary allows the ${action} action`,
    'no permissions boundary allows it',
    owner.boundary,
  ],
  [`because no session policy allows the ${action} action`, 'no session policy allows it', owner.session],
  [
    `because no service control policy allows the ${action} action`,
    'no service control policy allows it',
    owner.organization,
  ],
  [
    `because no resource control policy allows the ${action} action`,
    'no resource control policy allows it',
    owner.organization,
  ],
  [
    `because no VPC endpoint policy allows the ${action} action`,
    'no VPC endpoint policy allows it',
    owner.network,
  ],
  [
    'because no role trust policy allows the sts:AssumeRole action',
    'no role trust policy allows it',
    owner.trust,
  ],
  [
    'with an explicit deny in an identity-based policy',
    'an explicit Deny in its identity-based policy',
    deny(owner.you),
  ],
  [
    'with an explicit deny in a resource-based policy',
    'an explicit Deny in its resource-based policy',
    deny(owner.resource),
  ],
  [
    'with an explicit deny in a permissions boundary',
    'an explicit Deny in its permissions boundary',
    deny(owner.boundary),
  ],
  [
    'with an explicit deny in a session policy',
    'an explicit Deny in its session policy',
    deny(owner.session),
  ],
  [
    'with an explicit deny in a service control policy',
    'an explicit Deny in its service control policy',
    deny(owner.organization),
  ],
  [
    'with an explicit deny in a resource control policy',
    'an explicit Deny in its resource control policy',
    deny(owner.organization),
  ],
  [
    'with an explicit deny in a VPC endpoint policy',
    'an explicit Deny in its VPC endpoint policy',
    deny(owner.network),
  ],
  [
    'with an explicit deny in the role trust policy',
    'an explicit Deny in its role trust policy',
    deny(owner.trust),
  ],
  ['with an explicit deny', 'an explicit Deny', owner.unnamed],
]

describe('a denial says who may change what refuses', () => {
  it.each(reasons)('%s', (reason, said, advice) => {
    const text = `User: ${user} is not authorized to perform: ${action} on resource: * ${reason}`
    expect(translateError(answer('AccessDeniedException', text), call)).toMatchObject({
      code: 'ACCESS_DENIED',
      message: `${user} may not call ${action}: ${said}.`,
      hint: `${advice}${explain}`,
    })
  })

  it.each(reasons.filter(([reason]) => reason !== 'with an explicit deny'))(
    'and which policy, where AWS adds its ARN: %s',
    (reason, _, advice) => {
      const policy = 'arn:aws:iam::111122223333:policy/guard'
      const text = `User: ${user} is not authorized to perform: ${action} on resource: * ${reason}: ${policy}`
      expect(translateError(answer('AccessDeniedException', text), call).hint).toBe(
        `${advice} The policy: ${policy}.${explain}`,
      )
    },
  )

  it('says so when AWS gives no reason', () => {
    const text = `User: ${user} is not authorized to perform: ${action}`
    expect(translateError(answer('AccessDeniedException', text), call)).toMatchObject({
      message: `${user} may not call ${action}.`,
      hint: `${owner.nobody}${explain}`,
    })
  })

  it('of the old form of SQS is a denial too', () => {
    const text = 'Access to the resource https://sqs.eu-central-1.amazonaws.com/ is denied.'
    expect(
      translateError(answer('AccessDenied', text), { service: 'sqs', operation: 'ReceiveMessage' }),
    ).toMatchObject({
      code: 'ACCESS_DENIED',
      message: `AWS refused sqs:ReceiveMessage: ${text}`,
      hint: owner.nobody,
    })
  })
})

describe('an action', () => {
  const orders = 'arn:aws:sqs:eu-central-1:111122223333:orders'

  it.each([
    ['sqs:receivemessage', 'sqs:ReceiveMessage'],
    ['sqs:getqueueattributes', 'sqs:GetQueueAttributes'],
    ['sqs:changemessagevisibility', 'sqs:ChangeMessageVisibility'],
    ['kms:Decrypt', 'kms:Decrypt'],
    ['sqs:somethingnew', 'sqs:somethingnew'],
  ])('%s is spelt %s, whatever was called', (said, spelt) => {
    const text = `User: ${user} is not authorized to perform: ${said} on resource: ${orders} because no identity-based policy allows the ${said} action`
    const error = translateError(answer('AccessDenied', text), { service: 'sqs', operation: 'SendMessage' })
    expect(error.message).toBe(
      `${user} may not call ${spelt} on ${orders}: no identity-based policy allows it.`,
    )
  })
})

describe('the grammar', () => {
  const base = `User: ${user} is not authorized to perform: ${action}`

  it.each([
    [base, { action, resource: undefined, kind: undefined, layer: undefined, policyArn: undefined }],
    [`${base} on resource: *`, { resource: '*', kind: undefined }],
    [`${base} on resource: * with an explicit deny.`, { resource: '*', kind: 'explicit', layer: undefined }],
    [
      `${base} on resource: a name with blanks because no permissions boundary allows the ${action} action.`,
      { resource: 'a name with blanks', kind: 'implicit', layer: 'permissions boundary' },
    ],
    [
      `${base} with an explicit deny in a service control policy:arn:aws:organizations::1:policy/p-1`,
      { kind: 'explicit', layer: 'service control', policyArn: 'arn:aws:organizations::1:policy/p-1' },
    ],
  ])('takes apart: %s', (text, expected) => {
    expect(readDenial(text)).toMatchObject({ principal: user, ...expected })
  })

  it.each(['', 'Access denied', `${base} because of the weather`, 'User is not authorized to perform: x'])(
    'does not read a denial into: %s',
    (text) => {
      expect(readDenial(text)?.layer).toBeUndefined()
    },
  )
})
