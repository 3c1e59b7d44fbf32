import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { faultsIn, strictValidator } from '../report/json-schema.js'
import { startJourney } from '../support/journey.js'
import { bin, run, sqsTrigger } from '../support/run-command.js'

const refused = 'The function execution role does not have permissions to call ReceiveMessage on SQS'
const requestId = '1a2b3c4d-1111-4222-8333-444455556666'
const validate = strictValidator()

/** As the three tools print it. */
const wrappings: readonly (readonly [tool: string, text: string])[] = [
  [
    'CloudFormation',
    `Resource handler returned message: "Invalid request provided: ${refused} (Service: Lambda, Status Code: 400, Request ID: ${requestId})" (RequestToken: 5e6f7a8b-1111-4222-8333-444455556666, HandlerErrorCode: InvalidRequest)`,
  ],
  [
    'Terraform',
    `operation error Lambda: CreateEventSourceMapping, https response error StatusCode: 400, RequestID: ${requestId}, InvalidParameterValueException: ${refused}`,
  ],
  [
    'aws-cli',
    `An error occurred (InvalidParameterValueException) when calling the CreateEventSourceMapping operation: ${refused}`,
  ],
]

describe.each(wrappings)('an error told by %s', (tool, text) => {
  test('is explained, and leads to the rule', async () => {
    const { code, stdout, stderr } = await sqsTrigger(['explain', text])
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(stdout).toMatch(/^execution-role-lacks-permission\n/)
    expect(stdout).toContain(`told by${' '.repeat(stdout.includes('operation') ? 4 : 2)}${tool}\n`)
    expect(stdout).toContain('sqs-trigger explain role-lacks-receive-message\n')
  })

  test('is data, as the schema says', async () => {
    const { code, stdout } = await sqsTrigger(['explain', text, '--json'])
    const document = JSON.parse(stdout)
    expect(code).toBe(0)
    expect(faultsIn(validate, document)).toEqual([])
    expect(document.result.answer.rule).toBe('role-lacks-receive-message')
  })

  test('is read from standard input, broken into lines and coloured', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'sqs-trigger-explain-'))
    onTestFinished(() => rmSync(folder, { recursive: true }))
    const file = join(folder, 'error.txt')
    writeFileSync(file, `\u001b[31m${text.replaceAll(' permissions', '\n  permissions')}\u001b[0m\n`)
    const piped = '"$1" "$2" explain - < "$3"'
    const { code, stdout } = await run('sh', ['-c', piped, 'sh', process.execPath, bin, file])
    expect(code).toBe(0)
    expect(stdout).toMatch(/^execution-role-lacks-permission\n/)
    expect(stdout).not.toContain('\u001b')
  })
})

test('AWS is asked only where a queue and a function are named', async () => {
  let calls = 0
  const server = createServer((_, response) => {
    calls++
    response.writeHead(500).end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  // The server listens, so its address is one of IP.
  const { port } = server.address() as AddressInfo
  const env = {
    AWS_ENDPOINT_URL: `http://127.0.0.1:${port}`,
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'AKIAEXAMPLE',
    AWS_SECRET_ACCESS_KEY: 'none',
    AWS_MAX_ATTEMPTS: '1',
  }
  const local = [
    [],
    ['errors'],
    ['role-lacks-receive-message'],
    ['execution-role-lacks-permission'],
    [refused],
    [refused, 'orders', 'worker'],
  ]
  for (const args of local) expect((await sqsTrigger(['explain', ...args], { env })).code).toBe(0)
  expect(calls).toBe(0)
  expect((await sqsTrigger(['explain', 'queue-not-found', 'orders', 'worker'], { env })).code).toBe(1)
  expect(calls).toBeGreaterThan(0)
})

test('a rule, judged in the sandbox before and after what it says was done', async () => {
  const journey = await startJourney()
  await journey.addFunction('slow-worker', 'export const handler = () => {}', { timeoutSeconds: 60 })
  const args = ['explain', 'visibility-timeout-below-function-timeout', 'orders', 'slow-worker']
  const before = await journey.json(...args)
  expect(before.code).toBe(0)
  expect(before.document.result.status).toBe('fail')
  expect(faultsIn(validate, before.document)).toEqual([])
  expect((await journey.run(args)).stdout).toContain('aws sqs set-queue-attributes')
  await journey.seed([
    {
      service: 'sqs',
      operation: 'SetQueueAttributes',
      input: { QueueUrl: journey.queueUrl('orders'), Attributes: { VisibilityTimeout: '360' } },
    },
  ])
  expect((await journey.json(...args)).document.result.status).toBe('pass')
})

test('what is not known ends with 2, and says what was found', async () => {
  const text =
    'An error occurred (TeapotException) when calling the CreateEventSourceMapping operation: I am a teapot'
  const { code, stdout, stderr } = await sqsTrigger(['explain', text])
  expect(code).toBe(2)
  expect(stdout).toContain('TeapotException')
  expect(stderr).toContain('Nothing is known of this error.')
  const { stdout: json } = await sqsTrigger(['explain', text, '--json'])
  expect(faultsIn(validate, JSON.parse(json))).toEqual([])
})
