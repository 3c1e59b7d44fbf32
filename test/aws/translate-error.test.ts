import { describe, expect, it } from 'vitest'
import { translateError } from '../../src/aws/translate-error.js'
import { SqsTriggerError } from '../../src/errors.js'

const call = {
  service: 'Lambda',
  operation: 'CreateEventSourceMapping',
  region: 'eu-central-1',
  profile: 'prod',
}

/** As the SDK throws it. */
function answer(name: string, message: string, more: object = {}): Error {
  const metadata = { httpStatusCode: 400, requestId: 'req-1', attempts: 1 }
  return Object.assign(new Error(message), { name, $metadata: metadata, ...more })
}

const missing = 'The specified queue does not exist.'

describe('an answer of AWS', () => {
  it('is known by the code of the older SQS protocol too', () => {
    const older = answer('Error', missing, { Code: 'AWS.SimpleQueueService.NonExistentQueue' })
    const about = { service: 'sqs', operation: 'GetQueueAttributes', queue: 'orders' }
    expect(translateError(older, about)).toMatchObject({
      code: 'QUEUE_NOT_FOUND',
      message: 'Queue "orders" does not exist.',
      hint: 'Check the name, the Region and the account. The queues of your account:\naws sqs list-queues',
    })
  })

  it('is known by its name without what an internal proxy appends', () => {
    const named = answer('ResourceInUseException:http://internal.amazon.com/coral/', '')
    expect(translateError(named, call)).toMatchObject({ code: 'MAPPING_BUSY' })
  })

  it('leads to the rule, and to the queue and function where the call had them', () => {
    const rule = 'sqs-trigger explain window-on-fifo'
    const error = answer('InvalidParameterValueException', 'Batching window is not supported for FIFO queues')
    expect(translateError(error, call).hint?.split('\n').at(-1)).toBe(rule)
    const ends = { queue: 'orders', function: 'worker:live', endpoint: 'http://127.0.0.1:4566' }
    expect(
      translateError(error, { ...call, ...ends })
        .hint?.split('\n')
        .at(-1),
    ).toBe(
      `${rule} orders worker:live --region eu-central-1 --profile prod --endpoint-url http://127.0.0.1:4566`,
    )
  })

  it('keeps a profile with a blank in one word of the command', () => {
    const error = translateError(answer('QueueDoesNotExist', missing), { ...call, profile: 'my work' })
    expect(error.hint?.split('\n').at(-1)).toBe(
      "aws sqs list-queues --region eu-central-1 --profile 'my work'",
    )
  })
})

describe('what was sent', () => {
  const token = 'IQoJb3JpZ2luX2VjE'
  it.each([
    [
      'SignatureDoesNotMatch',
      `The request signature we calculated does not match the signature you provided.\n\nThe Canonical String for this request should have been\n'POST\n/\n\nx-amz-security-token:${token}\n'`,
      'The request signature we calculated does not match the signature you provided.',
    ],
    [
      'IncompleteSignatureException',
      `Authorization header requires 'Signature' parameter. Authorization=AWS4-HMAC-SHA256 Credential=${token}`,
      "Authorization header requires 'Signature' parameter.",
    ],
  ])('is not told, though AWS tells it with %s', (name, text, told) => {
    const error = translateError(answer(name, text), call)
    expect(error).toMatchObject({ code: 'CREDENTIALS_REJECTED', aws: { message: told } })
    expect([error.message, error.stack, error.hint, String(error.cause)].join()).not.toContain(token)
  })
})

describe('what is not known', () => {
  it('passes through whole, with service, operation and request id', () => {
    const error = translateError(answer('TeapotException', 'I am a teapot'), call)
    expect(error).toMatchObject({
      code: 'REJECTED_BY_AWS',
      message: 'Lambda refused CreateEventSourceMapping: TeapotException: I am a teapot (request req-1)',
      hint: undefined,
    })
    expect(error.aws).toEqual({
      service: 'lambda',
      operation: 'CreateEventSourceMapping',
      code: 'TeapotException',
      message: 'I am a teapot',
      httpStatus: 400,
      requestId: 'req-1',
      attempts: 1,
    })
  })

  it('is cut in the message, which many findings repeat, and stands whole behind it', () => {
    const long = 'x'.repeat(300_000)
    const error = translateError(answer('TeapotException', long), call)
    expect(error.message.length).toBeLessThan(2_200)
    expect(error.message).toMatch(/x… \(request req-1\)$/)
    expect(error.aws?.message).toBe(long)
  })

  it('of a failing server is told apart', () => {
    const failing = answer('InternalFailure', 'Oops', { $metadata: { httpStatusCode: 500 } })
    expect(translateError(failing, call)).toMatchObject({
      code: 'AWS_FAILED',
      message: 'Lambda failed on CreateEventSourceMapping: InternalFailure: Oops',
    })
  })

  it('is left alone when it was translated before, and survives what is no error at all', () => {
    const done = new SqsTriggerError('USAGE', 'x')
    expect(translateError(done, call)).toBe(done)
    expect(translateError(undefined, call)).toMatchObject({ code: 'REJECTED_BY_AWS' })
  })
})
