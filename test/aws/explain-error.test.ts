import { describe, expect, it } from 'vitest'
import { explainError, readPasted } from '../../src/operations/explain-error.js'

const refused = 'The function execution role does not have permissions to call ReceiveMessage on SQS'
const queueArn = 'arn:aws:sqs:eu-central-1:111122223333:orders'
const duplicate = `An event source mapping with SQS arn (" ${queueArn} ") and function (" worker ") already exists. Please update or delete the existing mapping with UUID 14e0db71-5d35-4eb5-b481-8945cf9d10c2`
const requestId = '1a2b3c4d-1111-4222-8333-444455556666'

const cloudFormation = (message: string, code = 'InvalidRequest') =>
  `Resource handler returned message: "Invalid request provided: ${message} (Service: Lambda, Status Code: 400, Request ID: ${requestId})" (RequestToken: 5e6f7a8b-1111-4222-8333-444455556666, HandlerErrorCode: ${code})`
const terraform = (message: string, code = 'InvalidParameterValueException') =>
  `operation error Lambda: CreateEventSourceMapping, https response error StatusCode: 400, RequestID: ${requestId}, ${code}: ${message}`
const awsCli = (message: string, code = 'InvalidParameterValueException') =>
  `An error occurred (${code}) when calling the CreateEventSourceMapping operation: ${message}`

describe('the three wrappings', () => {
  it('CloudFormation and CDK', () => {
    expect(explainError(cloudFormation(refused))).toMatchObject({
      slug: 'execution-role-lacks-permission',
      code: 'REJECTED_BY_AWS',
      message: "The function's execution role may not call ReceiveMessage on SQS.",
      rule: 'role-lacks-receive-message',
      aws: {
        wrapper: 'cloudformation',
        service: 'lambda',
        operation: null,
        code: null,
        message: refused,
        httpStatus: 400,
        requestId,
      },
    })
  })

  it('Terraform', () => {
    expect(explainError(terraform(refused))).toMatchObject({
      slug: 'execution-role-lacks-permission',
      rule: 'role-lacks-receive-message',
      aws: {
        wrapper: 'terraform',
        service: 'lambda',
        operation: 'CreateEventSourceMapping',
        code: 'InvalidParameterValueException',
        message: refused,
        httpStatus: 400,
        requestId,
      },
    })
  })

  it('aws-cli', () => {
    expect(explainError(awsCli(refused))).toMatchObject({
      slug: 'execution-role-lacks-permission',
      rule: 'role-lacks-receive-message',
      aws: {
        wrapper: 'aws-cli',
        service: 'lambda',
        operation: 'CreateEventSourceMapping',
        code: 'InvalidParameterValueException',
        message: refused,
        httpStatus: null,
        requestId: null,
      },
    })
  })

  it.each([
    ['CloudFormation', cloudFormation(duplicate, 'AlreadyExists')],
    ['Terraform', terraform(duplicate, 'ResourceConflictException')],
    ['aws-cli', awsCli(duplicate, 'ResourceConflictException')],
    ['nothing', duplicate],
  ])('%s around an answer with quotes of its own, whose names go into the commands', (_, text) => {
    expect(explainError(text)).toMatchObject({
      slug: 'mapping-already-exists',
      hint: expect.stringMatching(
        /owns? .*\nIts settings, and whether messages run through it:\nsqs-trigger status 14e0db71-5d35-4eb5-b481-8945cf9d10c2 --region eu-central-1$/s,
      ),
      region: 'eu-central-1',
      queue: queueArn,
      function: 'worker',
      aws: { message: duplicate },
    })
  })

  it('the unmodelled errors of Terraform, and the retries of aws-cli', () => {
    expect(
      explainError(
        terraform('Rate exceeded', 'ThrottlingException').replace('Throttling', 'api error Throttling'),
      ),
    ).toMatchObject({ slug: 'too-many-requests', aws: { code: 'ThrottlingException' } })
    const retried = awsCli('Rate exceeded', 'TooManyRequestsException').replace(
      'operation:',
      'operation (reached max retries: 4):',
    )
    expect(explainError(retried)).toMatchObject({
      slug: 'too-many-requests',
      aws: { message: 'Rate exceeded' },
    })
  })

  it('the Java SDK, whose brackets may stand in the message, too', () => {
    const message =
      'The ciphertext refers to a customer master key that does not exist, does not exist in this region, or you are not allowed to access. (Service: AWSKMS; Status Code: 400; Error Code: AccessDeniedException; Request ID: 1; Proxy: null)'
    const text = `${message} (Service: Sqs, Status Code: 400, Request ID: ${requestId}) (SDK Attempt Count: 1)`
    expect(explainError(text)).toMatchObject({
      slug: 'queue-key-denied',
      aws: { wrapper: 'cloudformation', service: 'sqs', message, requestId },
    })
  })
})

