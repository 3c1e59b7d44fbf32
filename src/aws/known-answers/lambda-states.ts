import type { KnownAnswer } from './known-answer.js'
import { command, functionsThere, functionWord, lambdaFunction, operation, reason, where } from './words.js'

/** The ARN of an alias or version. */
const qualified = /:function:[^:]+:./

/** What Lambda says of mappings and functions that are there already, are busy, or are gone. */
export const lambdaStateAnswers: readonly KnownAnswer[] = [
  {
    slug: 'mapping-already-exists',
    title: 'This queue and function already have an event source mapping',
    code: 'CONFLICT',
    says: 'An event source mapping with SQS arn (" arn:aws:sqs:eu-central-1:111122223333:orders ") and function (" worker ") already exists. Please update or delete the existing mapping with UUID 14e0db71-5d35-4eb5-b481-8945cf9d10c2',
    when: [
      { text: /already exists\. Please update or delete the existing mapping with UUID ([0-9a-f-]{36})/i },
    ],
    rule: () => 'mapping-exists',
    message: (_, [, uuid]) => `This queue and function already have an event source mapping: ${uuid}.`,
    hint: (call, [, uuid = '<uuid>']) =>
      [
        'Nothing has to be created: use the mapping that is there, or delete it first. A template of CloudFormation or Terraform that is to create one does not own the one that is there.',
        `Its settings, and whether messages run through it:\n${command('sqs-trigger', call, 'status', uuid)}`,
      ].join('\n'),
  },
  {
    slug: 'update-in-progress',
    title: 'The function is being updated',
    code: 'CONFLICT',
    says: 'The operation cannot be performed at this time. An update is in progress for resource: arn:aws:lambda:eu-central-1:111122223333:function:worker',
    when: [
      {
        text: /^The operation cannot be performed at this time\. An update is in progress for resource: (\S+)/,
      },
    ],
    rule: () => 'function-update-in-progress',
    message: (_, [, arn]) => `An update of ${arn} is under way.`,
    hint: (call, [, arn]) =>
      `Wait until it is done, then run the same command again:\n${command('aws', call, 'lambda', 'wait', 'function-updated-v2', '--function-name', arn ?? functionWord(call))}`,
  },
  {
    slug: 'function-state-forbids',
    title: 'The function is not active yet, or not any more',
    code: 'CONFLICT',
    says: 'The operation cannot be performed at this time. The function is currently in the following state: Pending',
    when: [
      {
        text: /^(?:The operation cannot be performed at this time\. )?The function is currently in the following state: (\w+)/,
      },
    ],
    rule: () => 'function-not-active',
    message: (call, [, state]) =>
      `${lambdaFunction(call)} is ${state}, and takes no such call in this state.`,
    // https://docs.aws.amazon.com/lambda/latest/dg/functions-states.html
    hint: (call, [, state]) =>
      state === undefined || state === 'Pending'
        ? `Lambda is still making it ready. Wait until it is active, then run the same command again:\n${command('aws', call, 'lambda', 'wait', 'function-active-v2', '--function-name', functionWord(call))}`
        : `See why it is in this state:\n${command(
            'aws',
            call,
            ...['lambda', 'get-function-configuration', '--function-name', functionWord(call)],
            ...['--query', '{State:State,Reason:StateReason}'],
          )}`,
  },
  {
    slug: 'mapping-not-found',
    title: 'There is no such event source mapping',
    code: 'MAPPING_NOT_FOUND',
    says: 'The resource you requested does not exist.',
    when: [{ text: /^(?:The resource you requested does not exist|Event source mapping not found)/ }],
    message: (call) => `There is no such event source mapping${where(call)}.`,
    hint: (call) =>
      `It was deleted, or stands in another Region or account. The mappings that there are${where(call)}:\n${command('sqs-trigger', call, 'list')}`,
  },
  {
    slug: 'mapping-in-use',
    title: 'The event source mapping is being changed by an earlier call',
    code: 'MAPPING_BUSY',
    says: 'Cannot delete the event source mapping because it is in use.',
    when: [
      { names: /^ResourceInUseException$/ },
      { text: /^Cannot \w+ the event source mapping because it is in use/ },
    ],
    message: () => 'The event source mapping is being changed by an earlier call.',
    hint: (call) =>
      `Wait until its state settles, then run the same command again:\n${command('sqs-trigger', call, 'wait', '<mapping>')}`,
  },
  {
    slug: 'lambda-function-not-found',
    title: 'Lambda knows no such function, alias or version',
    code: 'FUNCTION_NOT_FOUND',
    says: 'Function not found: arn:aws:lambda:eu-central-1:111122223333:function:worker',
    when: [{ text: /^(?:Function not found|Cannot find alias arn): (\S+)/ }],
    rule: ([, arn = '']) => (qualified.test(arn) ? 'qualifier-not-found' : 'function-not-found'),
    message: (call, [, arn = '']) => {
      const named = call.function === undefined || qualified.test(arn)
      return `${named ? `Function ${arn}` : lambdaFunction(call)} does not exist${where(call)}.`
    },
    hint: (call, [, arn = '']) =>
      qualified.test(arn)
        ? `Check the alias or version behind the name. The aliases of the function:\n${command('aws', call, 'lambda', 'list-aliases', '--function-name', arn.split(':')[6] ?? '<function>')}`
        : functionsThere(call),
  },
  {
    slug: 'lambda-conflict',
    title: 'Another operation on the same thing is under way',
    code: 'CONFLICT',
    when: [{ names: /^ResourceConflictException$/ }],
    message: (call, { input }) =>
      `Lambda refused ${operation(call)} because of another operation${reason(input)}`,
    hint: () => 'Wait a minute, then run the same command again.',
  },
  {
    slug: 'too-many-tags',
    title: 'The resource would have more tags than Lambda allows',
    code: 'REJECTED_BY_AWS',
    says: 'Number of tags exceeds resource tag limit.',
    when: [{ text: /^Number of tags exceeds resource tag limit/ }],
    message: () => 'Lambda takes no more tags for this resource.',
    hint: () => 'Give fewer --tag, or remove tags that stand on it already.',
  },
  {
    slug: 'lambda-failed',
    title: 'Lambda itself failed',
    code: 'AWS_FAILED',
    when: [{ names: /^ServiceException$/ }],
    message: (call, { input }) => `Lambda failed on ${operation(call)}${reason(input)}`,
    hint: () =>
      'Run the same command again; if it goes on, look at https://health.aws.amazon.com/health/status',
  },
]
