import { roleLacks } from '../role-permission-rule.js'

export default roleLacks({
  slug: 'role-lacks-get-queue-attributes',
  group: 'role',
  action: 'sqs:GetQueueAttributes',
  enforcedByAws: true,
  title: 'The execution role may not read the queue’s attributes',
  why: 'Lambda reads the queue with the role of the function, and refuses a mapping whose role may not.',
  sources: [
    'https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-configure-lambda-function-trigger.html',
    'https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html',
  ],
})
