import { callerLacks } from '../caller-permission-rule.js'

export default callerLacks({
  slug: 'caller-lacks-send-message',
  actions: ['sqs:SendMessage'],
  severity: 'error',
  resource: ({ queueArn }) => queueArn,
  title: 'You may not send a message to the queue',
  why: 'The test message that was asked for would be refused.',
  sources: ['https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonsqs.html'],
})
