import { describe, expect, it } from 'vitest'
import { explainError, explainErrors, readPasted } from '../../src/operations/explain-error.js'

const requestId = '0f0f0f0f-0000-0000-0000-000000000000'
const queueArn = 'arn:aws:sqs:eu-central-1:111122223333:orders'
const refused = 'The function execution role does not have permissions to call ReceiveMessage on SQS'
const key =
  'The ciphertext refers to a customer master key that does not exist, does not exist in this region, or you are not allowed to access. (Service: AWSKMS; Status Code: 400; Error Code: AccessDeniedException; Request ID: 1a2b3c4d-1111-4222-8333-444455556666; Proxy: null)'
const duplicate = `The event source arn (" ${queueArn} ") and function (" worker ") provided mapping already exists. Please update or delete the existing mapping with UUID 14e0db71-5d35-4eb5-b481-8945cf9d10c2`

describe('a text of which nothing is known passes through whole', () => {
  it.each([
    [
      'the lines of a log',
      `2026-11-23T10:00:00Z INFO deploying\n2026-11-23T10:00:01Z ERROR deploy failed\nNovelFailure: the thing broke\nRequest ID: ${requestId}`,
      { code: null, requestId },
    ],
    [
      'paragraphs',
      'Weird first paragraph\n\nsecond paragraph says why: disk full',
      { code: null, requestId: null },
    ],
    [
      'words before what aws-cli says',
      `Deploying.\n\nAn error occurred (TeapotException) when calling the SendMessage operation: I am a teapot`,
      { wrapper: 'aws-cli', service: 'sqs', operation: 'SendMessage', code: 'TeapotException' },
    ],
    [
      'what a log in JSON says of the request',
      `{"level":"error","message":"NovelException: broken","requestId":"${requestId}"}`,
      { code: 'NovelException', requestId },
    ],
  ])('%s', (_, text, expected) => {
    expect(explainError(text)).toBeUndefined()
    expect(readPasted(`\u001b[31m${text}\u001b[0m\n`)).toMatchObject({ ...expected, message: text })
  })

  it('but for the words of one tool around one answer', () => {
    const text = 'An error occurred (TeapotException) when calling the SendMessage operation: I am a teapot'
    expect(readPasted(text)).toMatchObject({ code: 'TeapotException', message: 'I am a teapot' })
  })
})

describe('an answer with brackets of its own', () => {
  const denied = { slug: 'queue-key-denied', rule: 'caller-lacks-key-for-test-message' }
  it.each([
    [
      'aws-cli',
      `An error occurred (KMS.AccessDeniedException) when calling the SendMessage operation: ${key}`,
      { wrapper: 'aws-cli', service: 'sqs', operation: 'SendMessage', requestId: null },
    ],
    [
      'Terraform',
      `operation error SQS: SendMessage, https response error StatusCode: 400, RequestID: ${requestId}, KmsAccessDenied: ${key}`,
      { wrapper: 'terraform', service: 'sqs', operation: 'SendMessage', requestId },
    ],
    [
      'aws-cli within CloudFormation',
      `Resource handler returned message: "An error occurred (KMS.AccessDeniedException) when calling the SendMessage operation: ${key}" (RequestToken: 5e6f7a8b-1111-4222-8333-444455556666, HandlerErrorCode: GeneralServiceException)`,
      { wrapper: 'cloudformation', service: 'sqs', operation: 'SendMessage' },
    ],
  ])('in the words of %s', (_, text, aws) => {
    expect(explainError(text)).toMatchObject({ ...denied, aws: { ...aws, message: key } })
  })
})

