import { advice } from '../fix.js'
import { bad, defineRule, good } from '../rule.js'

export default defineRule({
  slug: 'aws-managed-key-across-accounts',
  group: 'placement',
  title: 'A queue in another account is encrypted with the AWS managed key',
  severity: 'error',
  enforcedByAws: false,
  subject: 'queue',
  needs: ['placement', 'key'],
  why: 'The key alias/aws/sqs serves its own account only, and its policy cannot be changed: a function in another account can never read such a queue.',
  example: {
    bad: {
      placement: {
        queue: {
          arn: 'arn:aws:sqs:eu-central-1:444455556666:orders',
          partition: 'aws',
          region: 'eu-central-1',
          account: '444455556666',
          name: 'orders',
          fifo: false,
        },
      },
      key: { manager: 'AWS' },
    },
    good: { key: { manager: 'CUSTOMER' } },
  },
  sources: [
    'https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-configure-lambda-function-trigger.html',
    'https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-key-management.html',
  ],
  moot: ({ placement }) =>
    placement !== undefined && placement.queue.account === placement.function.account
      ? 'Queue and function are in one account, whose every key could serve both.'
      : undefined,
  judge: ({ placement: { queue, function: target }, key }) => {
    const grounds = {
      observed: { keyManager: key.manager, queueAccount: queue.account, functionAccount: target.account },
    }
    return key.manager === 'AWS' && queue.account !== target.account
      ? bad({ queue, target }, grounds)
      : good(`The key of queue ${queue.name} can serve function ${target.name}.`, grounds)
  },
  message: ({ queue, target }) =>
    `Queue ${queue.name} of account ${queue.account} is encrypted with alias/aws/sqs, which function ${target.name} of account ${target.account} can never use.`,
  fix: ({ queue }) =>
    advice(
      `Whoever owns queue ${queue.name} must encrypt it with SSE-SQS, or with a customer managed key that lets the role decrypt.`,
    ),
})
