import type { KnownAnswer } from './known-answer.js'
import {
  command,
  functionsThere,
  functionWord,
  lambdaFunction,
  listQueues,
  mendPair,
  policyFor,
  queue,
  where,
} from './words.js'

const roleRules: Readonly<Record<string, string>> = {
  ReceiveMessage: 'role-lacks-receive-message',
  DeleteMessage: 'role-lacks-delete-message',
  GetQueueAttributes: 'role-lacks-get-queue-attributes',
}

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
    hint: (call) =>
      [
        'Add the permission to the role, and check the queue’s Region, account and name: a wrong one may be answered in the same words. A permission that was added just now may take a minute to work.',
        'The policy that the role needs, to hand on:',
        policyFor(call, 'role'),
        'All that is missing, and a repair that asks before it writes:',
        mendPair(call),
      ].join('\n'),
  },
  {
    slug: 'execution-role-not-assumable',
    title: 'Lambda may not assume the execution role of the function',
    code: 'REJECTED_BY_AWS',
    when: [{ text: /cannot be assumed by Lambda|add Lambda as a Trusted Entity/ }],
    rule: () => 'role-not-assumable-by-lambda',
    message: () => 'Lambda may not assume the function’s execution role, or the role is gone.',
    hint: (call) =>
      `The role’s trust policy must allow sts:AssumeRole to lambda.amazonaws.com. Who may assume it, and what else is in the way:\n${command('sqs-trigger', call, 'preflight', call.queue ?? '<queue>', functionWord(call))}`,
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
      `Check the name, the Region and the account in the ARN. A queue of another account must allow the role in its own policy. The queues of your account${where(call)}:\n${listQueues(call)}`,
  },
  {
    slug: 'queue-key-not-usable-by-role',
    title: 'The queue is encrypted, and Lambda may not use its key',
    code: 'REJECTED_BY_AWS',
    when: [{ text: /SQS Error Code: (KMS\.\w+|Kms\w+)/ }],
    rule: ([, code = '']) => (/AccessDenied/.test(code) ? 'role-lacks-decrypt' : 'key-not-usable'),
    message: (call, [, code]) => `${queue(call)} is encrypted, and its key cannot be used (${code}).`,
    hint: (call, [, code = '']) => {
      const both = 'Check that the key is enabled and that the function’s role has kms:Decrypt on it'
      return /AccessDenied/.test(code) ? `${both}:\n${mendPair(call)}` : `${both}.`
    },
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
    hint: functionsThere,
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
]
