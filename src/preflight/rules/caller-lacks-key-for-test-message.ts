import { callerLacks } from '../caller-permission-rule.js'

export default callerLacks({
  slug: 'caller-lacks-key-for-test-message',
  actions: ['kms:GenerateDataKey', 'kms:Decrypt'],
  severity: 'error',
  resource: ({ customerKeyArn }) => customerKeyArn ?? '*',
  title: 'You may not use the queue’s key, which sending a message needs',
  why: 'SQS encrypts a message with your rights on the key: without them the test message that was asked for would be refused.',
  sources: [
    'https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-key-management.html',
  ],
})
