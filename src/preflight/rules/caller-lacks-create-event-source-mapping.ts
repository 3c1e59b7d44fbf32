import { callerLacks } from '../caller-permission-rule.js'

export default callerLacks({
  slug: 'caller-lacks-create-event-source-mapping',
  actions: ['lambda:CreateEventSourceMapping'],
  severity: 'error',
  resource: () => '*',
  condition: ({ functionArn }) => {
    const bare = functionArn.split(':').slice(0, 7).join(':')
    // Whether an alias or version stands in it is not documented: both forms are let through.
    return { ArnLike: { 'lambda:FunctionArn': [bare, `${bare}:*`] } }
  },
  title: 'You may not create event source mappings',
  why: 'AWS refuses CreateEventSourceMapping, so nothing can be wired. A policy that names a function as resource never covers this action: it has no resource, only the condition lambda:FunctionArn.',
  sources: [
    'https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-configure-lambda-function-trigger.html',
    'https://docs.aws.amazon.com/service-authorization/latest/reference/list_awslambda.html',
  ],
})