const noisy: readonly (readonly [what: string, text: string])[] = [
  ['quotes around it', `"${refused}"`],
  ['typographic quotes around it', `“${cloudFormation(refused)}”`],
  ['a line broken between words', terraform(refused).replace(' permissions', '\npermissions')],
  ['a line broken in a word', awsCli(refused).replace('permissions', 'permis\nsions')],
  ['lines of Windows', awsCli(refused).replace(' permissions', '\r\npermissions')],
  ['colours', `\u001b[31m${awsCli(refused)}\u001b[0m\n`],
  [
    'the frame of Terraform',
    `╷\n│ Error: creating Lambda Event Source Mapping: ${terraform(refused).replace(' have', '\n│ have')}\n│ \n│   with aws_lambda_event_source_mapping.orders,\n│   on main.tf line 12, in resource "x" "orders":\n╵\n`,
  ],
  [
    'lines of a log around it',
    `2026-11-23T10:00:00Z INFO deploying\n2026-11-23T10:00:01Z ERROR deploy failed: ${refused}\n2026-11-23T10:00:02Z INFO done: exit 1\n`,
  ],
  ['an event of CloudFormation', `{"ResourceStatusReason": ${JSON.stringify(cloudFormation(refused))}}`],
  ['a stack trace', `InvalidParameterValueException: ${refused}\n    at send (/app/index.js:1:2)\n`],
  [
    'the line of an older tool',
    `An error occurred: WorkerMapping - ${refused} (Service: AWSLambdaInternal; Status Code: 400; Error Code: InvalidParameterValueException; Request ID: ${requestId}; Proxy: null).`,
  ],
]

describe('what stands around it does not matter', () => {
  it.each(noisy)('%s', (_, text) => {
    expect(explainError(text)).toMatchObject({
      slug: 'execution-role-lacks-permission',
      rule: 'role-lacks-receive-message',
    })
  })

  it('not even where the answer must end where it ends', () => {
    const text = '10:00:01 | CREATE_FAILED | ERROR: "Function does not exist"\n10:00:02 | ROLLBACK |\n'
    expect(explainError(text)?.slug).toBe('function-does-not-exist')
  })

  it('nor the spelling of an action, nor the policy behind the reason', () => {
    const policy = 'arn:aws:iam::111122223333:policy/guard'
    const text = `User: arn:aws:iam::111122223333:user/dev is not authorized to perform: sqs:getqueueattributes on resource: ${queueArn} with an explicit deny in a permissions boundary: ${policy}`
    const explained = explainError(
      awsCli(text, 'AccessDenied').replace('CreateEventSourceMapping', 'GetQueueAttributes'),
    )
    expect(explained).toMatchObject({
      slug: 'access-denied',
      code: 'ACCESS_DENIED',
      rule: 'caller-lacks-get-queue-attributes',
      aws: { service: 'sqs', operation: 'GetQueueAttributes' },
    })
    expect(explained?.message).toContain(`may not call sqs:GetQueueAttributes on ${queueArn}`)
    expect(explained?.hint).toContain(`ask its administrator. The policy: ${policy}.`)
  })
})

describe('what is given beside the text', () => {
  it('goes before what the text says', () => {
    const options = { region: 'us-east-1', profile: 'prod', queue: 'orders' }
    expect(explainError(duplicate, options)).toMatchObject({
      hint: expect.stringMatching(
        /owns? .*\nIts settings, and whether messages run through it:\nsqs-trigger status 14e0db71-5d35-4eb5-b481-8945cf9d10c2 --region us-east-1 --profile prod$/s,
      ),
      queue: 'orders',
      function: 'worker',
    })
  })

  it.each(['ResourceInUseException', 'KmsDisabled', 'ExpiredToken'])('a name alone is enough: %s', (name) => {
    expect(explainError(name)).toMatchObject({ aws: { code: name, message: '' } })
  })
})

it('a connection to AWS is told from those of other programs by its address', () => {
  const text = 'Error: getaddrinfo ENOTFOUND sqs.eu-central-1.amazonaws.com'
  expect(explainError(text)?.slug).toBe('endpoint-unreachable')
})

it('a quote that belongs to the answer stays with it', () => {
  expect(explainError("NotFoundException: Invalid keyId 'nowhere'")).toMatchObject({
    slug: 'kms-key-not-found',
    aws: { message: "Invalid keyId 'nowhere'" },
  })
})

describe('a text of which nothing is known', () => {
  it.each([
    '',
    '   ',
    'orders',
    'all is well',
    awsCli('I am a teapot', 'TeapotException'),
    // Of the function itself, or of any other program.
    'SyntaxError: Unexpected end of JSON input',
    'Unexpected token o in JSON: "order" is not valid JSON',
    'Error: connect ECONNREFUSED 127.0.0.1:5432',
  ])('%j', (text) => {
    expect(explainError(text)).toBeUndefined()
  })

  it('is still taken out of what stands around it', () => {
    expect(readPasted(terraform('I am a teapot', 'TeapotException'))).toEqual({
      wrapper: 'terraform',
      service: 'lambda',
      operation: 'CreateEventSourceMapping',
      code: 'TeapotException',
      message: 'I am a teapot',
      httpStatus: 400,
      requestId,
    })
    expect(readPasted(' all is\nwell ')).toMatchObject({ wrapper: null, code: null, message: 'all is\nwell' })
  })

  it.each([
    ['one line', '{"level":"info","msg":"nothing - to see"},'],
    ['many lines', '2026-11-23T10:00:00Z INFO nothing: "to see" - here\n'],
  ])('is answered soon, however long it is (%s)', (_, piece) => {
    const started = performance.now()
    expect(explainError(piece.repeat(100_000))).toBeUndefined()
    expect(performance.now() - started).toBeLessThan(5_000)
  })
})
