import type { KnownAnswer } from './known-answer.js'
import {
  command,
  functionWord,
  lambdaFunction,
  listFunctions,
  listQueues,
  operation,
  queue,
  reason,
  where,
} from './words.js'

const roleRules: Readonly<Record<string, string>> = {
  ReceiveMessage: 'role-lacks-receive-message',
  DeleteMessage: 'role-lacks-delete-message',
  GetQueueAttributes: 'role-lacks-get-queue-attributes',
}

/** The ARN of an alias or version. */
const qualified = /:function:[^:]+:./

/** Why Lambda refuses to create or change a mapping: who is missing, or what may not be done. */
export const createMappingAnswers: readonly KnownAnswer[] = [
  {
    slug: 'function-dead-letter-queue-refused',
    title: 'The function may not send to its own dead-letter queue',
    code: 'REJECTED_BY_AWS',
    says: 'The provided execution role does not have permissions to call SendMessage on SQS',
    when: [
      {
        text: /^The (?:provided|function) execution role does not have permissions to call SendMessage on SQS/,
      },
    ],
    message: (call) =>
      `${lambdaFunction(call)} names a dead-letter queue of its own, and its execution role may not send to that queue.`,
    hint: (call) =>
      [
        'That queue serves asynchronous calls only; a queue that triggers a function has its own. See which it is, then allow the role sqs:SendMessage on it:',
        command(
          'aws',
          call,
          ...['lambda', 'get-function-configuration', '--function-name', functionWord(call)],
          ...['--query', 'DeadLetterConfig'],
        ),
      ].join('\n'),
  },
  {
    slug: 'execution-role-lacks-permission',
    title: 'The execution role of the function may not read the queue',
    code: 'REJECTED_BY_AWS',
    says: 'The function execution role does not have permissions to call ReceiveMessage on SQS',
    when: [
      {
        text: /^The (?:provided|function) execution role does not have permissions to call (\w+) on (SQS|\w+)/,
      },
    ],
    rule: ([, action = '', service]) => (service === 'SQS' ? roleRules[action] : undefined),
    message: (_, [, action, service]) =>
      `The function's execution role may not call ${action} on ${service}.`,
    // AWS authorises before it reveals whether the queue exists, so a wrong ARN can look the same.
    hint: () =>
      'Add the permission to the role, and check the queue’s Region, account and name: a wrong one may be answered in the same words. A permission that was added just now may take a minute to work.',
  },
  {
    slug: 'execution-role-not-assumable',
    title: 'Lambda may not assume the execution role of the function',
    code: 'REJECTED_BY_AWS',
    when: [{ text: /cannot be assumed by Lambda|add Lambda as a Trusted Entity/ }],
    rule: () => 'role-not-assumable-by-lambda',
    message: () => 'Lambda may not assume the function’s execution role, or the role is gone.',
    hint: () => 'The role’s trust policy must allow sts:AssumeRole to lambda.amazonaws.com.',
  },
  {
    slug: 'queue-hidden-from-role',
    title: 'SQS told Lambda that the queue does not exist',
    code: 'QUEUE_NOT_FOUND',
    says: 'Error occurred while ReceiveMessage. SQS Error Code: AWS.SimpleQueueService.NonExistentQueue. SQS Error Message: The specified queue does not exist.',
    when: [{ text: /SQS Error Code: (?:AWS\.SimpleQueueService\.NonExistentQueue|QueueDoesNotExist)/ }],
    rule: () => 'queue-not-found',
    message: (call) =>
      `${queue(call)} does not exist${where(call)}, or the function's role may not know of it.`,
    hint: (call) =>
      `A queue of another account must allow the role in its own policy. The queues of your account:\n${listQueues(call)}`,
  },
  {
    slug: 'queue-key-not-usable-by-role',
    title: 'The queue is encrypted, and Lambda may not use its key',
    code: 'REJECTED_BY_AWS',
    when: [{ text: /SQS Error Code: (KMS\.\w+|Kms\w+)/ }],
    rule: ([, code = '']) => (/AccessDenied/.test(code) ? 'role-lacks-decrypt' : 'key-not-usable'),
    message: (call, [, code]) => `${queue(call)} is encrypted, and its key cannot be used (${code}).`,
    hint: () => 'Check that the key is enabled and that the function’s role has kms:Decrypt on it.',
  },
  {
    slug: 'function-does-not-exist',
    title: 'The function, or the alias or version named, does not exist',
    code: 'FUNCTION_NOT_FOUND',
    says: 'Function does not exist',
    when: [{ text: /^Function does not exist\.?$/ }],
    rule: () => 'function-not-found',
    message: (call) =>
      `${lambdaFunction(call)}, or the alias or version named, does not exist${where(call)}.`,
    hint: listFunctions,
  },
  {
    slug: 'unrecognized-event-source',
    title: 'The event source is not the ARN of an SQS queue',
    code: 'REJECTED_BY_AWS',
    says: 'Unrecognized event source.',
    when: [{ text: /^Unrecognized event source/ }],
    rule: () => 'not-an-sqs-queue',
    message: () => 'Lambda does not recognise the event source: it is not the ARN of an SQS queue.',
    hint: (call) =>
      `Give the ARN of the queue, arn:aws:sqs:<region>:<account>:<name>:\n${command('aws', call, 'sqs', 'get-queue-attributes', '--queue-url', '<queue-url>', '--attribute-names', 'QueueArn')}`,
  },
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
    hint: (call, [, uuid = '<uuid>']) => command('sqs-trigger', call, 'status', uuid),
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
    slug: 'mapping-not-found',
    title: 'There is no such event source mapping',
    code: 'MAPPING_NOT_FOUND',
    says: 'The resource you requested does not exist.',
    when: [{ text: /^(?:The resource you requested does not exist|Event source mapping not found)/ }],
    message: (call) => `There is no such event source mapping${where(call)}.`,
    hint: (call) => command('sqs-trigger', call, 'list'),
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
        ? command('aws', call, 'lambda', 'list-aliases', '--function-name', arn.split(':')[6] ?? '<function>')
        : listFunctions(call),
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
