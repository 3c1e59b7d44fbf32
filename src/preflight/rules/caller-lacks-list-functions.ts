import { callerLacks } from '../caller-permission-rule.js'

export default callerLacks({
  slug: 'caller-lacks-list-functions',
  actions: ['lambda:ListFunctions'],
  severity: 'warning',
  resource: () => '*',
  title: 'You may not list functions',
  why: 'The AWS console shows the trigger on the queue only to those who may list functions, and no function can be offered to choose from.',
  sources: [
    'https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-configure-lambda-function-trigger.html',
    'https://docs.aws.amazon.com/service-authorization/latest/reference/list_awslambda.html',
  ],
})
