import { isJsonObject, jsonObjectIn } from '../../json-object.js'
import { quickstartCode } from './code.js'

/** What the stack is made with. */
export interface QuickstartOptions {
  readonly fifo: boolean
  /** true: each message is also sent to a phone, whose number is a parameter of the template. */
  readonly sms: boolean
  /** Of queues, function and mapping. */
  readonly tags: Readonly<Record<string, string>>
}

type Json = Readonly<Record<string, unknown>>

const ref = (id: string) => ({ Ref: id })
const arnOf = (id: string) => ({ 'Fn::GetAtt': [id, 'Arn'] })

/** Seconds. A message that fails comes back after six times the limit of the function, as Lambda's guide asks for. */
const functionTimeout = 10
const day = 86_400

/**
 * A queue with its dead-letter queue, a function with its role and log, and the mapping between them. Names are left to
 * CloudFormation, so that nothing is taken already and a stack can be made again at once.
 * https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html
 */
export function quickstartTemplate(options: QuickstartOptions): Json {
  const { sms } = options
  return {
    AWSTemplateFormatVersion: '2010-09-09',
    Description: describeOptions(options),
    ...(sms ? { Parameters: { PhoneNumber: phoneNumber } } : {}),
    Resources: {
      DeadLetterQueue: queue(options, 'dead-letters', {
        MessageRetentionPeriod: 14 * day,
      }),
      Queue: queue(options, 'queue', {
        MessageRetentionPeriod: 4 * day,
        VisibilityTimeout: 6 * functionTimeout,
        RedrivePolicy: { deadLetterTargetArn: arnOf('DeadLetterQueue'), maxReceiveCount: 5 },
      }),
      LogGroup: { Type: 'AWS::Logs::LogGroup', Properties: { RetentionInDays: 14 } },
      Role: role(sms),
      Function: {
        Type: 'AWS::Lambda::Function',
        Properties: {
          Description: 'Logs each message of its queue',
          // https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtimes.html
          Runtime: 'nodejs24.x',
          Handler: 'index.handler',
          Timeout: functionTimeout,
          MemorySize: 128,
          Role: arnOf('Role'),
          LoggingConfig: { LogGroup: ref('LogGroup') },
          ...(sms ? { Environment: { Variables: { PHONE_NUMBER: ref('PhoneNumber') } } } : {}),
          Code: { ZipFile: quickstartCode(options) },
          ...tagsOf(options),
        },
      },
      Mapping: {
        Type: 'AWS::Lambda::EventSourceMapping',
        Properties: {
          EventSourceArn: arnOf('Queue'),
          FunctionName: arnOf('Function'),
          BatchSize: 10,
          FunctionResponseTypes: ['ReportBatchItemFailures'],
          ...tagsOf(options),
        },
      },
    },
    Outputs: {
      QueueUrl: { Value: ref('Queue') },
      QueueArn: { Value: arnOf('Queue') },
      DeadLetterQueueArn: { Value: arnOf('DeadLetterQueue') },
      FunctionArn: { Value: arnOf('Function') },
      MappingId: { Value: ref('Mapping') },
      LogGroupName: { Value: ref('LogGroup') },
    },
  }
}

/** NoEcho: CloudFormation shows it nowhere. The function does, to whoever may read its configuration. */
const phoneNumber = {
  Type: 'String',
  NoEcho: true,
  AllowedPattern: '^\\+[1-9][0-9]{7,14}$',
  Description: 'Number of the phone that gets the text messages, as +4915112345678',
}

function queue(options: QuickstartOptions, word: string, attributes: Json) {
  // CloudFormation does not reliably end the name of a FIFO queue with .fifo by itself.
  const id = {
    'Fn::Select': [
      0,
      { 'Fn::Split': ['-', { 'Fn::Select': [2, { 'Fn::Split': ['/', ref('AWS::StackId')] }] }] },
    ],
  }
  const fifo = {
    QueueName: { 'Fn::Sub': [`\${AWS::StackName}-${word}-\${Id}.fifo`, { Id: id }] },
    FifoQueue: true,
  }
  return {
    Type: 'AWS::SQS::Queue',
    DeletionPolicy: 'Delete',
    UpdateReplacePolicy: 'Delete',
    Properties: { ...(options.fifo ? fifo : {}), ...attributes, ...tagsOf(options) },
  }
}

/** What polling takes, its own log and nothing else. A phone number has no ARN: publishing is allowed on everything. */
function role(sms: boolean) {
  const allow = (Action: readonly string[], Resource: unknown) => ({ Effect: 'Allow', Action, Resource })
  const document = (statement: readonly Json[]) => ({ Version: '2012-10-17', Statement: statement })
  const poll = ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes']
  return {
    Type: 'AWS::IAM::Role',
    Properties: {
      AssumeRolePolicyDocument: document([
        { Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' },
      ]),
      Policies: [
        {
          PolicyName: 'poll-and-log',
          PolicyDocument: document([
            allow(poll, arnOf('Queue')),
            allow(['logs:CreateLogStream', 'logs:PutLogEvents'], arnOf('LogGroup')),
            ...(sms ? [allow(['sns:Publish'], '*')] : []),
          ]),
        },
      ],
    },
  }
}

function tagsOf({ tags }: QuickstartOptions) {
  const list = Object.entries(tags).map(([Key, Value]) => ({ Key, Value }))
  return list.length === 0 ? {} : { Tags: list }
}

const made = 'Queue, dead-letter queue, function and event source mapping. Made by sqs-trigger quickstart: '

/** Names what made the stack, and with what: it is shown in every state of it, and tells it apart from all others. */
export const describeOptions = ({ fifo, sms, tags }: QuickstartOptions): string =>
  `${made}${JSON.stringify({ fifo, sms, tags })}`

/** The options of a stack, by its description; null: something else made it. */
export function optionsIn(description: string | null): QuickstartOptions | null {
  if (!description?.startsWith(made)) return null
  const told = jsonObjectIn(description.slice(made.length))
  if (told === undefined || !isJsonObject(told.tags)) return null
  const tags = Object.entries(told.tags).map(([key, value]) => [key, String(value)])
  return { fifo: told.fifo === true, sms: told.sms === true, tags: Object.fromEntries(tags) }
}
