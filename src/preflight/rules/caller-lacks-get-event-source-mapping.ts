import { callerLacks } from '../caller-permission-rule.js'

export default callerLacks({
  slug: 'caller-lacks-get-event-source-mapping',
  actions: ['lambda:GetEventSourceMapping'],
  severity: 'warning',
  resource: ({ region, account, functionArn }) =>
    `arn:${functionArn.split(':')[1]}:lambda:${region}:${account}:event-source-mapping:*`,
  title: 'You may not read an event source mapping',
  why: 'Waiting for the mapping to become Enabled then falls back to listing all mappings.',
  sources: [
    'https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-configure-lambda-function-trigger.html',
    'https://docs.aws.amazon.com/service-authorization/latest/reference/list_awslambda.html',
  ],
})
