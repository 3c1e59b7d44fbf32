import { expect, test } from 'vitest'
import { templateYaml } from '../../src/export/template-yaml.js'
import { quickstartCode } from '../../src/operations/quickstart/code.js'
import { describeOptions, optionsIn, quickstartTemplate } from '../../src/operations/quickstart/template.js'

const plain = { fifo: false, sms: false, tags: {} }

/** The template as plain data, to be looked into. */
// biome-ignore lint/suspicious/noExplicitAny: a template has any shape
const read = (options: Partial<typeof plain> = {}): any => quickstartTemplate({ ...plain, ...options })

test('the queue gives the function room to try again, and lets go of what fails five times', () => {
  const { Queue, DeadLetterQueue, Function: fn } = read().Resources
  expect(Queue.Properties.VisibilityTimeout).toBe(6 * fn.Properties.Timeout)
  expect(Queue.Properties.RedrivePolicy.maxReceiveCount).toBeGreaterThanOrEqual(5)
  expect(DeadLetterQueue.Properties.MessageRetentionPeriod).toBeGreaterThan(
    Queue.Properties.MessageRetentionPeriod,
  )
  expect(read().Resources.LogGroup.Properties.RetentionInDays).toBeGreaterThan(0)
})

test('the role may poll that queue, write that log, and nothing else', () => {
  const [policy] = read().Resources.Role.Properties.Policies
  expect(policy.PolicyDocument.Statement).toEqual([
    {
      Effect: 'Allow',
      Action: ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'],
      Resource: { 'Fn::GetAtt': ['Queue', 'Arn'] },
    },
    {
      Effect: 'Allow',
      Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
      Resource: { 'Fn::GetAtt': ['LogGroup', 'Arn'] },
    },
  ])
})

test('the function says which messages failed, so the mapping listens to that', () => {
  expect(read().Resources.Mapping.Properties.FunctionResponseTypes).toEqual(['ReportBatchItemFailures'])
})

test('a FIFO queue has a FIFO dead-letter queue', () => {
  const { Queue, DeadLetterQueue } = read({ fifo: true }).Resources
  for (const { Properties } of [Queue, DeadLetterQueue]) {
    expect(Properties.FifoQueue).toBe(true)
    expect(Properties.QueueName['Fn::Sub'][0]).toMatch(/\.fifo$/)
  }
  expect(read().Resources.Queue.Properties).not.toHaveProperty('FifoQueue')
})

test('a phone number is a parameter that is shown nowhere, and publishing to it has no ARN', () => {
  const template = read({ sms: true })
  expect(template.Parameters.PhoneNumber).toMatchObject({ NoEcho: true })
  const [policy] = template.Resources.Role.Properties.Policies
  expect(policy.PolicyDocument.Statement.at(-1)).toEqual({
    Effect: 'Allow',
    Action: ['sns:Publish'],
    Resource: '*',
  })
  expect(read()).not.toHaveProperty('Parameters')
})

test('tags stand on queues, function and mapping', () => {
  const { Resources } = read({ tags: { team: 'orders' } })
  const tagged = Object.keys(Resources).filter((id) => Resources[id].Properties.Tags !== undefined)
  expect(tagged).toEqual(['DeadLetterQueue', 'Queue', 'Function', 'Mapping'])
})

test.each([plain, { fifo: true, sms: true, tags: { team: 'a "b" é', 'cost center': '' } }])(
  'options are read back from the description: %j',
  (options) => {
    expect(optionsIn(describeOptions(options))).toEqual(options)
  },
)

test.each([null, '', 'My own stack', `${describeOptions(plain)}x`, describeOptions(plain).slice(0, -1)])(
  'a description that we did not write: %j',
  (description) => {
    expect(optionsIn(description)).toBeNull()
  },
)

interface Answer {
  readonly batchItemFailures: readonly { readonly itemIdentifier: string }[]
}

/** Runs the code of the template, whose work fails for bodies that say so. */
async function run(fifo: boolean, bodies: readonly string[]): Promise<readonly string[]> {
  const failing = "if (record.body === 'bad') throw new Error('bad')\n"
  const code = quickstartCode({ fifo, sms: false }).replace('  console.log(', `  ${failing}  console.log(`)
  const exports: { handler?: (event: object) => Promise<Answer> } = {}
  const quiet = { log: () => {}, error: () => {} }
  new Function('exports', 'console', code)(exports, quiet)
  const Records = bodies.map((body, index) => ({ messageId: String(index), body }))
  const answer = await exports.handler?.({ Records })
  return answer?.batchItemFailures.map(({ itemIdentifier }) => itemIdentifier) ?? ['no handler']
}

test('of a standard queue what failed comes back, of a FIFO queue what came behind it as well', async () => {
  const bodies = ['good', 'bad', 'good']
  expect(await run(false, bodies)).toEqual(['1'])
  expect(await run(true, bodies)).toEqual(['1', '2'])
  expect(await run(true, ['good', 'good'])).toEqual([])
})

test('YAML: plain words are plain, all others quoted, code in a block', () => {
  const value = {
    Yes: 'No',
    'Fn::GetAtt': ['Queue', 'a: b'],
    empty: '',
    code: 'one\n\n  two\n',
    list: [{ a: 1, b: true }, 'AWS::SQS::Queue', '2012-10-17', '*'],
  }
  expect(templateYaml(value)).toBe(
    [
      '"Yes": "No"',
      'Fn::GetAtt:',
      '  - Queue',
      '  - "a: b"',
      'empty: ""',
      'code: |',
      '  one',
      '',
      '    two',
      'list:',
      '  - a: 1',
      '    b: true',
      '  - AWS::SQS::Queue',
      '  - "2012-10-17"',
      '  - "*"',
    ].join('\n'),
  )
})