describe('a text that was broken or logged', () => {
  const conflict = `An error occurred (ResourceConflictException) when calling the UpdateEventSourceMapping operation:`
  it.each([
    [
      'before a word that stack traces begin with',
      'update-in-progress',
      `${conflict} The operation cannot be performed\nat this time. An update is in progress for resource: arn:aws:lambda:eu-central-1:111122223333:function:worker`,
    ],
    [
      'over many lines whose blanks are lost',
      'mapping-already-exists',
      (`${conflict} ${duplicate}`.match(/.{1,80}/g) ?? []).map((line) => line.trim()).join('\n'),
    ],
    [
      'as JSON',
      'function-does-not-exist',
      '{"level":"error","msg":"X: InvalidParameterValueException: Function does not exist"}',
    ],
    [
      'as the end of JSON',
      'function-does-not-exist',
      'msg":"InvalidParameterValueException: Function does not exist"}',
    ],
    [
      'as JSON behind words',
      'function-does-not-exist',
      'Invoke Error {"errorType":"InvalidParameterValueException","errorMessage":"Function does not exist","stack":[]}',
    ],
    [
      'as a list of events',
      'execution-role-lacks-permission',
      JSON.stringify(
        { StackEvents: [{ ResourceStatus: 'CREATE_FAILED', ResourceStatusReason: refused }] },
        null,
        2,
      ),
    ],
  ])('%s', (_, slug, text) => {
    expect(explainError(text)?.slug).toBe(slug)
  })

  it('as Node.js prints it, each line behind its time', () => {
    const lines = [
      `ResourceConflictException: ${duplicate}`,
      '    at throwDefaultError (/app/index.js:867:20) {',
      "  '$metadata': {",
      '    httpStatusCode: 409,',
      `    requestId: '${requestId}'`,
      '}',
    ]
    expect(explainError(lines.map((line) => `2026-11-23T10:00:01.123Z ${line}`).join('\n'))).toMatchObject({
      slug: 'mapping-already-exists',
      aws: { code: 'ResourceConflictException', message: duplicate, requestId },
    })
  })

  it('at the end of a long log', () => {
    const log = '2026-11-23T10:00:00Z INFO still deploying\n'.repeat(10_000)
    expect(explainError(`${log}${refused}\n`)?.slug).toBe('execution-role-lacks-permission')
  })

  it.each([40, 57, 80, 113])('keeps who may not do what, broken after %i characters', (width) => {
    const text = `An error occurred (AccessDenied) when calling the GetQueueAttributes operation: User: arn:aws:sts::111122223333:assumed-role/dev/ana is not authorized to perform: sqs:getqueueattributes on resource: ${queueArn} because no identity-based policy allows the sqs:getqueueattributes action`
    const lines = text.match(new RegExp(`.{1,${width}}`, 'g')) ?? []
    expect(explainError(lines.map((line) => line.trim()).join('\n'))).toEqual(explainError(text))
  })

  it('keeps the names in it in one piece', () => {
    const lines = duplicate.match(/.{1,40}/g) ?? []
    expect(explainError(lines.map((line) => line.trim()).join('\n'))).toMatchObject({
      queue: queueArn,
      function: 'worker',
      aws: { message: duplicate },
    })
  })
})

it.each([
  ['OverLimit', 'too-many-in-flight'],
  ['RequestExpired', 'clock-differs'],
  ['KmsNotFound', 'key-not-found'],
  ['LimitExceeded', 'iam-limit-exceeded'],
  ['EntityAlreadyExists', 'iam-entity-exists'],
  ['Throttling', 'too-many-requests'],
])('a name that answers are known by is known before a colon: %s', (code, slug) => {
  expect(explainError(`${code}: words that nobody recorded`)).toMatchObject({ slug, aws: { code } })
})

describe('several known errors in one text', () => {
  const failure = (what: string) => `╷\n│ Error: creating it: ${what}\n│ \n│   with x.y,\n╵`

  it('are told in their order, each once', () => {
    const text = ['Function does not exist', refused, 'Function does not exist', 'Rate exceeded']
    expect(explainErrors(text.map(failure).join('\n')).map(({ slug }) => slug)).toEqual([
      'function-does-not-exist',
      'execution-role-lacks-permission',
      'too-many-requests',
    ])
  })

  it('have a queue and a function of their own', () => {
    const timeout = 'Queue visibility timeout: 60 seconds is less than Function timeout: 300 seconds'
    const found = explainErrors([timeout, duplicate].map(failure).join('\n'))
    expect(found.map(({ slug, queue }) => [slug, queue])).toEqual([
      ['visibility-timeout-too-short', null],
      ['mapping-already-exists', queueArn],
    ])
  })
})

describe('the line that the tool itself prints below an error', () => {
  it.each([
    ['AccessDenied from sqs:ReceiveMessage', null],
    [`AccessDeniedException from SQS:ReceiveMessage, request ${requestId}`, requestId],
  ])('%s', (text, request) => {
    const explained = explainError(text)
    expect(explained).toMatchObject({
      slug: 'access-denied',
      message: 'AWS refused sqs:ReceiveMessage.',
      aws: { service: 'sqs', operation: 'ReceiveMessage', requestId: request },
    })
    expect(explained?.hint).toContain('{"Effect":"Allow","Action":"sqs:ReceiveMessage","Resource":"<arn>"}')
  })

  it('names the rule that looks for it before', () => {
    expect(explainError('AccessDenied from lambda:ListFunctions')).toMatchObject({
      rule: 'caller-lacks-list-functions',
    })
  })
})
