import { callerLacks } from '../caller-permission-rule.js'

export default callerLacks({
  slug: 'caller-lacks-get-queue-attributes',
  actions: ['sqs:GetQueueAttributes'],
  severity: 'warning',
  resource: ({ queueArn }) => queueArn,
  title: 'You may not read the queue',
  why: 'Visibility timeout, dead-letter queue, encryption and the queue policy cannot be checked. AWS itself still compares the timeouts when the mapping is created.',
  sources: [
    'https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html',
    'https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonsqs.html',
  ],
})
