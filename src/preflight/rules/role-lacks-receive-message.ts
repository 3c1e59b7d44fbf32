import { roleLacks } from '../role-permission-rule.js'

export default roleLacks({
  slug: 'role-lacks-receive-message',
  group: 'role',
  action: 'sqs:ReceiveMessage',
  enforcedByAws: true,
  title: 'The execution role may not receive messages from the queue',
  why: 'Lambda polls the queue with the role of the function, and refuses a mapping whose role may not receive.',
  sources: [
    'https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-configure-lambda-function-trigger.html',
    'https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html',
  ],
})
