import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  CreateEventSourceMappingCommand,
  type CreateEventSourceMappingCommandInput,
} from '@aws-sdk/client-lambda'
import { GetQueueAttributesCommand, SendMessageBatchCommand } from '@aws-sdk/client-sqs'
import { strToU8, zipSync } from 'fflate'
import { onTestFinished } from 'vitest'
import type { EventRecord } from '../../src/sandbox/event-source/event-record.js'
import type { HandlerGrace } from '../../src/sandbox/world.js'
import { startTestSandbox, type TestSandbox } from '../support/sandbox.js'

export const account = '111122223333'
export const queueArnOf = (name: string) => `arn:aws:sqs:us-east-1:${account}:${name}`
export const roleArn = `arn:aws:iam::${account}:role/worker-role`
export const functionArn = `arn:aws:lambda:us-east-1:${account}:function:worker`

const trust = (service: string) =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: { Service: service }, Action: 'sts:AssumeRole' }],
  })

export interface Scene {
  readonly sandbox: TestSandbox
  readonly queueUrl: string
  readonly queueArn: string
  /** Creates a mapping as the default caller and moves the clock until it is Enabled. Returns the UUID. */
  wire(settings?: Partial<CreateEventSourceMappingCommandInput>): Promise<string>
  /** Sends the bodies together and waits until nothing is under way any more. `group`: FIFO queues. */
  send(bodies: readonly string[], group?: string): Promise<void>
  /** Moves the clock and waits until nothing is under way any more. */
  after(seconds: number): Promise<void>
  /** What the function got, one entry an invocation. */
  batches(): readonly (readonly EventRecord[])[]
  /** Bodies of what the function got, one list an invocation. */
  bodies(): readonly (readonly string[])[]
  /** Messages visible and in flight, in the queue or in another one. */
  counts(url?: string): Promise<{ readonly visible: number; readonly inFlight: number }>
}

/**
 * A sandbox with a queue, a role that may use it and a function `worker`. `handler` is the body of an async
 * function of `event`; what it got is noted down before it runs.
 */
