import { callerLacks } from '../caller-permission-rule.js'

export default callerLacks({
  slug: 'caller-lacks-create-event-source-mapping',
  actions: ['lambda:CreateEventSourceMapping'],
  severity: 'error',
  resource: () => '*',
  title: 'You may not create event source mappings',
  why: 'AWS refuses CreateEventSourceMapping, so nothing can be wired. A policy that names a function as resource never covers this action: it has no resource, only the condition lambda:FunctionArn.',
  sources: [
    'https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-configure-lambda-function-trigger.html',
    'https://docs.aws.amazon.com/service-authorization/latest/reference/list_awslambda.html',
  ],
})
