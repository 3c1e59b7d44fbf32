import { callerLacks } from '../caller-permission-rule.js'

export default callerLacks({
  slug: 'caller-lacks-list-event-source-mappings',
  actions: ['lambda:ListEventSourceMappings'],
  severity: 'warning',
  resource: () => '*',
  title: 'You may not list event source mappings',
  why: 'An existing mapping and other consumers of the queue cannot be seen. AWS itself still refuses a duplicate.',
  sources: [
    'https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-configure-lambda-function-trigger.html',
    'https://docs.aws.amazon.com/service-authorization/latest/reference/list_awslambda.html',
  ],
})