export async function setScene(
  options: {
    readonly queue?: string
    readonly attributes?: Readonly<Record<string, string>>
    readonly handler?: string
    readonly timeoutSeconds?: number
    readonly deadLetterAfter?: number
    /** Default: AWSLambdaSQSQueueExecutionRole. null: none. */
    readonly managedPolicy?: string | null
    readonly handlerGrace?: HandlerGrace
  } = {},
): Promise<Scene> {
  const { queue = 'orders', attributes = {}, handler = '', timeoutSeconds = 3 } = options
  const { handlerGrace } = options
  const sandbox = await startTestSandbox(handlerGrace === undefined ? {} : { handlerGrace })
  const folder = mkdtempSync(join(tmpdir(), 'event-source-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const seen = join(folder, 'seen.ndjson')
  const redrive =
    options.deadLetterAfter === undefined
      ? {}
      : {
          RedrivePolicy: JSON.stringify({
            deadLetterTargetArn: queueArnOf(deadLetterName(queue)),
            maxReceiveCount: options.deadLetterAfter,
          }),
        }
  const fifo = queue.endsWith('.fifo')
    ? { FifoQueue: 'true', ContentBasedDeduplication: 'true' }
    : ({} as Record<string, string>)
  await sandbox.seed([
    {
      service: 'iam',
      operation: 'CreateRole',
      input: {
        RoleName: 'worker-role',
        AssumeRolePolicyDocument: trust('lambda.amazonaws.com'),
      },
    },
    ...(options.managedPolicy === null
      ? []
      : [
          attach(
            options.managedPolicy ?? 'arn:aws:iam::aws:policy/service-role/AWSLambdaSQSQueueExecutionRole',
          ),
        ]),
    ...(options.deadLetterAfter === undefined
      ? []
      : [
          {
            service: 'sqs',
            operation: 'CreateQueue',
            input: queueInput(deadLetterName(queue), fifo),
          } as const,
        ]),
    {
      service: 'sqs',
      operation: 'CreateQueue',
      input: queueInput(queue, { ...fifo, ...redrive, ...attributes }),
    },
    {
      service: 'lambda',
      operation: 'CreateFunction',
      input: {
        FunctionName: 'worker',
        Role: roleArn,
        Runtime: 'nodejs20.x',
        Handler: 'index.handler',
        Timeout: timeoutSeconds,
        Tags: { team: 'blue' },
        Environment: { Variables: { SEEN: seen } },
        Code: { ZipFile: Buffer.from(zipSync({ 'index.mjs': strToU8(source(handler)) })).toString('base64') },
      },
    },
  ])
  const queueUrl = `${sandbox.endpoint}/${account}/${queue}`
  const batches = () => readBatches(seen)
  return {
    sandbox,
    queueUrl,
    queueArn: queueArnOf(queue),
    batches,
    bodies: () => batches().map((records) => records.map(({ body }) => body)),
    wire: async (settings = {}) => {
      const answer = await sandbox.caller.lambda.send(
        new CreateEventSourceMappingCommand({
          EventSourceArn: queueArnOf(queue),
          FunctionName: 'worker',
          ...settings,
        }),
      )
      await sandbox.advance(200)
      await sandbox.settled()
      return answer.UUID ?? ''
    },
    send: async (bodies, group) => {
      const entries = bodies.map((body, index) => ({
        Id: String(index),
        MessageBody: body,
        ...(group === undefined ? {} : { MessageGroupId: group }),
      }))
      for (let start = 0; start < entries.length; start += 10) {
        const Entries = entries.slice(start, start + 10)
        await sandbox.admin.sqs.send(new SendMessageBatchCommand({ QueueUrl: queueUrl, Entries }))
      }
      await sandbox.settled()
    },
    after: async (seconds) => {
      await sandbox.advance(seconds * 1000)
      await sandbox.settled()
    },
    counts: async (url = queueUrl) => {
      const { Attributes = {} } = await sandbox.admin.sqs.send(
        new GetQueueAttributesCommand({ QueueUrl: url, AttributeNames: ['All'] }),
      )
      return {
        visible: Number(Attributes.ApproximateNumberOfMessages),
        inFlight: Number(Attributes.ApproximateNumberOfMessagesNotVisible),
      }
    },
  }
}

const attach = (policyArn: string) =>
  ({
    service: 'iam',
    operation: 'AttachRolePolicy',
    input: { RoleName: 'worker-role', PolicyArn: policyArn },
  }) as const

export const putPolicy = (statements: readonly unknown[]) =>
  ({
    service: 'iam',
    operation: 'PutRolePolicy',
    input: {
      RoleName: 'worker-role',
      PolicyName: 'inline',
      PolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement: statements }),
    },
  }) as const

/** Lets this AWS service alone assume the role. */
export const trustOnly = (service: string) =>
  ({
    service: 'iam',
    operation: 'UpdateAssumeRolePolicy',
    input: { RoleName: 'worker-role', PolicyDocument: trust(service) },
  }) as const

export const deadLetterName = (queue: string) => queue.replace(/(\.fifo)?$/, '-dlq$1')

const queueInput = (QueueName: string, Attributes: Readonly<Record<string, string>>) => ({
  QueueName,
  Attributes,
})

const source = (body: string) => `
import { appendFileSync } from 'node:fs'
export const handler = async (event) => {
  appendFileSync(process.env.SEEN, JSON.stringify(event) + '\\n')
  ${body}
}
`

function readBatches(file: string): readonly (readonly EventRecord[])[] {
  let text = ''
  try {
    text = readFileSync(file, 'utf8')
  } catch {
    return [] // never invoked
  }
  // The handler writes exactly what the sandbox gave it.
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => (JSON.parse(line) as { Records: readonly EventRecord[] }).Records)
}
