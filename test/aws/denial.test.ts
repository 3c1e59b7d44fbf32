import { describe, expect, it } from 'vitest'
import { translateError } from '../../src/aws/translate-error.js'

const call = {
  service: 'lambda',
  operation: 'CreateEventSourceMapping',
  region: 'eu-central-1',
  profile: 'prod',
}
const user = 'arn:aws:iam::111122223333:user/dev'

/** As the SDK throws it. */
function answer(name: string, message: string): Error {
  return Object.assign(new Error(message), { name, $metadata: { httpStatusCode: 403 } })
}

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html */
const denials: readonly (readonly [suffix: string, said: RegExp, hint: RegExp])[] = [
  [
    ' because no identity-based policy allows the lambda:CreateEventSourceMapping action',
    /: no identity-based policy allows it\.$/,
    /policies of the user or role/,
  ],
  [
    ' because no resource-based policy allows the sqs:receivemessage action',
    /no resource-based policy/,
    /policy of the resource itself/,
  ],
  [
    ' because no permissions boundary allows the lambda:CreateEventSourceMapping action',
    /no permissions boundary/,
    /permissions boundary/,
  ],
  [
    ' because no session policy allows the lambda:CreateEventSourceMapping action',
    /no session policy/,
    /session policy/,
  ],
  [
    ' because no service control policy allows the lambda:CreateEventSourceMapping action',
    /no service control policy/,
    /Organizations/,
  ],
  [
    ' because no VPC endpoint policy allows the lambda:CreateEventSourceMapping action',
    /VPC endpoint/,
    /network/,
  ],
  [' with an explicit deny in an identity-based policy', /explicit Deny/, /no Allow can outweigh it/],
  [
    ' with an explicit deny in a service control policy: arn:aws:organizations::1:policy/o-1/service_control_policy/p-1',
    /explicit Deny/,
    /p-1/,
  ],
  [' with an explicit deny', /: an explicit Deny\.$/, /did not say which policy/],
  ['', /may not call lambda:CreateEventSourceMapping\.$/, /did not say which policy/],
]

describe('a denial', () => {
  it.each(denials)('%s', (suffix, said, hint) => {
    const text = `User: ${user} is not authorized to perform: lambda:CreateEventSourceMapping on resource: *${suffix}`
    const error = translateError(answer('AccessDeniedException', text), call)
    expect(error.code).toBe('ACCESS_DENIED')
    expect(error.message).toMatch(said)
    expect(error.message).toContain(user)
    expect(error.hint).toMatch(hint)
  })

  it('spells an action of SQS as IAM does', () => {
    const text = `User: ${user} is not authorized to perform: sqs:getqueueattributes on resource: arn:aws:sqs:eu-central-1:111122223333:orders because no identity-based policy allows the sqs:getqueueattributes action`
    const error = translateError(answer('AccessDenied', text), {
      service: 'sqs',
      operation: 'GetQueueAttributes',
    })
    expect(error.message).toContain('may not call sqs:GetQueueAttributes on arn:aws:sqs')
  })

  it('of the old form is a denial too', () => {
    const text = 'Access to the resource https://sqs.eu-central-1.amazonaws.com/ is denied.'
    expect(
      translateError(answer('AccessDenied', text), { service: 'sqs', operation: 'SendMessage' }),
    ).toMatchObject({
      code: 'ACCESS_DENIED',
      message: `AWS refused sqs:SendMessage: ${text}`,
    })
  })
})
